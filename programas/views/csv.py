"""CSV para hoja de cálculo: con marca UTF-8 y sin fórmulas que se ejecuten al abrirlo."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from programas.consultas.resultados import Resultado

# Las primeras siete son contrato (contrato.md §3); las demás se pueden ampliar.
COLUMNAS = (
    "clave",
    "nombre",
    "dependencia",
    "ejercicio",
    "tipo",
    "estado",
    "url",
    "que_recibes",
    "para_quien",
)
_PELIGROSOS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutro(valor: object) -> str:
    """Una celda que empieza como fórmula se vuelve texto con un apóstrofo delante."""
    texto = str(valor)
    return f"'{texto}" if texto.startswith(_PELIGROSOS) else texto


COLUMNAS_DE_CENTROS = (
    "clave",
    "nombre",
    "tipo",
    "alcaldia",
    "direccion",
    "horario",
    "telefono",
    "accesibilidad",
    "latitud",
    "longitud",
    "url",
)


def centros_csv(request: HttpRequest, filas: Iterable[dict[str, object]]) -> HttpResponse:
    """Las coordenadas van como números: al oeste de Greenwich son negativas y no son fórmulas."""
    respuesta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = 'attachment; filename="centros.csv"'
    escritor = csv.writer(respuesta)
    escritor.writerow(COLUMNAS_DE_CENTROS)
    for fila in filas:
        absoluta = fila | {"url": request.build_absolute_uri(str(fila["url"]))}
        escritor.writerow(
            [
                valor if isinstance(valor := absoluta[columna], float) else neutro(valor)
                for columna in COLUMNAS_DE_CENTROS
            ]
        )
    return respuesta


def respuesta_csv(request: HttpRequest, resultados: Iterable[Resultado]) -> HttpResponse:
    respuesta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = 'attachment; filename="programas.csv"'
    escritor = csv.writer(respuesta)
    escritor.writerow(COLUMNAS)
    for resultado in resultados:
        fila = {c: getattr(resultado, c) for c in COLUMNAS if c != "url"}
        fila["url"] = request.build_absolute_uri(resultado.url)
        escritor.writerow([neutro(fila[columna]) for columna in COLUMNAS])
    return respuesta
