"""Revisar unas cuantas filas sueltas, en memoria: las que alguien acaba de teclear o de corregir.

Son las mismas comprobaciones de una carga. Entre filas se comparan solo las que se dan; con la base, si
se da quién ya está.
"""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from padron.lectura import Lectura
from padron.validacion import diccionarios, hallazgos
from padron.validacion.consulta import Consulta, armar
from padron.validacion.informe import oracion
from padron.validacion.regla import Regla

_NOMBRES_DE_COLONIA = "CREATE TABLE colonias (nombre VARCHAR, alcaldias VARCHAR[])"


@dataclass(frozen=True, slots=True)
class HallazgoDeFila:
    columna: str
    codigo: str
    severidad: str
    mensaje: str


def revisar_filas(
    regla: Regla,
    mapeo: Mapping[str, int],
    encabezado: Sequence[str],
    filas: Iterable[tuple[int, Sequence[str]]],
    *,
    evidencias: Mapping[str, Any] | None = None,
    ya_inscritas: Path | None = None,
) -> dict[int, list[HallazgoDeFila]]:
    """Lo hallado en cada fila que se da; una lista vacía es que está bien.

    `evidencias` es lo que la columna entera dejó ver (`evidencias.de_json`); sin ellas se mira en estas.
    `ya_inscritas` es como la de `motor.Pedido`.
    """
    ancho = len(encabezado)
    dadas = [
        (fila, [_como_llega(c) for c in (*celdas[:ancho], *[""] * (ancho - len(celdas)))])
        for fila, celdas in filas
    ]
    if not dadas:
        return {}
    consulta = _consulta(regla, tuple(sorted(mapeo.items())), evidencias)
    with (
        tempfile.TemporaryDirectory(prefix="sibis-filas-") as carpeta,
        duckdb.connect(config={"memory_limit": "300MB", "threads": 1}) as con,
    ):
        trabajo = Path(carpeta)
        _crudo(con, dadas, ancho, trabajo)
        return _hallados(con, consulta, dadas, trabajo, ya_inscritas)


def _como_llega(celda: str) -> str:
    """Como la deja la lectura de un archivo: un solo fin de renglón, y ningún nulo."""
    if "\r" in celda or "\0" in celda:
        return celda.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return celda


def _consulta(
    regla: Regla, lugares: tuple[tuple[str, int], ...], evidencias: Mapping[str, Any] | None
) -> Consulta:
    """Armarla cuesta más que usarla: se recuerda la de las últimas reglas, y cada quien lleva su evidencia."""
    armada = _armada(regla, lugares)
    return Consulta(
        armada.regla, armada.lugares, armada.marcas, armada.condiciones, dict(evidencias or {})
    )


@lru_cache(maxsize=16)
def _armada(regla: Regla, lugares: tuple[tuple[str, int], ...]) -> Consulta:
    return armar(regla, dict(lugares))


def _crudo(
    con: duckdb.DuckDBPyConnection,
    filas: Sequence[tuple[int, Sequence[str]]],
    ancho: int,
    trabajo: Path,
) -> None:
    archivo = trabajo / "crudo.csv"
    with archivo.open("w", encoding="utf-8", newline="") as destino:
        escritor = csv.writer(destino, quoting=csv.QUOTE_ALL, lineterminator="\n")
        escritor.writerows([fila, *celdas] for fila, celdas in filas)
    columnas = {"fila": "INTEGER"} | {f"c{i}": "VARCHAR" for i in range(ancho)}
    tipos = ", ".join(f"'{c}': '{t}'" for c, t in columnas.items())
    con.execute(
        "CREATE TABLE crudo AS SELECT * FROM read_csv(?, header=false, delim=',', quote='\"', escape='\"', "
        f"auto_detect=false, strict_mode=true, columns={{{tipos}}})",
        [str(archivo)],
    )


def _hallados(
    con: duckdb.DuckDBPyConnection,
    consulta: Consulta,
    filas: Sequence[tuple[int, Sequence[str]]],
    trabajo: Path,
    ya_inscritas: Path | None,
) -> dict[int, list[HallazgoDeFila]]:
    for columna in consulta.de_diccionario:
        diccionarios.crear(con, consulta, columna, trabajo)
    if consulta.regla.colonias:
        _colonias(con, consulta.regla, trabajo)
    # Planear la consulta cuesta más que correrla: se corre una vez y de ahí sale todo.
    con.execute(f"CREATE TABLE todas AS {consulta.anidada()}")
    con.execute(f"CREATE TABLE limpio AS {consulta.de_limpio('todas')}")
    hallazgos.crear(con, consulta, _SIN_LECTURA, origen="todas")
    hallazgos.entre_filas(con, consulta, ya_inscritas)
    con.execute(
        "SELECT fila, columna, codigo, severidad, detalle FROM hallazgos WHERE fila > 0 "
        "ORDER BY fila, severidad = 'bloquea' DESC, severidad = 'avisa' DESC, columna, codigo"
    )
    por_fila: defaultdict[int, list[HallazgoDeFila]] = defaultdict(list)
    for fila, columna, codigo, severidad, detalle in con.fetchall():
        mensaje = oracion(codigo, columna or "", consulta.regla, detalle or "")
        por_fila[fila].append(HallazgoDeFila(columna or "", codigo, severidad, mensaje))
    return {fila: por_fila[fila] for fila, _celdas in filas}


def _colonias(con: duckdb.DuckDBPyConnection, regla: Regla, trabajo: Path) -> None:
    archivo = trabajo / "colonias.csv"
    archivo.write_text(
        "".join(f"{clave},{nombre}\n" for clave, nombre in regla.colonias), encoding="utf-8"
    )
    con.execute(_NOMBRES_DE_COLONIA)
    con.execute(
        "INSERT INTO colonias SELECT nombre, list(DISTINCT clave) FROM read_csv(?, header=false, delim=',', "
        "auto_detect=false, columns={'clave': 'VARCHAR', 'nombre': 'VARCHAR'}) GROUP BY 1",
        [str(archivo)],
    )


# Lo que se vio al leer un archivo no hace falta: aquí no hay archivo.
_SIN_LECTURA = Lectura(
    archivo="",
    sha256="",
    formato="csv",
    hoja=None,
    hojas=(),
    codificacion="utf-8",
    separador=",",
    fila_encabezado=0,
    encabezado=(),
    csv=Path(),
    csv_separador=",",
    numerado=True,
    primera_fila=1,
    filas=None,
    avisos=(),
)
