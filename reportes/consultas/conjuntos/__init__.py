"""Los conjuntos de datos abiertos, en el orden en que se enseñan. Agregar uno es agregarlo aquí."""

from reportes.consultas.conjuntos.archivo import DOCUMENTOS
from reportes.consultas.conjuntos.calendario import CONVOCATORIAS, ENTREGAS
from reportes.consultas.conjuntos.dinero import (
    AVANCE,
    INDICADORES,
    PRESUPUESTO,
    PRESUPUESTO_DE_PROGRAMAS,
)
from reportes.consultas.conjuntos.piezas import Columna, Conjunto, Tipo
from reportes.consultas.conjuntos.programas import APOYOS, PROGRAMAS, REGLAS, REQUISITOS
from reportes.consultas.conjuntos.territorio import ALCALDIAS, CENTROS, COLONIAS

CONJUNTOS = {
    conjunto.clave: conjunto
    for conjunto in (
        PROGRAMAS,
        REGLAS,
        APOYOS,
        REQUISITOS,
        CONVOCATORIAS,
        ENTREGAS,
        CENTROS,
        ALCALDIAS,
        COLONIAS,
        PRESUPUESTO,
        PRESUPUESTO_DE_PROGRAMAS,
        INDICADORES,
        AVANCE,
        DOCUMENTOS,
    )
}

__all__ = ["CONJUNTOS", "Columna", "Conjunto", "Tipo"]
