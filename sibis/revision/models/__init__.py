from sibis.revision.models.cotejo import Cotejo, PlazoDeRevision, PuntoDeCotejo
from sibis.revision.models.dictamen import Dictamen, ExcepcionDeVeda
from sibis.revision.models.observacion import Observacion, Respuesta
from sibis.revision.models.recorrido import Asignacion, Paso, Remision

__all__ = [
    "Asignacion",
    "Cotejo",
    "Dictamen",
    "ExcepcionDeVeda",
    "Observacion",
    "Paso",
    "PlazoDeRevision",
    "PuntoDeCotejo",
    "Remision",
    "Respuesta",
]
