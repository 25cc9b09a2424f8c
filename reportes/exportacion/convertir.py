"""Un CSV con tipos → Parquet u hoja de cálculo. Corre en su propio proceso, con límites.

    python -m reportes.exportacion.convertir parquet ENTRADA.csv SALIDA COLUMNAS.json

No usa Django ni la base: si un archivo lo tira, el sitio sigue.
"""

from __future__ import annotations

import csv
import datetime
import json
import resource
import sys
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

SEGUNDOS_DE_CPU = 300
MEMORIA = 4 * 1024**3  # espacio de direcciones; lo que DuckDB usa de verdad es mucho menos
MEMORIA_DE_DUCKDB = "256MB"
LARGO_DE_CELDA = 32_767
ANCHO_MAXIMO, ANCHO_MINIMO = 48, 10
EXCEL_CERO = datetime.datetime(1980, 1, 1)  # noqa: DTZ001  (fecha fija: el mismo dato da el mismo archivo)


def a_parquet(entrada: Path, salida: Path, columnas: list[dict[str, str]]) -> None:
    """Con los tipos del diccionario, comprimido y sin pedir nada a la red."""
    base = duckdb.connect(
        config={
            "memory_limit": MEMORIA_DE_DUCKDB,
            "threads": "1",
            "temp_directory": str(salida.parent),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    tipos = {c["nombre"]: c["duckdb"] for c in columnas}
    leida = base.read_csv(
        str(entrada),
        header=True,
        columns=tipos,
        auto_detect=False,
        quotechar='"',
        escapechar='"',
        na_values=[""],
        allow_quoted_nulls=False,
        max_line_size=64 * 1024**2,
    )
    leida.write_parquet(str(salida), compression="zstd")
    base.close()


def a_xlsx(entrada: Path, salida: Path, columnas: list[dict[str, str]]) -> None:
    """Renglón por renglón: la memoria no crece. Todo texto es texto, nunca fórmula ni liga."""
    libro = xlsxwriter.Workbook(
        str(salida), {"constant_memory": True, "tmpdir": str(salida.parent)}
    )
    libro.set_properties({"created": EXCEL_CERO})
    hoja = libro.add_worksheet("datos")
    titulo = libro.add_format({"bold": True, "bottom": 1})
    formatos = {
        "fecha": libro.add_format({"num_format": "yyyy-mm-dd"}),
        "fecha_hora": libro.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "decimal": libro.add_format({"num_format": "#,##0.00"}),
    }
    for i, columna in enumerate(columnas):
        ancho = ANCHO_MAXIMO if columna["tipo"] == "texto" else ANCHO_MINIMO
        hoja.set_column(i, i, max(len(columna["nombre"]) + 2, min(ancho, 24)))
        hoja.write_string(0, i, columna["nombre"], titulo)
    hoja.freeze_panes(1, 0)
    csv.field_size_limit(64 * 1024**2)
    with entrada.open(encoding="utf-8", newline="") as archivo:
        renglones = csv.reader(archivo)
        next(renglones, None)
        for n, renglon in enumerate(renglones, 1):
            for i, celda in enumerate(renglon):
                if celda:
                    escribir(hoja, n, i, celda, columnas[i]["tipo"], formatos)
    libro.close()


def escribir(hoja: Any, n: int, i: int, celda: str, tipo: str, formatos: dict[str, Any]) -> None:
    if tipo in {"entero", "decimal", "real"}:
        hoja.write_number(n, i, float(celda), formatos.get(tipo))
    elif tipo in {"fecha", "fecha_hora"}:
        dia = datetime.datetime.fromisoformat(celda).replace(tzinfo=None)
        hoja.write_datetime(n, i, dia, formatos[tipo])
    elif tipo == "booleano":
        hoja.write_boolean(n, i, celda == "true")
    else:
        hoja.write_string(n, i, celda[:LARGO_DE_CELDA])


def principal(formato: str, entrada: str, salida: str, columnas: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SEGUNDOS_DE_CPU, SEGUNDOS_DE_CPU))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))
    como = {"parquet": a_parquet, "xlsx": a_xlsx}[formato]
    como(Path(entrada), Path(salida), json.loads(Path(columnas).read_text(encoding="utf-8")))


if __name__ == "__main__":
    principal(*sys.argv[1:])
