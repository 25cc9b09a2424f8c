"""Guardar miles de renglones sin preguntar antes a la base por cada restricción: ella contesta al guardar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from sibis.vigencia.carga import en_palabras


def guardar(
    objeto: models.Model | None, *, modelo: type[models.Model], valores: Mapping[str, Any]
) -> str:
    """«altas», «cambios» o «iguales». Levanta ValueError con el motivo, y entonces nada cambió.

    Hace lo que `vigencia.carga.alta_o_cambio` con 3 consultas en vez de 9: 1,813 colonias pasaron
    de 32 a 6 segundos. Las llaves ajenas van por su columna (`alcaldia_id`), ya resueltas.
    """
    nuevo = objeto is None
    objeto = objeto or modelo()
    distintos = [c for c, v in valores.items() if nuevo or getattr(objeto, c) != v]
    if not distintos:
        return "iguales"
    for campo in distintos:
        setattr(objeto, campo, valores[campo])
    ajenas = {c.name for c in modelo._meta.concrete_fields if c.is_relation}
    try:
        objeto.clean_fields(exclude=ajenas)
        with transaction.atomic():
            objeto.save()
    except ValidationError as error:
        raise ValueError(en_palabras(error)) from error
    except IntegrityError as error:
        raise ValueError(_motivo(error, modelo)) from error
    return "altas" if nuevo else "cambios"


def _motivo(error: IntegrityError, modelo: type[models.Model]) -> str:
    """El mensaje de la restricción que la base nombra."""
    diagnostico = getattr(error.__cause__, "diag", None)
    nombre = getattr(diagnostico, "constraint_name", "") or ""
    for restriccion in modelo._meta.constraints:
        if restriccion.name == nombre:
            return str(restriccion.get_violation_error_message())
    return f"La base de datos no lo admitió ({nombre or 'restricción sin nombre'})."
