"""Las oraciones de la bitácora para el presupuesto."""

from django.utils.translation import gettext_lazy as _

FRASES = {
    "egresos.cargados": _("{por} cargó el corte {corte}: {renglones} renglones, huella {sha256}"),
    "vinculo.confirmado": _("{por} confirmó que la clave {clave} es de {programa} ({certeza})"),
    "vinculo.rechazado": _("{por} dijo que la clave {clave} no es de {programa}"),
    "vinculo.propuestas": _("{por} pidió buscar vínculos: {nuevas} propuestas nuevas"),
    "unidad.guardada": _("{por} corrigió de quién es la unidad responsable {clave}"),
    "avancefisico.guardado": _("{por} guardó un avance físico de {programa}"),
    "indicador.guardado": _("{por} guardó un indicador de {programa}"),
    "medicion.guardado": _("{por} guardó una medición de {programa}"),
    "informe.abierto": _("{por} abrió el informe del trimestre {trimestre} de {ejercicio}"),
    "informe.guardado": _("{por} guardó cifras del trimestre {trimestre} de {ejercicio}"),
    "informe.correccion_abierta": _(
        "{por} abrió la corrección (versión {version}) del trimestre {trimestre} de {ejercicio}"
    ),
    "informe.evidencia_adjunta": _("{por} adjuntó una evidencia, huella {sha256}"),
    "informe.evidencia_quitada": _("{por} quitó una evidencia, huella {sha256}"),
    "informe.enviar": _("{por} firmó y envió el informe del trimestre {trimestre} de {ejercicio}"),
    "informe.tomar": _("{por} tomó para revisión el informe del trimestre {trimestre}"),
    "informe.observar": _("{por} regresó con observaciones el informe del trimestre {trimestre}"),
    "informe.atender": _("{por} envió corregido el informe del trimestre {trimestre}"),
    "informe.cotejada": _("{por} contestó puntos de la lista de cotejo del informe"),
    "informe.aprobar": _(
        "{por} aprobó el informe del trimestre {trimestre} de {ejercicio}, versión {version}"
    ),
    "informe.sustituir": _("Una corrección aprobada sustituyó la versión {version} del informe"),
    "informe.retirar": _("{por} retiró el informe del trimestre {trimestre}: {motivo}"),
}
