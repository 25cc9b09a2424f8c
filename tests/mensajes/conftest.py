"""El mundo en que se escriben los mensajes, y cómo se llena un formulario."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.fabricas.cuentas import entrar
from tests.fabricas.mensajes import Mundo


@pytest.fixture
def mundo(db: None) -> Mundo:
    return Mundo()


@pytest.fixture
def llave() -> uuid.UUID:
    return uuid.uuid4()


@pytest.fixture
def en_el_panel(client: Any) -> Any:
    """`en_el_panel(usuario)`: el cliente ya dentro, con su segundo factor."""

    def dentro(usuario: Any) -> Any:
        entrar(client, usuario)
        return client

    return dentro
