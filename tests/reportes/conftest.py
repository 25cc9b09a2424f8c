"""Un almacén vacío para cada prueba: los archivos guardados de una no son los de otra."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _almacen_propio(settings) -> None:
    de_memoria = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": de_memoria}
