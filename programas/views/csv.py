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
