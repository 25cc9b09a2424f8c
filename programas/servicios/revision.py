"""Los pasos de una regla. El motor (sibis/revision) los exige y los da; aquí se nombran."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

from programas.estados import DEL_SISTEMA, FLUJO_REGLA
from programas.materia import REGLA
from programas.models import ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.nucleo.estados import Transicion
from sibis.revision.servicios import pasos


class DarUnPaso(Protocol):
    def __call__(
        self,
        regla: ReglaOperacion,
        *,
        por: Usuario,
        motivo: str = "",
        visto: int | None = None,
    ) -> ReglaOperacion: ...


def exigir(nombre: str, regla: ReglaOperacion, *, por: Usuario, motivo: str = "") -> Transicion:
    """Lo que exige el motor, sin dar el paso: lo usan las colas y las pruebas."""
    return pasos.exigir(REGLA, nombre, regla, por=por, motivo=motivo)


def dar(nombre: str, regla: ReglaOperacion, *, por: Usuario, **datos: Any) -> ReglaOperacion:
    """Un paso cualquiera que pide una persona, menos publicar, que tiene su servicio."""
    resultado: ReglaOperacion = pasos.dar(REGLA, regla, nombre, por=por, **datos)
    return resultado


def _paso(nombre: str) -> DarUnPaso:
    return partial(dar, nombre)


enviar = _paso("enviar")
tomar = _paso("tomar")
observar = _paso("observar")
atender = _paso("atender")
validar = _paso("validar")
rechazar = _paso("rechazar")
tomar_dictamen = _paso("tomar-dictamen")
observar_dictamen = _paso("observar-dictamen")
atender_dictamen = _paso("atender-dictamen")
aprobar = _paso("aprobar")
dictaminar_en_contra = _paso("dictaminar-en-contra")
suspender = _paso("suspender")
reanudar = _paso("reanudar")
cerrar = _paso("cerrar")
retirar = _paso("retirar")

# Paso → quien lo da. Publicar va aparte: pide la Gaceta (servicios/publicacion.py).
POR_NOMBRE: dict[str, DarUnPaso] = {
    t.nombre: _paso(t.nombre)
    for t in FLUJO_REGLA
    if t.nombre not in DEL_SISTEMA and t.nombre != "publicar"
}
