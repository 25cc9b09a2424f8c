"""La página del calendario: qué abre, qué cierra y qué se entrega, día por día."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ciudadania.consultas.alcance import FACETAS_DE_PERFIL
from ciudadania.consultas.propias import pares_de
from programas.consultas.calendario import Suceso, sucesos
from programas.consultas.redaccion import fecha_corta
from programas.models import Programa

DIAS = 60  # lo que se ve de una vez: dos meses
ATRAS_EN_ARCHIVO = datetime.timedelta(days=31)
EN_ARCHIVO = 600  # fechas de un .ics: más pesa y nadie lo lee


@dataclass(frozen=True, slots=True)
class Dia:
    """Un día con sus fechas."""

    fecha: datetime.date
    titulo: str
    semana: str
    sucesos: tuple[Suceso, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    dias: tuple[Dia, ...]
    total: int
    desde: datetime.date
    hasta: datetime.date
    url_ics: str
    url_webcal: str
    url_avisos: str


def agenda(programa: Programa | None, perfil: dict[str, list[str]]) -> Agenda:
    """Los próximos dos meses de lo que casa con esos filtros."""
    hoy = timezone.localdate()
    hasta = hoy + datetime.timedelta(days=DIAS)
    fechas = sucesos(_pares(programa, perfil), desde=hoy, hasta=hasta)
    consulta = _consulta(programa, perfil)
    url_ics = reverse("ciudadania:calendario_ics") + consulta
    anfitrion = settings.URL_PUBLICA.partition("://")[2]
    return Agenda(
        dias=tuple(_por_dia(fechas, hoy)),
        total=len(fechas),
        desde=hoy,
        hasta=hasta,
        url_ics=url_ics,
        url_webcal=f"webcal://{anfitrion}{url_ics}",
        url_avisos=reverse("ciudadania:avisos") + consulta,
    )


def fechas_del_archivo(programa: Programa | None, perfil: dict[str, list[str]]) -> list[Suceso]:
    """Desde hace un mes: un calendario suscrito que borra lo de ayer desconcierta."""
    desde = timezone.localdate() - ATRAS_EN_ARCHIVO
    return sucesos(_pares(programa, perfil), desde=desde, limite=EN_ARCHIVO)


def _pares(programa: Programa | None, perfil: dict[str, list[str]]) -> list[tuple[int, int]]:
    return pares_de(programa.pk if programa else None, perfil)


def _consulta(programa: Programa | None, perfil: dict[str, list[str]]) -> str:
    pares = [("programa", programa.slug)] if programa else []
    pares += [(f, v) for f in FACETAS_DE_PERFIL for v in perfil.get(f, ())]
    return f"?{urlencode(pares)}" if pares else ""


def _por_dia(fechas: Iterable[Suceso], hoy: datetime.date) -> Iterable[Dia]:
    """Una entrega que ya empezó se ve hoy, no en un día que pasó."""
    ordenadas = sorted(fechas, key=lambda s: (max(s.dia, hoy), s.clase, s.programa.nombre))
    for dia, grupo in groupby(ordenadas, key=lambda s: max(s.dia, hoy)):
        yield Dia(dia, _titulo(dia, hoy), _de_la_semana(dia), tuple(grupo))


def _de_la_semana(dia: datetime.date) -> str:
    """«domingo», y «Sunday»: en inglés los días llevan mayúscula."""
    nombre = str(WEEKDAYS[dia.weekday()])
    return nombre if get_language() == "en" else nombre.lower()


def _titulo(dia: datetime.date, hoy: datetime.date) -> str:
    texto = fecha_corta(dia, hoy=hoy)
    if dia == hoy:
        return _("Hoy, %(dia)s") % {"dia": texto}
    if dia == hoy + datetime.timedelta(days=1):
        return _("Mañana, %(dia)s") % {"dia": texto}
    return texto
