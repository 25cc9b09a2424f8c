"""Los pasos de una regla. El motor (sibis/revision) los exige y los da; aquí se nombran."""

from __future__ import annotations

from programas.estados import DEL_SISTEMA, FLUJO_REGLA
from programas.materia import REGLA
from programas.models import ReglaOperacion
from sibis.revision.servicios.por_materia import DarUnPaso, PasosDe

_PASOS: PasosDe[ReglaOperacion] = PasosDe(REGLA)
exigir, dar = _PASOS.exigir, _PASOS.dar

enviar = _PASOS.paso("enviar")
tomar = _PASOS.paso("tomar")
observar = _PASOS.paso("observar")
atender = _PASOS.paso("atender")
validar = _PASOS.paso("validar")
rechazar = _PASOS.paso("rechazar")
tomar_dictamen = _PASOS.paso("tomar-dictamen")
observar_dictamen = _PASOS.paso("observar-dictamen")
atender_dictamen = _PASOS.paso("atender-dictamen")
aprobar = _PASOS.paso("aprobar")
dictaminar_en_contra = _PASOS.paso("dictaminar-en-contra")
suspender = _PASOS.paso("suspender")
reanudar = _PASOS.paso("reanudar")
cerrar = _PASOS.paso("cerrar")
retirar = _PASOS.paso("retirar")

# Paso → quien lo da. Publicar va aparte: pide la Gaceta (servicios/publicacion.py).
POR_NOMBRE: dict[str, DarUnPaso[ReglaOperacion]] = {
    t.nombre: _PASOS.paso(t.nombre)
    for t in FLUJO_REGLA
    if t.nombre not in DEL_SISTEMA and t.nombre != "publicar"
}
