"""Lo que la portada dice de los programas, con las mismas cuentas que el buscador."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from programas.consultas.busqueda import buscar
from programas.consultas.filtros import Filtros, Opciones, opciones
from programas.consultas.resultados import Resultado, resultados_de
from programas.estados import EstadoConvocatoria
from programas.models import ReglaOperacion
from sibis.cuentas.models import Dependencia

ABIERTOS_A_LA_VISTA = 6


@dataclass(frozen=True, slots=True)
class Enlace:
    """Un filtro con su cuenta: al seguirlo se ven exactamente esos."""

    clave: str
    nombre: str
    url: str
    total: int


@dataclass(frozen=True, slots=True)
class Panorama:
    total_programas: int
    total_dependencias: int
    abiertos: tuple[Resultado, ...]
    derechos: tuple[Enlace, ...]
    grupos: tuple[Enlace, ...]
    alcaldias: tuple[Enlace, ...]  # por clave de INEGI: los programas propios de cada una
    anios: tuple[int, int] | None
    fecha_corte: datetime.date | None


def panorama() -> Panorama:
    nombres = opciones()
    todos = buscar(Filtros(), nombres=nombres, cuantas=0)
    abiertos = buscar(
        Filtros(valores={"estado": (EstadoConvocatoria.ABIERTO.value,)}),
        nombres=nombres,
        cuantas=ABIERTOS_A_LA_VISTA,
    )
    anios = sorted(int(a) for a in todos.facetas["ejercicio"])
    corte = ReglaOperacion.objects.publicadas().aggregate(corte=Max("actualizado_en"))["corte"]
    return Panorama(
        total_programas=todos.total,
        total_dependencias=len(todos.facetas["dependencia"]),
        abiertos=resultados_de(abiertos.reglas, nombres=nombres),
        derechos=_enlaces("derecho", todos.facetas["derecho"], nombres),
        grupos=_enlaces("grupo", todos.facetas["grupo"], nombres),
        alcaldias=_de_alcaldias(todos.facetas["dependencia"]),
        anios=(anios[0], anios[-1]) if anios else None,
        fecha_corte=timezone.localdate(corte) if corte else None,
    )


def _enlaces(faceta: str, cuentas: Mapping[str, int], nombres: Opciones) -> tuple[Enlace, ...]:
    """De más a menos programas."""
    ruta = reverse("programas:buscar")
    return tuple(
        Enlace(clave, nombres.nombre(faceta, clave), _url(ruta, faceta, clave), total)
        for clave, total in sorted(cuentas.items(), key=lambda par: (-par[1], par[0]))
    )


def _de_alcaldias(cuentas: Mapping[str, int]) -> tuple[Enlace, ...]:
    ruta = reverse("programas:buscar")
    alcaldias = Dependencia.objects.filter(clave_inegi__isnull=False)
    return tuple(
        Enlace(
            a.clave_inegi or "",
            a.siglas,
            _url(ruta, "dependencia", a.clave),
            cuentas.get(a.clave, 0),
        )
        for a in alcaldias
    )


def _url(ruta: str, faceta: str, valor: str) -> str:
    return Filtros(valores={faceta: (valor,)}).url(ruta)
