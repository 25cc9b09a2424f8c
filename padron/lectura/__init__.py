"""De lo que mande una dependencia a una tabla pareja, sin Django y sin base: viaja fuera del sistema.

Hay dos vías. Un CSV parejo lo lee DuckDB tal cual (la rápida); lo demás pasa renglón por renglón a un CSV
numerado (la lenta). Las dos dan la misma tabla. El porqué: docs/adr/0029-leer-lo-que-llegue.md.
"""

from __future__ import annotations

from padron.lectura.crudo import crear_crudo
from padron.lectura.lector import leer
from padron.lectura.modelo import AvisoDeArchivo, Lectura, Limites

__all__ = ["AvisoDeArchivo", "Lectura", "Limites", "crear_crudo", "leer"]
