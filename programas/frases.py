"""Las oraciones de la bitácora para reglas de operación."""

from django.utils.translation import gettext_lazy as _

FRASES = {
    "programa.guardado": _("{por} cambió la identidad o las palabras del programa"),
    "sinonimo.creado": _("{por} agregó el sinónimo «{termino}»"),
    "sinonimo.guardado": _("{por} cambió el sinónimo «{termino}»"),
    "regla.iniciada": _("{por} abrió la regla de {ejercicio}"),
    "regla.version_abierta": _("{por} abrió la versión {version} de {ejercicio}"),
    "regla.guardada": _("{por} guardó cambios en la versión {version} de {ejercicio}"),
    "regla.enviar": _("{por} firmó y envió la versión {version} de {ejercicio}"),
    "regla.observar": _("{por} observó la versión {version} de {ejercicio}: {motivo}"),
    "regla.validar": _("{por} validó la versión {version} de {ejercicio}"),
    "regla.publicar": _("{por} publicó la versión {version} de {ejercicio}"),
    "regla.sustituir": _("La versión {version} de {ejercicio} quedó sustituida por otra"),
    "regla.incorporar": _(
        "La versión {version} de {ejercicio} entró del catálogo de fuentes públicas"
    ),
    "regla.retirar": _("{por} retiró la versión {version} de {ejercicio}: {motivo}"),
    "documento.agregado": _("{por} agregó al archivo histórico el documento {documento}"),
    "documento.corregido": _("{por} corrigió el documento {documento} del archivo histórico"),
    "documento.incorporado": _("El documento {documento} entró al archivo histórico por una carga"),
}
