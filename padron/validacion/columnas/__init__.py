"""Todas las columnas que se saben leer, en el orden en que las pide la plantilla."""

from __future__ import annotations

from padron.validacion.columnas import apoyo, claves, nombres, perfil, persona, territorio
from padron.validacion.piezas import Columna

_CLAVES = {c.identificador: c for c in claves.COLUMNAS}

COLUMNAS: tuple[Columna, ...] = (
    _CLAVES["folio"],
    _CLAVES["curp"],
    *nombres.COLUMNAS,
    *persona.COLUMNAS,
    *territorio.COLUMNAS,
    _CLAVES["telefono"],
    _CLAVES["correo"],
    *apoyo.COLUMNAS,
    _CLAVES["tutor_curp"],
    _CLAVES["clabe"],
    *perfil.COLUMNAS,
)
POR_IDENTIFICADOR = {c.identificador: c for c in COLUMNAS}
