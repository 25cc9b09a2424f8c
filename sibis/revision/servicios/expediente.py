"""Abrir la carpeta de un asunto la primera vez que hace falta, y mantener su rótulo."""

from __future__ import annotations

from typing import Any

from sibis.expedientes import servicios as expedientes
from sibis.expedientes.models import Expediente
from sibis.revision.materias import Materia


def expediente_de(materia: Materia, asunto: Any) -> Expediente:
    """La carpeta del asunto; si no tenía, se abre. El asunto debe venir bloqueado o recién creado."""
    if asunto.expediente_id is None:
        asunto.expediente = expedientes.abrir(
            clase=materia.clase,
            dependencia=asunto.dependencia_id,
            titulo=materia.titulo(asunto),
            url=materia.url(asunto),
        )
        asunto.save(update_fields=["expediente"])
    else:
        expedientes.rotular(
            asunto.expediente, titulo=materia.titulo(asunto), url=materia.url(asunto)
        )
    return asunto.expediente
