"""Lo que las pruebas de la API comparten."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def pedir(visitante) -> Callable[..., Any]:
    """`pedir("programas", {"q": "beca"}, estado=200)`: el JSON de la respuesta."""

    def _pedir(ruta: str, parametros: Any = None, *, estado: int = 200) -> Any:
        respuesta = visitante.get(ruta if ruta.startswith("/") else f"/api/v1/{ruta}", parametros)
        assert respuesta.status_code == estado, (respuesta.status_code, respuesta.content[:300])
        medio = respuesta["Content-Type"].split(";")[0]
        assert (medio == "application/problem+json") == (estado >= 400)
        return json.loads(respuesta.content)

    return _pedir
