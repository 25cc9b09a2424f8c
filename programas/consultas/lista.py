"""Los renglones de una lista de programas: lo que se lee de cada uno sin abrirlo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programas.consultas import redaccion
from programas.consultas.filtros import Opciones, opciones
from programas.consultas.indice import Indice
from programas.models import Apoyo, Programa, ReglaOperacion
from sibis.nucleo.normalizacion import clave_comparable


class Renglon(NamedTuple):
    """Lo que una lista dice de una regla publicada y no cambia de una petición a otra."""

    llave: tuple[int, int]
    clave: str
    nombre: str
    url: str
    tipo: str
    tipo_nombre: str
    que_recibes: str
    para_quien: str
    dependencia: str
    ejercicio: int
    ejercicios: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Resultado:
    """Un programa como se lee en una lista: estado, qué, para quién, quién."""

    clave: str
    nombre: str
    url: str
    tipo: str
    tipo_nombre: str
    que_recibes: str
    para_quien: str
    dependencia: str
    ejercicio: int
    ejercicios: tuple[int, ...]
    nombre_resaltado: SafeString
    estado: str
    estado_texto: str
    demostracion: bool

    @property
    def clase_de_estado(self) -> str:
        """Como lo nombra la hoja de estilos."""
        return self.estado.replace("_", "-")

    @property
    def anios(self) -> str:
        """El año; si hay más de uno publicado, cuántos."""
        if len(self.ejercicios) < 2:
            return str(self.ejercicio)
        return _("%(ultimo)s (%(total)s ejercicios)") % {
            "ultimo": self.ejercicio,
            "total": len(self.ejercicios),
        }


@lru_cache(maxsize=8192)
def _trozo(palabra: str) -> tuple[str, SafeString, SafeString]:
    """Cómo se compara una palabra, y cómo se escribe sin marcar y marcada."""
    return (
        clave_comparable(palabra),
        format_html("{}", palabra),
        format_html("<mark>{}</mark>", palabra),
    )


def resaltar(nombre: str, palabras: Iterable[str]) -> SafeString:
    """El nombre con <mark> en las palabras buscadas, comparadas sin acentos y por su principio."""
    buscadas = tuple(p[:5] for p in palabras if len(p) > 3)
    trozos = []
    for comparable, llano, marcado in map(_trozo, nombre.split()):
        trozos.append(marcado if buscadas and comparable.startswith(buscadas) else llano)
    return mark_safe(" ".join(trozos))  # noqa: S308  (cada trozo ya viene escapado)


# Una regla trae más de cuarenta columnas y la ficha su vector: una lista muestra estas.
_COLUMNAS = (
    "nombre",
    "a_quien",
    "ejercicio",
    "programa__clave",
    "programa__slug",
    "programa__tipo",
    "dependencia__clave",
    "dependencia__nombre",
)


def resultados_de(
    reglas: Iterable[int], palabras: Iterable[str] = (), *, nombres: Opciones | None = None
) -> tuple[Resultado, ...]:
    """Renglones de esas reglas, en ese orden, con número fijo de consultas.

    Lo publicado no cambia: lo que se lee de una regla se guarda con el índice, que se rehace en
    cuanto algo del portal cambia. Una lista ya vista no vuelve a la base.
    """
    llaves = list(reglas)
    if not llaves:
        return ()
    nombres = nombres or opciones()
    idioma = get_language() or ""
    guardados = nombres.indice.renglones
    faltan = [pk for pk in llaves if (pk, idioma) not in guardados]
    leidos = _leer(faltan, nombres.indice) if faltan else {}
    guardados.update({(pk, idioma): r for pk, r in leidos.items() if pk in nombres.indice.lugar})
    palabras = tuple(palabras)
    renglones = (leidos.get(pk) or guardados.get((pk, idioma)) for pk in llaves)
    return tuple(_resultado(r, nombres, palabras) for r in renglones if r is not None)


def _leer(llaves: list[int], indice: Indice) -> dict[int, Renglon]:
    reglas = (
        ReglaOperacion.objects.filter(pk__in=llaves)
        .select_related("programa", "dependencia")
        .only(*_COLUMNAS)
        .prefetch_related(Prefetch("apoyos", Apoyo.objects.select_related("tipo")))
    )
    return {regla.pk: _renglon(regla, indice) for regla in reglas}


def _renglon(regla: ReglaOperacion, indice: Indice) -> Renglon:
    programa = regla.programa
    ejercicios = indice.ejercicios.get(programa.pk, (regla.ejercicio,))
    es_ultima = regla.ejercicio == ejercicios[0]
    return Renglon(
        llave=(programa.pk, regla.ejercicio),
        clave=programa.clave,
        nombre=regla.nombre,
        url=url_de_programa(programa, None if es_ultima else regla.ejercicio),
        tipo=programa.tipo,
        tipo_nombre=str(programa.get_tipo_display()),
        que_recibes=redaccion.que_recibes(list(regla.apoyos.all())),
        para_quien=regla.a_quien,
        dependencia=regla.dependencia.nombre_actual,
        ejercicio=regla.ejercicio,
        ejercicios=ejercicios,
    )


def _resultado(renglon: Renglon, nombres: Opciones, palabras: tuple[str, ...]) -> Resultado:
    """Lo de la regla, con lo que depende de hoy y de lo que se buscó."""
    ventana = nombres.indice.ventana(renglon.llave, nombres.momento.ahora)
    return Resultado(
        *renglon[1:],
        nombre_resaltado=resaltar(renglon.nombre, palabras),
        estado=ventana.estado,
        estado_texto=ventana.texto,
        demostracion=ventana.demostracion,
    )


def url_de_programa(programa: Programa, ejercicio: int | None = None) -> str:
    if ejercicio is None:
        return reverse("programas:programa", args=[programa.slug])
    return reverse("programas:programa_ejercicio", args=[programa.slug, ejercicio])
