"""Las oraciones de la bitácora para reglas de operación."""

from django.utils.translation import gettext_lazy as _

FRASES = {
    "programa.guardado": _("{por} cambió la identidad o las palabras del programa"),
    "sinonimo.creado": _("{por} agregó el sinónimo «{termino}»"),
    "sinonimo.guardado": _("{por} cambió el sinónimo «{termino}»"),
    "regla.iniciada": _("{por} abrió la regla de {ejercicio}"),
    "regla.version_abierta": _("{por} abrió la versión {version} de {ejercicio}"),
    "regla.guardada": _("{por} guardó cambios en la versión {version} de {ejercicio}"),
    "regla.revisada": _("{por} confirmó campos copiados en la versión {version} de {ejercicio}"),
    "regla.enviar": _("{por} firmó y envió la versión {version} de {ejercicio}"),
    "regla.tomar": _("{por} tomó para revisión la versión {version} de {ejercicio}"),
    "regla.observar": _("{por} regresó con observaciones la versión {version} de {ejercicio}"),
    "regla.atender": _("{por} envió corregida la versión {version} de {ejercicio}"),
    "regla.cotejada": _("{por} contestó puntos de la lista de cotejo"),
    "regla.reasignada": _("{por} pasó la revisión a {cuenta}"),
    "regla.validar": _("{por} validó la versión {version} de {ejercicio}"),
    "regla.tomar-dictamen": _("{por} tomó para dictamen la versión {version} de {ejercicio}"),
    "regla.observar-dictamen": _(
        "{por} regresó con observaciones de EVALÚA la versión {version} de {ejercicio}"
    ),
    "regla.atender-dictamen": _(
        "{por} regresó corregida a EVALÚA la versión {version} de {ejercicio}"
    ),
    "regla.aprobar": _("{por} emitió el dictamen favorable de la versión {version} de {ejercicio}"),
    "regla.dictaminar-en-contra": _(
        "{por} emitió un dictamen no favorable de la versión {version} de {ejercicio}: {motivo}"
    ),
    "regla.rechazar": _("{por} rechazó la versión {version} de {ejercicio}: {motivo}"),
    "regla.diferir": _(
        "{por} publicó la versión {version} de {ejercicio}, que rige desde una fecha posterior"
    ),
    "regla.entrar-en-vigor": _("La versión {version} de {ejercicio} entró en vigor"),
    "regla.suspender": _("{por} suspendió la versión {version} de {ejercicio}: {motivo}"),
    "regla.reanudar": _("{por} reanudó la versión {version} de {ejercicio}"),
    "regla.cerrar": _("{por} cerró la versión {version} de {ejercicio}"),
    "regla.publicar": _("{por} publicó la versión {version} de {ejercicio}"),
    "regla.sustituir": _("La versión {version} de {ejercicio} quedó sustituida por otra"),
    "regla.incorporar": _(
        "La versión {version} de {ejercicio} entró del catálogo de fuentes públicas"
    ),
    "regla.retirar": _("{por} retiró la versión {version} de {ejercicio}: {motivo}"),
    "documento.agregado": _("{por} agregó al archivo histórico el documento {documento}"),
    "documento.corregido": _("{por} corrigió el documento {documento} del archivo histórico"),
    "documento.mostrado": _("{por} puso en el portal el documento {documento}"),
    "documento.ocultado": _("{por} retiró del portal el documento {documento}"),
    "documento.incorporado": _("El documento {documento} entró al archivo histórico por una carga"),
}
