"""Qué es cada columna de un archivo: lo que la dependencia ya confirmó para ese encabezado."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from padron.models import Carga, MapeoRecordado
from sibis.nucleo.normalizacion import clave_comparable


def huella_de(encabezado: Sequence[str]) -> str:
    """La misma aunque cambien acentos, mayúsculas o espacios; otra si cambia el orden."""
    comparable = json.dumps([clave_comparable(titulo) for titulo in encabezado])
    return hashlib.sha256(comparable.encode()).hexdigest()


def recordado(carga: Carga, encabezado: Sequence[str]) -> dict[str, int] | None:
    """El de ese programa; si no hay, el que la dependencia dijo que vale para todos los suyos."""
    conocidos = MapeoRecordado.objects.filter(
        dependencia=carga.dependencia_id, huella=huella_de(encabezado)
    )
    hallado = (
        conocidos.filter(programa=carga.programa_id).first()
        or conocidos.filter(programa=None).first()
    )
    return None if hallado is None else dict(hallado.mapeo)
