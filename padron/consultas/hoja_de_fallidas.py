"""Cómo es la hoja de filas por corregir que sale y vuelve: sus columnas, sus huellas y sus partes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from padron.consultas.filas import LOTE, Contexto, FilaDeCarga, como_estan
from padron.models import FilaEnEspera

# Lo que cabe en una hoja que se baja en segundos; con más filas, salen varias.
TOPE_DE_HOJA = 50_000
LARGO_DE_CELDA = 32_767
_SAL = "padron.fallidas"
# Lo que un libro no puede guardar, o un lector de hojas cambiaría.
_CONTROLES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Parte:
    """Un pedazo de las que esperan: de la fila `desde` a la `hasta`."""

    numero: int
    desde: int
    hasta: int
    filas: int


def celda_de_hoja(texto: str) -> str:
    """Como se escribe en la hoja: es también con lo que se compara al volver."""
    return _CONTROLES.sub("", texto.replace("\r\n", "\n"))[:LARGO_DE_CELDA].strip()


def encabezado_de_hoja(contexto: Contexto) -> list[str]:
    """Lo nuestro a los lados; en medio, las columnas del archivo como las nombra."""
    suyas = [titulo or _("(sin título)") for titulo in contexto.encabezado]
    return [_("Fila"), _("Carga"), _("Huella"), *suyas, _("Qué corregir")]


def huella_de(contexto: Contexto, fila: FilaDeCarga) -> str:
    """De lo que la fila decía al bajarla. Nadie de fuera puede formarla."""
    dice = [celda_de_hoja(fila.celda(i)) for i in range(len(contexto.encabezado))]
    valor = json.dumps([contexto.carga.folio, fila.fila, dice], ensure_ascii=False)
    return salted_hmac(_SAL, valor, algorithm="sha256").hexdigest()[:24]


def partes_de(contexto: Contexto) -> list[Parte]:
    """En cuántas hojas salen. Una consulta, sin traer celdas."""
    numeros = list(
        FilaEnEspera.objects.filter(pasada=contexto.pasada)
        .order_by("fila")
        .values_list("fila", flat=True)
    )
    return [
        Parte(n, tramo[0], tramo[-1], len(tramo))
        for n, tramo in enumerate(_en_tramos(numeros, TOPE_DE_HOJA), 1)
    ]


def _en_tramos(numeros: Sequence[int], cuantos: int) -> Iterator[Sequence[int]]:
    for i in range(0, len(numeros), cuantos):
        yield numeros[i : i + cuantos]


def filas_de_la_parte(contexto: Contexto, parte: Parte) -> Iterator[list[FilaDeCarga]]:
    """Por lotes: la memoria es la de uno. Las que alguien dejó fuera no salen."""
    suyas = FilaEnEspera.objects.filter(pasada=contexto.pasada, fila__lte=parte.hasta)
    ultima = parte.desde - 1
    while True:
        crudas = list(
            suyas.filter(fila__gt=ultima).order_by("fila").values_list("fila", "celdas")[:LOTE]
        )
        if not crudas:
            return
        yield [f for f in como_estan(contexto.carga, crudas) if not f.fuera]
        ultima = crudas[-1][0]
