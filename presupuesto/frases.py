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
}
