"""Lo que se puede hallar en un padrón: su código, qué tan grave es y cómo se le dice a una persona."""

from __future__ import annotations

from padron.validacion.codigos.archivo import ARCHIVO
from padron.validacion.codigos.campo import CAMPO
from padron.validacion.codigos.codigo import Codigo, Familia, Severidad
from padron.validacion.codigos.entre_campos import ENTRE_CAMPOS
from padron.validacion.codigos.entre_filas import CON_LA_BASE, ENTRE_FILAS

CODIGOS: dict[str, Codigo] = {
    c.codigo: c for c in (*ARCHIVO, *CAMPO, *ENTRE_CAMPOS, *ENTRE_FILAS, *CON_LA_BASE)
}

__all__ = ["CODIGOS", "Codigo", "Familia", "Severidad"]
