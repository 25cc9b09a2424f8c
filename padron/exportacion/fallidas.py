"""Las filas por corregir en un libro de Excel, con sus razones. Todo es texto: ninguna celda es una fórmula."""

from __future__ import annotations

import datetime
import tempfile
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from padron.consultas.cuadricula import hallazgos_de
from padron.consultas.filas import Contexto, FilaDeCarga
from padron.consultas.hoja_de_fallidas import (
    LARGO_DE_CELDA,
    Parte,
    celda_de_hoja,
    encabezado_de_hoja,
    filas_de_la_parte,
    huella_de,
)
from padron.models import Severidad
from padron.validacion.filas import HallazgoDeFila
from padron.validacion.patrones import titulo_de

_EXCEL_CERO = datetime.datetime(1980, 1, 1)  # noqa: DTZ001  (fecha fija: lo mismo da el mismo archivo)
ANCHO_DE_RAZONES = 70


def escribir(contexto: Contexto, parte: Parte) -> IO[bytes]:
    """Un archivo temporal listo para leerse; lo cierra quien lo entrega."""
    archivo = tempfile.TemporaryFile()  # noqa: SIM115  (lo cierra la respuesta que lo entrega)
    opciones = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    libro = xlsxwriter.Workbook(archivo, opciones)
    libro.set_properties({"created": _EXCEL_CERO, "title": contexto.carga.folio})
    hoja = libro.add_worksheet(_("Filas por corregir"))
    texto = libro.add_format({"num_format": "@"})
    _encabezar(libro, hoja, encabezado_de_hoja(contexto), texto)
    renglon = 0
    for lote in filas_de_la_parte(contexto, parte):
        hallados = hallazgos_de(contexto, lote)
        for fila in lote:
            renglon += 1
            celdas = _celdas(contexto, fila, hallados.get(fila.fila, []))
            for columna, celda in enumerate(celdas):
                if celda:
                    hoja.write_string(renglon, columna, celda, texto)
    libro.close()
    archivo.seek(0)
    return archivo


def _encabezar(
    libro: xlsxwriter.Workbook,
    hoja: xlsxwriter.worksheet.Worksheet,
    titulos: list[str],
    texto: xlsxwriter.format.Format,
) -> None:
    """La fila y lo demás como texto, para que Excel no cambie fechas ni claves; la carga y la huella, ocultas."""
    negrita = libro.add_format({"bold": True, "bottom": 1})
    for i, titulo in enumerate(titulos):
        ancho = ANCHO_DE_RAZONES if i == len(titulos) - 1 else max(10, min(40, len(titulo) + 6))
        hoja.set_column(i, i, ancho, texto, {"hidden": i in (1, 2)})
    for i, titulo in enumerate(titulos):
        hoja.write_string(0, i, titulo, negrita)
    hoja.freeze_panes(1, 1)


def _celdas(contexto: Contexto, fila: FilaDeCarga, hallados: list[HallazgoDeFila]) -> list[str]:
    suyas = [celda_de_hoja(fila.celda(i)) for i in range(len(contexto.encabezado))]
    return [
        str(fila.fila),
        contexto.carga.folio,
        huella_de(contexto, fila),
        *suyas,
        _razones(hallados),
    ]


def _razones(hallados: list[HallazgoDeFila]) -> str:
    """Lo que bloquea primero; lo que solo informa no se corrige."""
    dichas = [
        f"{titulo_de(h.columna)}: {h.mensaje}" if h.columna else h.mensaje
        for h in hallados
        if h.severidad != Severidad.INFORMA
    ]
    return "\n".join(dict.fromkeys(dichas))[:LARGO_DE_CELDA]
