"""La misma negativa, dicha por la base y dicha a la gente."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


def negar(objeto: models.Model, restriccion: str, **cambio: Any) -> None:
    """`update()` no pasa por `clean`: solo la base queda para negarse."""
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        type(objeto)._default_manager.filter(pk=objeto.pk).update(**cambio)


def decir(objeto: models.Model, mensaje: str, **cambio: Any) -> None:
    """Antes del cambio era válido: si no, la prueba pasaría por el motivo equivocado."""
    objeto.full_clean()
    for campo, valor in cambio.items():
        setattr(objeto, campo, valor)
    with pytest.raises(ValidationError) as error:
        objeto.full_clean()
    assert mensaje in " ".join(error.value.messages)
