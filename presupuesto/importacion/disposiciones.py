"""Qué clases de archivo se saben leer y cómo se reconoce cada una por su encabezado."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from presupuesto.models import Disposicion, Momento, RenglonDeEgresos
from sibis.nucleo.columnas import Columna, Plantilla
from sibis.nucleo.errores import ArchivoIlegible

MONTOS = ("monto_aprobado", "monto_modificado", "monto_ejercido")

# Las claves del archivo abierto de la Ciudad, en su orden; casi todas traen al lado su «desc_».
CLAVES = tuple(
    campo.name
    for campo in RenglonDeEgresos._meta.concrete_fields
    if campo.name not in ("id", "corte", "fila", *MONTOS)
)
_SIN_DESCRIPCION = {"clave_presupuestaria", "periodo", "ciclo_original"}
_ABREVIADAS = {"proyecto_inv": "desc_proy_inv"}
LARGOS = {
    campo.name: int(campo.max_length)
    for campo in RenglonDeEgresos._meta.concrete_fields
    if campo.name in CLAVES and campo.max_length
}
OBLIGATORIAS = ("unidad_responsable", "programa_presupuestario")


def descripcion_de(clave: str) -> str:
    """El nombre de la columna que dice qué quiere decir esa clave; vacío si no tiene."""
    return "" if clave in _SIN_DESCRIPCION else _ABREVIADAS.get(clave, f"desc_{clave}")


def _de_egresos() -> Plantilla:
    nombres = ["ciclo"]
    for clave in CLAVES:
        nombres += [clave, descripcion_de(clave)]
    return Plantilla(
        tuple(
            Columna(n, n, obligatoria=n in OBLIGATORIAS, sinonimos=_SINONIMOS.get(n, ()))
            for n in (*nombres, *MONTOS)
            if n
        )
    )


_SINONIMOS = {
    "unidad_responsable": ("ur", "clave_ur"),
    "programa_presupuestario": ("pp", "programa"),
    "objetivo_desarrollo_sostenible": ("ods",),
    "desc_objetivo_desarrollo_sostenible": ("desc_ods",),
    "proyecto_inv": ("proyecto_inversion", "proyecto"),
    "desc_proy_inv": ("desc_proyecto_inv", "desc_proyecto_inversion"),
    "monto_aprobado": ("aprobado", "presupuesto_aprobado"),
    "monto_modificado": ("modificado", "presupuesto_modificado"),
    "monto_ejercido": ("ejercido", "presupuesto_ejercido"),
    "ciclo": ("año", "ejercicio"),
}


@dataclass(frozen=True)
class Formato:
    """Una clase de archivo: sus columnas y cuántas hacen falta para creer que es de ella."""

    clave: Disposicion
    plantilla: Plantilla
    senas: frozenset[str] = field(default_factory=frozenset)

    def es_de(self, titulos: Sequence[str]) -> bool:
        return self.senas <= {self.plantilla.identificador(t) for t in titulos}


POR_PROGRAMA = Formato(
    Disposicion.POR_PROGRAMA,
    Plantilla(
        (
            Columna("id", "source_id", obligatoria=True),
            Columna("nivel", "level", obligatoria=True),
            Columna("categoria", "citizen_category", sinonimos=("categoria",)),
            Columna("nombre", "display_name", obligatoria=True),
            Columna("ciclo", "year", sinonimos=("ciclo", "año"), obligatoria=True),
            Columna("monto_aprobado", "monto_aprobado"),
            Columna("monto_modificado", "monto_modificado"),
            Columna("monto_ejercido", "monto_ejercido"),
        )
    ),
    frozenset({"id", "nivel", "nombre", "ciclo"}),
)
NOMBRADOS = Formato(
    Disposicion.NOMBRADOS,
    Plantilla(
        (
            Columna("origen", "source", sinonimos=("origen",)),
            Columna("unidad", "ente_ejecutor", sinonimos=("dependencia",), obligatoria=True),
            Columna("nombre", "display_name", sinonimos=("programa",), obligatoria=True),
            Columna("seccion", "section", sinonimos=("seccion",)),
            Columna("monto_aprobado", "monto_aprobado_mxn", sinonimos=("monto",), obligatoria=True),
        )
    ),
    frozenset({"unidad", "nombre", "monto_aprobado", "origen"}),
)
EGRESOS = Formato(Disposicion.EGRESOS, _de_egresos(), frozenset(OBLIGATORIAS))
FORMATOS = (EGRESOS, POR_PROGRAMA, NOMBRADOS)
LARGO_DE_TITULO = 80


@lru_cache(maxsize=20_000)
def _identificadores(celda: str) -> tuple[str | None, ...]:
    """Qué columna nombra en cada clase de archivo. Buscar el encabezado repite mucho esta pregunta."""
    if not celda or len(celda) > LARGO_DE_TITULO:
        return (None,) * len(FORMATOS)
    return tuple(f.plantilla.identificador(celda) for f in FORMATOS)


def cuantas_reconoce(celdas: Sequence[str]) -> int:
    """Para hallar el encabezado: gana el renglón que trae lo indispensable de alguna clase."""
    columnas = zip(*map(_identificadores, celdas), strict=True)
    puntajes = []
    for formato, nombradas in zip(FORMATOS, columnas, strict=False):
        halladas = set(nombradas) - {None}
        puntajes.append(len(halladas) + 100 * (formato.senas <= halladas))
    return max(puntajes, default=0)


def formato_de(encabezado: Sequence[str]) -> Formato:
    """La clase de archivo que más columnas reconoce. Levanta ArchivoIlegible con lo que falta."""
    posibles = [f for f in FORMATOS if f.es_de(encabezado)] or FORMATOS
    formato = max(posibles, key=lambda f: f.plantilla.cuantas_reconoce(encabezado))
    formato.plantilla.mapear(encabezado)
    return formato


def exigir_montos(lugares: Sequence[str], momento: str) -> None:
    """Un corte trae el importe de su momento: lo aprobado trae aprobado, los demás ejercido."""
    debido = "monto_aprobado" if momento == Momento.APROBADO else "monto_ejercido"
    if debido not in lugares:
        raise ArchivoIlegible(
            f"Falta la columna «{debido}», que es la del corte «{momento}». No se cargó nada."
        )
