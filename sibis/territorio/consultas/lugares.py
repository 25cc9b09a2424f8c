"""Buscar un lugar por su nombre, sin servicio de fuera: colonias y alcaldías como las dice la gente."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.contrib.gis.db.models.functions import PointOnSurface
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from sibis.nucleo.normalizacion import clave_comparable
from sibis.territorio.consultas.filtros import FiltrosDeCentros, LugarElegido
from sibis.territorio.models import Alcaldia, Colonia

SUGERENCIAS = 8
LETRAS_MINIMAS = 2
# Se dicen o se callan: «la Condesa», «col. Condesa», «Condesa» es la misma.
_SOBRAN = frozenset({"la", "las", "el", "los", "de", "del", "col", "colonia", "alcaldia"})


@dataclass(frozen=True, slots=True)
class Sugerencia:
    """Un lugar que se puede elegir. `parametro` y `valor` son lo que va en la dirección."""

    nombre: str
    donde: str
    parametro: str
    valor: str


def palabras_de_lugar(texto: str) -> list[str]:
    """Las que distinguen un lugar de otro; si todas sobran, todas («La Del»)."""
    todas = clave_comparable(texto).split()
    return [p for p in todas if p not in _SOBRAN] or todas


def sugerencias(texto: str, *, cuantas: int = SUGERENCIAS) -> tuple[Sugerencia, ...]:
    """Primero las alcaldías; luego las colonias, de la más parecida a la menos. Vacía si es corto."""
    palabras = palabras_de_lugar(texto)
    if len("".join(palabras)) < LETRAS_MINIMAS:
        return ()
    alcaldias = [
        Sugerencia(nombre, "", "alcaldia", clave)
        for clave, nombre in Alcaldia.objects.order_by("nombre").values_list("clave", "nombre")
        if _estan(palabras, nombre)
    ]
    colonias = [
        Sugerencia(nombre_legible(nombre), alcaldia or "", "colonia", str(pk))
        for pk, nombre, alcaldia in _colonias(palabras)[:cuantas]
    ]
    return tuple([*alcaldias, *colonias][:cuantas])


@dataclass(frozen=True, slots=True)
class EnlaceALugar:
    nombre: str
    donde: str
    url: str


def enlaces_a_lugares(filtros: FiltrosDeCentros, ruta: str) -> tuple[EnlaceALugar, ...]:
    """«¿Buscas un lugar?»: lo que se escribió puede ser una colonia y no el nombre de un centro."""
    return tuple(
        EnlaceALugar(s.nombre, s.donde, _hacia(s, filtros, ruta)) for s in sugerencias(filtros.q)
    )


def _hacia(lugar: Sugerencia, filtros: FiltrosDeCentros, ruta: str) -> str:
    if lugar.parametro == "alcaldia":
        return filtros.url(ruta, q="", colonia=None, alcaldia=(lugar.valor,))
    colonia = LugarElegido(int(lugar.valor), lugar.nombre, lugar.donde, 0, 0)
    return filtros.url(ruta, q="", cerca=None, alcaldia=(), colonia=colonia)


def _estan(palabras: list[str], nombre: str) -> bool:
    suyas = clave_comparable(nombre).split()
    return all(any(suya.startswith(palabra) for suya in suyas) for palabra in palabras)


def _colonias(palabras: list[str]) -> QuerySet:
    junto = " ".join(palabras)
    contiene = reduce(and_, (Q(comparable__contains=palabra) for palabra in palabras))
    parecido = Case(
        When(comparable=junto, then=Value(0)),
        When(comparable__startswith=junto, then=Value(1)),
        When(comparable__contains=f" {junto}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return (
        Colonia.objects.vigentes()
        .filter(contiene)
        .order_by(parecido, Length("comparable"), "nombre", "pk")
        .values_list("pk", "nombre", "alcaldia__nombre")
    )


def colonia_elegida(pk: int) -> LugarElegido | None:
    hallada = (
        Colonia.objects.vigentes()
        .filter(pk=pk)
        .annotate(adentro=PointOnSurface("geometria"))
        .values_list("pk", "nombre", "alcaldia__nombre", "adentro")
        .first()
    )
    if hallada is None:
        return None
    llave, nombre, alcaldia, punto = hallada
    return LugarElegido(
        llave, nombre_legible(nombre), alcaldia or "", round(punto.x, 5), round(punto.y, 5)
    )


def nombre_legible(nombre: str) -> str:
    """«ROMA NORTE I» → «Roma Norte I»: hay fuentes que solo escriben en mayúsculas."""
    if nombre != nombre.upper():
        return nombre
    return " ".join(_palabra(p, primera=not i) for i, p in enumerate(nombre.split()))


_MENORES = frozenset({"DE", "DEL", "LA", "LAS", "LOS", "EL", "Y", "EN"})
_ROMANOS = frozenset("IVX")


def _palabra(palabra: str, *, primera: bool) -> str:
    if set(palabra) <= _ROMANOS or "." in palabra:
        return palabra
    if palabra in _MENORES and not primera:
        return palabra.lower()
    return palabra.capitalize() if palabra[0].isalpha() else palabra[0] + palabra[1:].capitalize()
