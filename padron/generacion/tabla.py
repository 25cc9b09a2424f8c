"""Todo lo que se puede plantar, por el código del hallazgo que debe encontrarlo."""

from __future__ import annotations

from padron.generacion import archivo, campo, campo_del_apoyo, entre_campos, entre_filas
from padron.generacion.defecto import Defecto, DefectoDeGrupo, Mundo

DE_UNA_FILA: dict[str, Defecto] = {
    **campo.DEFECTOS,
    **campo_del_apoyo.DEFECTOS,
    **entre_campos.DEFECTOS,
    **archivo.DEFECTOS,
}
DE_VARIAS_FILAS: dict[str, DefectoDeGrupo] = entre_filas.DEFECTOS
DEFECTOS: dict[str, Defecto | DefectoDeGrupo] = {**DE_UNA_FILA, **DE_VARIAS_FILAS}
# Líneas que no son de nadie; no toman el lugar de ninguna persona.
DE_LINEAS = ("encabezado_repetido", "renglon_de_total", "nota_al_pie")
# Lo que se pide con otro nombre.
SINONIMOS = {"fecha_corta": "fecha_anio_corto"}


def plantables(mundo: Mundo) -> dict[str, Defecto | DefectoDeGrupo]:
    """Los que caben con ese reglamento y esas columnas."""
    return {codigo: d for codigo, d in DEFECTOS.items() if d.cabe(mundo)}
