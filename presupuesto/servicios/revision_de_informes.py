"""Los pasos de un informe. El motor (sibis/revision) los exige y los da; aquí se nombran."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

from presupuesto.materia import INFORME
from presupuesto.models import InformeDeAvance
from sibis.cuentas.models import Usuario
from sibis.nucleo.estados import Transicion
from sibis.revision.servicios import pasos


class DarUnPaso(Protocol):
    def __call__(
        self,
        informe: InformeDeAvance,
        *,
        por: Usuario,
        motivo: str = "",
        visto: int | None = None,
    ) -> InformeDeAvance: ...


def exigir(nombre: str, informe: InformeDeAvance, *, por: Usuario, motivo: str = "") -> Transicion:
    """Lo que exige el motor, sin dar el paso."""
    return pasos.exigir(INFORME, nombre, informe, por=por, motivo=motivo)


def dar(nombre: str, informe: InformeDeAvance, *, por: Usuario, **datos: Any) -> InformeDeAvance:
    """Un paso cualquiera que pide una persona."""
    resultado: InformeDeAvance = pasos.dar(INFORME, informe, nombre, por=por, **datos)
    return resultado


def _paso(nombre: str) -> DarUnPaso:
    return partial(dar, nombre)


enviar = _paso("enviar")
tomar = _paso("tomar")
observar = _paso("observar")
atender = _paso("atender")
aprobar = _paso("aprobar")
retirar = _paso("retirar")
