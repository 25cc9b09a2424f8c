"""Las filas que esperan, en un libro: como venían, con su número y qué corregir en cada una."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from padron.validacion.archivo import Revisado
from padron.validacion.informe import oracion
from padron.validacion.patrones import titulo_de

FILAS_POR_HOJA = 1_000_000
LARGO_DE_CELDA = 32_767
FILA, MOTIVO = "Fila", "Qué corregir"
_ANTES = 2  # columnas nuestras, a la izquierda de las del archivo
_LOTE = 2_000
_COLUMNAS = (
    "columns={'fila': 'INTEGER', 'columna': 'VARCHAR', 'codigo': 'VARCHAR', 'severidad': 'VARCHAR', "
    "'detalle': 'VARCHAR', 'forma': 'VARCHAR'}"
)
_ESPERA = "columns={'fila': 'INTEGER', 'bloqueada': 'BOOLEAN', 'celdas': 'VARCHAR'}"
_COMO = "header=false, auto_detect=false, delim=',', quote='\"', escape='\"'"


def escribir(ruta: Path, revisado: Revisado) -> int:
    """Dice cuántas filas escribió. Todo va como texto: nada de lo que venga se vuelve fórmula ni liga."""
    with xlsxwriter.Workbook(
        str(ruta), {"constant_memory": True, "tmpdir": str(ruta.parent)}
    ) as libro:
        return _Libro(libro, revisado).escribir()


class _Libro:
    def __init__(self, libro: xlsxwriter.Workbook, revisado: Revisado) -> None:
        self.libro, self.revisado = libro, revisado
        self.titulo = libro.add_format({"bold": True, "bg_color": "#F2ECE2", "text_wrap": True})
        self.texto = libro.add_format({"num_format": "@"})
        self.mal = libro.add_format({"num_format": "@", "bg_color": "#FDF0EE", "bold": True})
        self.motivo = libro.add_format({"text_wrap": True, "valign": "top"})
        self.hoja: Any = None

    def escribir(self) -> int:
        escritas = 0
        for fila, celdas, hallados in _filas(self.revisado):
            if escritas % FILAS_POR_HOJA == 0:
                self._otra_hoja(escritas // FILAS_POR_HOJA + 1)
            self._fila(escritas % FILAS_POR_HOJA + 1, fila, celdas, hallados)
            escritas += 1
        if self.hoja is None:
            self._otra_hoja(1)
        return escritas

    def _otra_hoja(self, numero: int) -> None:
        self.hoja = self.libro.add_worksheet(f"Por corregir {numero}")
        encabezado = (FILA, MOTIVO, *self.revisado.lectura.encabezado)
        self.hoja.set_column(0, 0, 8)
        self.hoja.set_column(1, 1, 60)
        self.hoja.set_column(2, len(encabezado) - 1, 20, self.texto)
        for lugar, nombre in enumerate(encabezado):
            self.hoja.write_string(0, lugar, nombre[:LARGO_DE_CELDA], self.titulo)
        self.hoja.freeze_panes(1, _ANTES)

    def _fila(
        self, renglon: int, fila: int, celdas: list[str | None], hallados: list[dict[str, str]]
    ) -> None:
        lugares = self.revisado.mapeo.lugares
        malas = {lugares[h["columna"]] for h in hallados if h["columna"] in lugares}
        self.hoja.write_number(renglon, 0, fila)
        self.hoja.write_string(renglon, 1, self._motivos(hallados)[:LARGO_DE_CELDA], self.motivo)
        for lugar, celda in enumerate(celdas):
            if celda or lugar in malas:
                como = self.mal if lugar in malas else self.texto
                self.hoja.write_string(
                    renglon, lugar + _ANTES, (celda or "")[:LARGO_DE_CELDA], como
                )

    def _motivos(self, hallados: list[dict[str, str]]) -> str:
        regla = self.revisado.regla
        return "\n".join(
            f"{titulo_de(h['columna']) or 'Fila'}: "
            f"{oracion(h['codigo'], h['columna'] or '', regla, h['detalle'] or '')}"
            for h in hallados
        )


def _filas(
    revisado: Revisado,
) -> Iterator[tuple[int, list[str | None], list[dict[str, str]]]]:
    """En orden. DuckDB junta cada fila con lo suyo, en disco si hace falta."""
    resultado = revisado.resultado
    if not resultado.espera or not resultado.hallazgos:
        return
    with duckdb.connect() as con:
        con.execute("SET memory_limit = '200MB'")
        con.execute("SET temp_directory = ?", [str(resultado.espera[0].parent / "derrame")])
        con.execute(
            f"SELECT e.fila, CAST(e.celdas AS VARCHAR[]), h.hallados "
            f"FROM read_csv(?, {_COMO}, {_ESPERA}) e JOIN (SELECT fila, list({{'columna': columna, "
            f"'codigo': codigo, 'detalle': detalle}} ORDER BY columna, codigo) AS hallados FROM "
            f"read_csv(?, {_COMO}, {_COLUMNAS}) WHERE severidad = 'bloquea' GROUP BY fila) h "
            "USING (fila) WHERE e.bloqueada ORDER BY e.fila",
            [[str(p) for p in resultado.espera], [str(p) for p in resultado.hallazgos]],
        )
        while lote := con.fetchmany(_LOTE):
            yield from lote
