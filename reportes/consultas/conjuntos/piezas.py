"""De qué está hecho un conjunto de datos abiertos: una columna es un objeto y se describe sola.

De estas piezas salen el archivo, el diccionario, el catálogo DCAT y los tipos del Parquet: no hay
otra lista de columnas que mantener igual.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.utils.functional import Promise

Texto = str | Promise

# Con estos principia lo que una hoja de cálculo toma por fórmula; los cuatro últimos, de ancho entero.
_PRINCIPIOS = tuple(ord(c) for c in "=+-@\t\r\n＝＋－＠")


class Tipo(StrEnum):
    """Cómo se llama en el diccionario, con su tipo en DuckDB y en XSD más abajo."""

    TEXTO = "texto"
    ENTERO = "entero"
    DECIMAL = "decimal"
    REAL = "real"
    FECHA = "fecha"
    FECHA_HORA = "fecha_hora"
    BOOLEANO = "booleano"


DUCKDB = {
    Tipo.TEXTO: "VARCHAR",
    Tipo.ENTERO: "BIGINT",
    Tipo.DECIMAL: "DECIMAL(18,2)",
    Tipo.REAL: "DOUBLE",
    Tipo.FECHA: "DATE",
    Tipo.FECHA_HORA: "TIMESTAMPTZ",
    Tipo.BOOLEANO: "BOOLEAN",
}
# Como los escribe COPY: ISO 8601, con su zona y sin depender de la conexión.
_COMO_TEXTO = {
    Tipo.FECHA_HORA: "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
    Tipo.BOOLEANO: "CASE WHEN {0} THEN 'true' WHEN NOT {0} THEN 'false' END",
}


@dataclass(frozen=True, slots=True)
class Columna:
    """`sql` dice de dónde sale; vacío es «la fuente no lo dice», que no es cero."""

    nombre: str
    sql: str
    descripcion: Texto
    tipo: Tipo = Tipo.TEXTO
    unidad: Texto = ""

    @property
    def tal_cual(self) -> str:
        """Para Parquet y hoja de cálculo, donde un texto no puede volverse fórmula."""
        return f'{_COMO_TEXTO.get(self.tipo, "{0}").format(self.sql)} AS "{self.nombre}"'

    @property
    def sin_formulas(self) -> str:
        """Para CSV: un texto que empieza como fórmula lleva un apóstrofo delante."""
        if self.tipo is not Tipo.TEXTO:
            return self.tal_cual
        valor = f"({self.sql})::text"
        principios = ", ".join(map(str, _PRINCIPIOS))
        return (
            f"CASE WHEN ascii({valor}) IN ({principios}) THEN '''' || {valor} ELSE {valor} END "
            f'AS "{self.nombre}"'
        )


@dataclass(frozen=True, slots=True)
class Conjunto:
    """Un conjunto de datos: sus renglones son `desde` (FROM y WHERE), en ese `orden`."""

    clave: str
    titulo: Texto
    descripcion: Texto
    columnas: tuple[Columna, ...]
    desde: str
    orden: str
    tablas: tuple[str, ...]  # de ellas sale la versión
    geometria: str = ""  # expresión de la geometría; con ella hay GeoJSON
    palabras: tuple[Texto, ...] = ()
    fecha: str = ""  # SELECT de un día: hasta cuándo es cierto lo que dice
    frecuencia: str = "CONT"  # vocabulario de frecuencias de la Unión Europea, el que usa DCAT

    @property
    def formatos(self) -> tuple[str, ...]:
        return ("csv", "xlsx", "parquet", *(("geojson",) if self.geometria else ()))

    def consulta(self, *, sin_formulas: bool) -> str:
        columnas = (c.sin_formulas if sin_formulas else c.tal_cual for c in self.columnas)
        return f"SELECT {', '.join(columnas)} FROM {self.desde} ORDER BY {self.orden}"  # noqa: S608

    def rasgos(self) -> str:
        """Un rasgo GeoJSON por renglón, ya como texto."""
        propiedades = f"SELECT {', '.join(c.tal_cual for c in self.columnas)}"
        return (
            "SELECT json_build_object('type', 'Feature', 'geometry', "  # noqa: S608
            f"ST_AsGeoJSON({self.geometria}, 6)::json, "
            f"'properties', (SELECT row_to_json(p) FROM ({propiedades}) p))::text "
            f"FROM {self.desde} ORDER BY {self.orden}"
        )

    def renglones(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {self.desde}")  # noqa: S608
            return int(cursor.fetchone()[0])
