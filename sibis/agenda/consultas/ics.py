"""La agenda en iCalendar, para el calendario de cada quien. Sin datos de ninguna persona."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Event

from sibis.agenda.models import Obligacion, Vencimiento
from sibis.cuentas.permisos import Ambito
from sibis.formatos.icalendario import (
    calendario_nuevo,
    etiqueta,
    suceso_nuevo,
    todo_el_dia,
)

ATRAS = datetime.timedelta(days=31)  # un calendario que borra lo de ayer desconcierta
LIMITE = 2_000
_PRODID = "-//SIBIS//Agenda de obligaciones//ES"


@dataclass(frozen=True, slots=True)
class Plazo:
    """Lo que se ve en un día: un vencimiento o, en toda la Ciudad, los iguales de ese día."""

    llave: str
    titulo: str
    dia: datetime.date
    texto: str
    url: str
    escrito: datetime.datetime
    veces: int


def plazos(ambito: Ambito, *, hoy: datetime.date) -> list[Plazo]:
    """Lo que falta por cumplir, desde hace un mes. Una consulta."""
    vencimientos = (
        Vencimiento.objects.por_cumplir()
        .del_ambito(ambito)
        .filter(limite__gte=hoy - ATRAS)
        .select_related("obligacion", "dependencia")
        .annotate(escrito=Max("events__pgh_created_at"), veces=Count("events"))
        .order_by("obligacion_id", "ejercicio", "trimestre", "vence_el", "prorrogado_al", "pk")
    )
    if not ambito.todas:
        return [_uno(v) for v in vencimientos[:LIMITE]]
    return list(_juntos(list(vencimientos)))[:LIMITE]


def _uno(v: Vencimiento) -> Plazo:
    return Plazo(
        llave=f"vencimiento-{v.pk}",
        titulo=_("Vence: %(plazo)s") % {"plazo": v},
        dia=v.plazo,
        texto=_texto(v),
        url=f"{settings.URL_PUBLICA}{v.get_absolute_url()}",
        escrito=_escrito(v),
        veces=v.veces,  # type: ignore[attr-defined]
    )


def _juntos(vencimientos: list[Vencimiento]) -> Iterator[Plazo]:
    """«Publicar las reglas de operación, 2026 (38)»: cuarenta renglones iguales no caben en un día."""

    def igual(v: Vencimiento) -> tuple:
        return (v.obligacion_id, v.ejercicio, v.trimestre or 0, v.plazo)

    for llave, grupo in groupby(sorted(vencimientos, key=igual), key=igual):
        suyos = list(grupo)
        uno = suyos[0]
        cuantos = ngettext("%(n)s por cumplir", "%(n)s por cumplir", len(suyos)) % {"n": len(suyos)}
        consulta = f"?obligacion={uno.obligacion_id}&dia={uno.plazo:%Y-%m-%d}"
        yield Plazo(
            llave="obligacion-" + "-".join(str(parte) for parte in llave),
            titulo=f"{uno.obligacion.nombre}, {uno.periodo} ({cuantos})",
            dia=uno.plazo,
            texto=uno.obligacion.fundamento,
            url=f"{settings.URL_PUBLICA}{reverse('agenda:agenda')}{consulta}",
            escrito=max(_escrito(v) for v in suyos),
            veces=sum(v.veces for v in suyos),  # type: ignore[attr-defined]
        )


def _texto(v: Vencimiento) -> str:
    return "\n\n".join(p for p in (v.dependencia.nombre_actual, v.obligacion.fundamento) if p)


def _escrito(v: Vencimiento) -> datetime.datetime:
    mediodia = datetime.datetime.combine(v.creado_el, datetime.time(12))
    return v.escrito or timezone.make_aware(mediodia)  # type: ignore[attr-defined]


def en_ics(lista: list[Plazo], *, nombre: str) -> bytes:
    archivo = calendario_nuevo(nombre=nombre, prodid=_PRODID)
    for plazo in lista:
        archivo.add_component(_suceso(plazo))
    return archivo.to_ical()


def _suceso(p: Plazo) -> Event:
    suceso = suceso_nuevo(llave=p.llave, escrito=p.escrito, veces=p.veces, titulo=p.titulo)
    todo_el_dia(suceso, p.dia)
    suceso.add("description", p.texto)
    suceso.add("url", p.url)
    return suceso


def etiqueta_de(lista: list[Plazo], *, nombre: str) -> str:
    """ETag sin escribir el archivo."""
    return etiqueta(repr((settings.URL_PUBLICA, nombre, lista)).encode())


def ultimo_cambio(ambito: Ambito) -> datetime.datetime | None:
    """Cuenta también lo que ya no sale: si algo se cumplió, el calendario cambió. Dos consultas."""
    momentos = (
        Vencimiento.objects.del_ambito(ambito).aggregate(m=Max("events__pgh_created_at"))["m"],
        Obligacion.objects.aggregate(m=Max("events__pgh_created_at"))["m"],
    )
    return max((m for m in momentos if m is not None), default=None)
