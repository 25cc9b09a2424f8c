"""El correo que se lee como lo lee una persona."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone

from ciudadania.reparto import entrega
from tests.correo.cartero import cartero  # noqa: F401
from tests.fabricas import programas as f


@pytest.fixture
def programa(db: None) -> Any:
    """Uno publicado hace tiempo, que sale en el portal."""
    return f.en_portal(
        nombre="Mi Beca",
        programa__clave="mi-beca",
        programa__nombre="Mi Beca",
        publicado_en=timezone.now() - timedelta(days=60),
    ).programa


def enlace(texto: str, cual: str) -> str:
    """La ruta, con su llave, del enlace que contiene esa palabra."""
    hallado = re.search(rf"https?://\S*/{cual}/\S*", texto)
    assert hallado, texto
    partes = urlsplit(hallado[0])
    return f"{partes.path}?{partes.query}"


def llave_de(ruta: str) -> str:
    return ruta.partition("llave=")[2]


def ultimo_correo() -> Any:
    """Reparte lo que toque y devuelve el último que salió."""
    entrega.repartir()
    return mail.outbox[-1]
