"""Lo común de todo calendario que sale de aquí (RFC 5545): su encabezado, su zona y su etiqueta."""

from __future__ import annotations

import datetime
import hashlib
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone

TIPO_ICS = "text/calendar; charset=utf-8"
_DOCE_HORAS = datetime.timedelta(hours=12)


def calendario_nuevo(*, nombre: str, prodid: str) -> Calendar:
    """Sin sucesos. Nada en él sale del reloj: con los mismos sucesos da los mismos bytes."""
    archivo = Calendar()
    archivo.add("prodid", prodid)
    archivo.add("version", "2.0")
    archivo.add("calscale", "GREGORIAN")
    archivo.add("method", "PUBLISH")
    archivo.add("x-wr-calname", nombre)
    archivo.add("x-wr-timezone", settings.TIME_ZONE)
    archivo.add("refresh-interval", _DOCE_HORAS, parameters={"VALUE": "DURATION"})
    archivo.add_component(_zona())
    return archivo


def suceso_nuevo(*, llave: str, escrito: datetime.datetime, veces: int, titulo: str) -> Event:
    """`llave` es estable: un suceso que cambia de día sigue siendo el mismo para quien lo lee."""
    suceso = Event()
    suceso.add("uid", f"{llave}@{urlsplit(settings.URL_PUBLICA).hostname}")
    suceso.add("dtstamp", escrito.astimezone(datetime.UTC))
    suceso.add("last-modified", escrito.astimezone(datetime.UTC))
    suceso.add("sequence", max(0, veces - 1))
    suceso.add("summary", titulo)
    suceso.add("transp", "TRANSPARENT")  # avisa, no ocupa el día de nadie
    return suceso


def todo_el_dia(suceso: Event, dia: datetime.date, hasta: datetime.date | None = None) -> None:
    """En iCalendar el final no se incluye."""
    suceso.add("dtstart", dia)
    suceso.add("dtend", (hasta or dia) + datetime.timedelta(days=1))


@cache
def _zona() -> Timezone:
    """La de la Ciudad; desde octubre de 2022 no cambia de hora."""
    zona = timezone.get_default_timezone()
    return Timezone.from_tzinfo(zona, settings.TIME_ZONE, first_date=datetime.date(2020, 1, 1))


def etiqueta(archivo: bytes) -> str:
    """ETag del archivo: cambia solo si cambió alguna fecha."""
    return f'"{hashlib.sha256(archivo).hexdigest()[:32]}"'
