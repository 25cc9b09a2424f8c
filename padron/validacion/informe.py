"""El informe de una revisión: el mismo JSON para la orden, la carga y el validador que viaja.

Los hallazgos se escriben uno a uno desde los archivos de la revisión: un millón no cuesta más memoria.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import duckdb

from padron.lectura import Lectura
from padron.validacion.codigos import CODIGOS
from padron.validacion.mapeo import Mapeo
from padron.validacion.motor import Resultado
from padron.validacion.patrones import mensaje_de
from padron.validacion.regla import Regla

LOTE = 10_000


def cabeza(lectura: Lectura, mapeo: Mapeo, resultado: Resultado) -> dict[str, Any]:
    """Todo menos los hallazgos uno por uno. Ninguna clave trae un dato personal."""
    return {
        "archivo": lectura.archivo,
        "sha256": lectura.sha256,
        "hoja": lectura.hoja,
        "codificacion": lectura.codificacion,
        "fila_encabezado": lectura.fila_encabezado,
        "filas": resultado.filas,
        "validas": resultado.validas,
        "con_error": resultado.con_error,
        "con_aviso": resultado.con_aviso,
        "columnas": mapeo.reconocidas,
        "columnas_ignoradas": mapeo.ignoradas,
        "columnas_faltantes": list(resultado.faltan.bloquean),
        "columnas_recomendadas": list(resultado.faltan.recomendadas),
        "cifras": {
            "filas": resultado.cifras.filas,
            "monto": str(resultado.cifras.monto),
            "mujeres": resultado.cifras.mujeres,
            "hombres": resultado.cifras.hombres,
        },
        "patrones": [
            {
                "codigo": p.codigo,
                "columna": p.columna,
                "severidad": p.severidad,
                "filas": p.filas,
                "ejemplos": list(p.ejemplos),
                "primeras_filas": list(p.primeras),
                "mensaje": p.mensaje,
                "sugerencia": p.sugerencia,
            }
            for p in resultado.patrones
        ],
    }


def errores(partes: list[Path], regla: Regla) -> Iterator[dict[str, Any]]:
    """Los hallazgos en el orden de las filas."""
    if not partes:
        return
    with duckdb.connect() as con:
        con.execute("SET memory_limit = '200MB'")
        con.execute(
            "SELECT fila, columna, codigo, severidad, detalle FROM read_csv(?, header=false, auto_detect=false, "
            "delim=',', quote='\"', escape='\"', columns={'fila': 'INTEGER', 'columna': 'VARCHAR', 'codigo': "
            "'VARCHAR', 'severidad': 'VARCHAR', 'detalle': 'VARCHAR', 'forma': 'VARCHAR'}) "
            "ORDER BY fila, columna, codigo",
            [[str(p) for p in partes]],
        )
        while lote := con.fetchmany(LOTE):
            for fila, columna, codigo, severidad, detalle in lote:
                yield {
                    "fila": fila,
                    "columna": columna or "",
                    "codigo": codigo,
                    "severidad": severidad,
                    "mensaje": oracion(codigo, columna or "", regla, detalle or ""),
                }


def oracion(codigo: str, columna: str, regla: Regla, detalle: str) -> str:
    """El mensaje y qué hacer, en una línea."""
    mensaje = mensaje_de(codigo, columna, regla, detalle)
    return f"{mensaje} {CODIGOS[codigo].sugerencia}".strip()


def escribir(
    destino: TextIO,
    cabeza: dict[str, Any],
    hallados: Iterator[dict[str, Any]],
    cola: dict[str, Any],
) -> None:
    """El JSON del contrato, a trozos: `cola` lleva carga, segundos y memoria."""
    destino.write(json.dumps(cabeza, ensure_ascii=False)[:-1])
    destino.write(', "errores": [')
    for i, hallado in enumerate(hallados):
        destino.write((",\n" if i else "\n") + json.dumps(hallado, ensure_ascii=False))
    destino.write("]")
    for clave, valor in cola.items():
        destino.write(f", {json.dumps(clave)}: {json.dumps(valor, ensure_ascii=False)}")
    destino.write("}\n")
