"""Los pasos de un informe. El motor (sibis/revision) los exige y los da; aquí se nombran."""

from __future__ import annotations

from presupuesto.materia import INFORME
from presupuesto.models import InformeDeAvance
from sibis.revision.servicios.por_materia import PasosDe

_PASOS: PasosDe[InformeDeAvance] = PasosDe(INFORME)
exigir, dar = _PASOS.exigir, _PASOS.dar

enviar = _PASOS.paso("enviar")
tomar = _PASOS.paso("tomar")
observar = _PASOS.paso("observar")
atender = _PASOS.paso("atender")
aprobar = _PASOS.paso("aprobar")
retirar = _PASOS.paso("retirar")
