"""De las columnas y las comprobaciones a una sola consulta: cada fila se lee y se juzga de una pasada.

Las expresiones se nombran unas a otras; se reparten en niveles para que cada una se calcule una vez. Lo
hallado en una fila es un bit por comprobación: en una fila buena son ceros, y no cuesta más.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from padron.validacion.columnas import COLUMNAS
from padron.validacion.comprobaciones import entre_campos, exigencias
from padron.validacion.piezas import Columna, Condicion
from padron.validacion.regla import Regla
from padron.validacion.salida import EN_LA_CONSULTA, GUARDADAS

BITS = 62
# Espacios que no se ven: el que no se parte, el de ancho cero, la marca de orden.
_BORDES = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8203) || chr(65279)"
_RELLENOS = "'-', '--', '---', 'ND', 'N/D', 'NA', 'N/A', 'S/D', 'S/N', 'SN', 'X', 'XX'"
_NOMBRE = re.compile(r"\b[a-z_][a-z_0-9]*\b")


@dataclass(frozen=True, slots=True)
class Marca:
    """Un bit: lo que se halló, en qué columna y con qué detalle."""

    columna: str
    codigo: str
    detalle: str = "NULL"


@dataclass(frozen=True)
class Consulta:
    """Todo lo necesario para revisar un archivo con esta regla y estas columnas."""

    regla: Regla
    lugares: Mapping[str, int]
    marcas: tuple[Marca, ...]
    condiciones: tuple[Condicion, ...]
    evidencias: dict[str, Any] = field(default_factory=dict)  # las que se dan no se vuelven a mirar

    @property
    def palabras(self) -> int:
        """Cuántos enteros de bits hacen falta."""
        return -(-len(self.marcas) // BITS)

    def bits(self, columna: str, codigos: Iterable[str]) -> list[int]:
        """Los bits de esos códigos, por palabra."""
        palabras = [0] * self.palabras
        for codigo in codigos:
            lugar = self._lugar[columna, codigo]
            palabras[lugar // BITS] |= 1 << (lugar % BITS)
        return palabras

    @cached_property
    def _lugar(self) -> dict[tuple[str, str], int]:
        return {(m.columna, m.codigo): i for i, m in enumerate(self.marcas)}

    @property
    def presentes(self) -> list[Columna]:
        return [c for c in COLUMNAS if c.identificador in self.lugares]

    @property
    def de_diccionario(self) -> list[Columna]:
        return [c for c in self.presentes if c.es_de_diccionario]

    def anidada(self, donde: str = "") -> str:
        """La consulta de todas las filas (o de las de `donde`), con cada expresión como columna."""
        sql = self._base(donde)
        for nivel in self._niveles():
            sql = f"SELECT *, {', '.join(f'{e} AS {n}' for n, e in nivel)} FROM ({sql})"
        return sql

    def de_limpio(self, origen: str = "") -> str:
        """Lo que se guarda de cada fila para seguir: bits, valores y la huella de lo escrito.

        `origen`: la tabla donde ya está la consulta entera, si son tan pocas filas que conviene.
        """
        valores = ", ".join(f"{EN_LA_CONSULTA.get(c, c)} AS {c}" for c in GUARDADAS)
        palabras = ", ".join(f"m{i}" for i in range(self.palabras))
        return f"SELECT fila, {palabras}, huella, {valores} FROM {origen or f'({self.anidada()})'}"

    def _base(self, donde: str) -> str:
        partes = ["c.fila", f"{self._huella()} AS huella"]
        uniones = []
        for columna in COLUMNAS:
            partes += self._de_columna(columna)
            lugar = self.lugares.get(columna.identificador)
            if columna.es_de_diccionario and lugar is not None:
                nombre = f"dic_{columna.identificador}"
                uniones.append(f"LEFT JOIN {nombre} ON {nombre}.crudo = c.c{lugar}")
        if self.regla.colonias:
            partes.append("colonias.alcaldias AS colonia__alcaldias")
            comparable = "dic_colonia.colonia__comparable" if "colonia" in self.lugares else "NULL"
            uniones.append(f"LEFT JOIN colonias ON colonias.nombre = {comparable}")
        return f"SELECT {', '.join(partes)} FROM crudo c {' '.join(uniones)} {donde}"

    def _huella(self) -> str:
        """De lo que el archivo dice de la persona; un consecutivo no cuenta. Vacía si no dice nada."""
        celdas = [f"c.c{lugar}" for lugar in sorted(set(self.lugares.values()))]
        if not celdas:
            return "CAST(NULL AS UBIGINT)"
        return f"hash({', '.join(celdas)})"

    def _de_columna(self, columna: Columna) -> list[str]:
        """El texto, si viene vacío y, si es de diccionario, sus salidas y sus bits."""
        nombre, lugar = columna.identificador, self.lugares.get(columna.identificador)
        if lugar is None:
            nulos = [f"CAST(NULL AS {tipo}) AS {s}" for s, tipo in columna.salidas.items()]
            return [*nulos, f"true AS {nombre}__vacio"]
        if not columna.es_de_diccionario:
            texto = f"c.c{lugar}"
            # Sin nada que no se vea no hay qué quitar; es lo usual, y lo demás cuesta diez veces más.
            limpio = (
                f"CASE WHEN regexp_full_match({texto}, '[!-~]+') THEN {texto} "
                f"ELSE nullif(trim({texto}, {_BORDES}), '') END"
            )
            return [f"{limpio} AS w_{nombre}"]
        dic = f"dic_{nombre}"
        salidas = [f"{dic}.{s} AS {s}" for s in columna.salidas]
        bits = [f"{dic}.m{i} AS {nombre}__m{i}" for i in range(self.palabras)]
        bits.append(f"{dic}.forma AS {nombre}__forma_de")
        return [*salidas, *bits, f"coalesce({dic}.vacio, true) AS {nombre}__vacio"]

    def _niveles(self) -> list[list[tuple[str, str]]]:
        """Cada expresión un nivel después de las que nombra."""
        expresiones = self._expresiones()
        nivel: dict[str, int] = {}

        def nivel_de(nombre: str) -> int:
            if nombre not in nivel:
                nivel[nombre] = 0  # corta cualquier vuelta: una expresión no se nombra a sí misma
                citadas = {c for c in _NOMBRE.findall(expresiones[nombre]) if c in expresiones} - {
                    nombre
                }
                nivel[nombre] = 1 + max((nivel_de(c) for c in citadas), default=0)
            return nivel[nombre]

        for nombre in expresiones:
            nivel_de(nombre)
        capas: list[list[tuple[str, str]]] = [[] for _ in range(max(nivel.values(), default=0))]
        for nombre, expresion in expresiones.items():
            capas[nivel[nombre] - 1].append((nombre, expresion))
        return capas

    def _expresiones(self) -> dict[str, str]:
        todas: dict[str, str] = {}
        for columna in COLUMNAS:
            if columna.es_de_diccionario or columna.identificador in self.lugares:
                todas |= columna.derivadas
            if not columna.es_de_diccionario and columna.identificador in self.lugares:
                todas |= _sin_relleno(columna.identificador)
        todas |= entre_campos.derivadas(self.regla)
        for i in range(self.palabras):
            todas[f"m{i}"] = self._palabra(i)
        return todas

    def _palabra(self, cual: int) -> str:
        """Los bits de las condiciones y los que traen los diccionarios."""
        partes = [f"coalesce({c.identificador}__m{cual}, 0)" for c in self.de_diccionario]
        suma = []
        for condicion in self.condiciones:
            lugar = self._lugar[condicion.columna, condicion.codigo]
            if lugar // BITS == cual:
                suma.append(
                    f"CASE WHEN {condicion.sql} THEN {1 << (lugar % BITS)}::UBIGINT ELSE 0::UBIGINT END"
                )
        if suma:
            partes.append(f"({' + '.join(suma)})")
        return " | ".join(partes) or "0::UBIGINT"


def _sin_relleno(columna: str) -> dict[str, str]:
    """«ND» y parecidos son no decir nada. Solo lo muy corto puede serlo."""
    texto = f"w_{columna}"
    return {
        f"t_{columna}": (
            f"CASE WHEN length({texto}) <= 3 THEN CASE WHEN upper({texto}) IN ({_RELLENOS}) "
            f"THEN NULL ELSE {texto} END ELSE {texto} END"
        ),
        f"{columna}__vacio": f"t_{columna} IS NULL",
    }


def armar(
    regla: Regla, lugares: Mapping[str, int], evidencias: Mapping[str, Any] | None = None
) -> Consulta:
    """La consulta para esa regla y ese mapeo (identificador → lugar en el archivo)."""
    presentes = [c for c in COLUMNAS if c.identificador in lugares]
    condiciones = (
        *(x for c in presentes for x in c.condiciones),
        *entre_campos.condiciones(regla),
        *exigencias.condiciones(regla, tuple(lugares)),
    )
    # Que no venga la columna se dice una vez, del archivo; no es un defecto de cada fila.
    if "curp" not in lugares:
        condiciones = tuple(c for c in condiciones if c.codigo != "sin_curp")
    if not lugares.keys() & {"curp", "folio"}:
        condiciones = tuple(c for c in condiciones if c.codigo != "sin_identificador")
    marcas: dict[tuple[str, str], Marca] = {}
    for columna in presentes:
        for codigo in columna.codigos:
            marcas[columna.identificador, codigo] = Marca(columna.identificador, codigo)
    for condicion in condiciones:
        marcas[condicion.columna, condicion.codigo] = Marca(
            condicion.columna, condicion.codigo, condicion.detalle
        )
    return Consulta(
        regla,
        dict(lugares),
        tuple(marcas.values()),
        _sin_repetir(condiciones),
        dict(evidencias or {}),
    )


def _sin_repetir(condiciones: Sequence[Condicion]) -> tuple[Condicion, ...]:
    """Dos maneras de hallar lo mismo en la misma columna ponen el mismo bit una sola vez."""
    juntas: dict[tuple[str, str], Condicion] = {}
    for c in condiciones:
        antes = juntas.get((c.columna, c.codigo))
        sql = c.sql if antes is None else f"(({antes.sql}) OR ({c.sql}))"
        juntas[c.columna, c.codigo] = Condicion(c.columna, c.codigo, sql, c.detalle)
    return tuple(juntas.values())
