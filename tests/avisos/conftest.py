"""El servidor de correo de las pruebas, y una forma corta de avisar."""

from __future__ import annotations

from typing import Any

from sibis.avisos.servicios.avisar import avisar
from sibis.cuentas.models import Usuario
from tests.correo.cartero import cartero  # noqa: F401


def decir(*para: Usuario, **otros: Any) -> int:
    datos = {
        "clase": "regla.observada",
        "hecho": "regla:7:observada:1",
        "titulo": "Observaron Mi Beca",
        "url": "/panel/programas/reglaoperacion/7/change/",
    }
    return avisar(para=para, **{**datos, **otros})
