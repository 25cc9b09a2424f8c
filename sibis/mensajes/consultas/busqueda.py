"""Buscar en lo que se puede ver: qué hilos casan, y el trozo del mensaje que mejor contesta."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import F, Q
from django.db.models.functions import Left

from sibis.mensajes.models import Mensaje
from sibis.mensajes.models.hilo import HiloQuerySet
from sibis.nucleo.normalizacion import clave_comparable, con_su_otro_numero

MAXIMO_DE_CARACTERES = 200
_PALABRAS = 12
_LARGO_DE_PALABRA = 40
_CARACTERES_DEL_TROZO = 4_000
# Nadie los escribe: `limpio` los quita de todo lo guardado.
ABRE, CIERRA = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Parte:
    texto: str
    hallada: bool


def consulta_de(tecleado: str) -> SearchQuery | None:
    """Todas las palabras, en singular o plural. De diez mil letras se leen las primeras doscientas."""
    palabras = clave_comparable(tecleado[:MAXIMO_DE_CARACTERES]).split()[:_PALABRAS]
    formas = [con_su_otro_numero(p[:_LARGO_DE_PALABRA]) for p in palabras]
    if not formas:
        return None
    return SearchQuery(" & ".join(formas), config="sibis_es", search_type="raw")


def que_dicen(hilos: HiloQuerySet, consulta: SearchQuery) -> HiloQuerySet:
    """De esos hilos, los que lo dicen en su asunto o en algún mensaje. Cada parte va por su índice."""
    en_mensajes = Mensaje.objects.filter(vector=consulta).values("hilo")
    return hilos.filter(Q(vector=consulta) | Q(pk__in=en_mensajes))


def extractos(hilos: Sequence[int], consulta: SearchQuery) -> dict[int, tuple[Parte, ...]]:
    """Por hilo de la página, el trozo del mensaje que mejor contesta; los demás no se abren."""
    mejores = (
        Mensaje.objects.filter(hilo__in=hilos, vector=consulta)
        .annotate(puntos=SearchRank(F("vector"), consulta))
        .order_by("hilo", "-puntos", "pk")
        .distinct("hilo")
        .annotate(
            trozo=SearchHeadline(
                Left("texto", _CARACTERES_DEL_TROZO),
                consulta,
                config="sibis_es",
                start_sel=ABRE,
                stop_sel=CIERRA,
                max_words=30,
                min_words=12,
            )
        )
    )
    return {hilo: partes(trozo) for hilo, trozo in mejores.values_list("hilo", "trozo")}


def partes(trozo: str) -> tuple[Parte, ...]:
    """Lo hallado, aparte: así se marca en la plantilla y nada entra como HTML."""
    halladas = []
    for n, pedazo in enumerate(trozo.replace(CIERRA, ABRE).split(ABRE)):
        if pedazo:
            halladas.append(Parte(pedazo, hallada=n % 2 == 1))
    return tuple(halladas)
