"""La hoja como la ve y la guarda quien la corrige."""

from __future__ import annotations

import io

import python_calamine
import xlsxwriter

from padron.consultas.filas import contexto_de
from padron.consultas.hoja_de_fallidas import partes_de
from padron.exportacion import fallidas
from padron.servicios import hojas

NUESTRAS = 3  # columnas antes de las del archivo


def bajar(carga) -> list[list[str]]:
    """La hoja como la ve quien la abre: un renglón por fila, con su encabezado."""
    contexto = contexto_de(carga)
    with fallidas.escribir(contexto, partes_de(contexto)[0]) as archivo:
        return leer(archivo.read())


def leer(contenido: bytes) -> list[list[str]]:
    libro = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(contenido))
    return [[str(c) for c in r] for r in libro.get_sheet_by_index(0).to_python()]


def libro(renglones) -> io.BytesIO:
    """Como lo guarda quien lo corrigió."""
    salida = io.BytesIO()
    with xlsxwriter.Workbook(salida, {"strings_to_formulas": False}) as hecho:
        hoja = hecho.add_worksheet()
        for n, renglon in enumerate(renglones):
            for i, celda in enumerate(renglon):
                if celda:
                    hoja.write_string(n, i, celda)
    salida.seek(0)
    return salida


def subir(carga, renglones, casa):
    return hojas.recibir(carga, libro(renglones), por=casa.enlace)


def previa(carga, hoja):
    return hojas.previa_de(contexto_de(carga), hoja)
