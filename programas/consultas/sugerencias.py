"""Lo que puede seguir de lo que alguien va tecleando: programas, palabras y su corrección."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import islice
from operator import and_
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programas.consultas.filtros import Filtros, Opciones, opciones
from programas.consultas.indice import lugares
from programas.consultas.interpretacion import interpretar, lexico
from programas.consultas.lista import resultados_de
from sibis.nucleo.normalizacion import clave_comparable

MINIMO_DE_LETRAS = 2
MAXIMO_DE_LETRAS = 80
CUANTAS = 8
_PROGRAMAS = 5
_A_ORDENAR = 300
_FACETAS: dict[str, str | Promise] = {
    "grupo": _("para quién"),
    "derecho": _("derecho"),
    "apoyo": _("tipo de apoyo"),
}


class Sugerencia(NamedTuple):
    """Un renglón de la lista: qué se lee, qué clase de cosa es y a dónde lleva."""

    texto: str
    clase: str
    url: str


def sugerir(texto: str) -> list[Sugerencia]:
    """Pocas y en orden: cómo se escribe, programas, filtros. Una consulta si nada cambió."""
    palabras = clave_comparable(texto[:MAXIMO_DE_LETRAS]).split()
    if sum(map(len, palabras)) < MINIMO_DE_LETRAS:
        return []
    nombres = opciones()
    corregidas = list(_corregidas(" ".join(palabras), nombres))
    buscadas = corregidas[0].texto.split() if corregidas else palabras
    halladas = [
        *corregidas,
        *islice(_programas(buscadas, nombres), _PROGRAMAS),
        *_filtros(buscadas, nombres),
    ]
    return halladas[:CUANTAS]


def _corregidas(texto: str, nombres: Opciones) -> Iterator[Sugerencia]:
    """La última palabra se está escribiendo: si algo empieza así, no es una falta."""
    lex = lexico(nombres.version_vocabulario)
    ultima = texto.split()[-1]
    if lex.alguna_empieza(ultima):
        return
    corregido = interpretar(texto, lex).corregido
    if corregido:
        yield Sugerencia(corregido, str(_("quizá")), _url(Filtros(q=corregido)))


def _programas(palabras: list[str], nombres: Opciones) -> Iterator[Sugerencia]:
    """Los del último año cuyo nombre tiene todas; primero los que empiezan así."""
    indice = nombres.indice
    texto = " ".join(palabras)
    quedan = reduce(and_, map(indice.que_empiezan, palabras), indice.ultimas)
    casan = list(islice(lugares(quedan), _A_ORDENAR))
    casan.sort(key=lambda n: (not indice.comparables[n].startswith(texto), indice.comparables[n]))
    reglas = [indice.reglas[n] for n in casan[:_PROGRAMAS]]
    for renglon in resultados_de(reglas, nombres=nombres):
        yield Sugerencia(renglon.nombre, renglon.tipo_nombre, renglon.url)


def _filtros(palabras: list[str], nombres: Opciones) -> Iterator[Sugerencia]:
    for faceta, clase in _FACETAS.items():
        for valor, nombre in nombres.nombres[faceta].items():
            if valor in nombres.indice.facetas.get(faceta, {}) and _casa(
                palabras, clave_comparable(nombre)
            ):
                yield Sugerencia(nombre, str(clase), _url(Filtros(valores={faceta: (valor,)})))


def _casa(palabras: list[str], comparable: str) -> bool:
    """Cada palabra tecleada es el principio de alguna del nombre."""
    return all(comparable.startswith(p) or f" {p}" in comparable for p in palabras)


def _url(filtros: Filtros) -> str:
    return filtros.url(reverse("programas:buscar"))
