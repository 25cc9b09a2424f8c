"""Cada prueba de documentos empieza con el almacenamiento vacío y en su propia carpeta."""

from __future__ import annotations

from pathlib import Path

import pytest

_EN_DISCO = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


@pytest.fixture
def medios(tmp_path: Path, settings) -> Path:
    """En disco, como en una instalación: ahí se ve si algo queda a medias."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": _EN_DISCO}
    return tmp_path
