"""Lo que hoy hay que contar, leído de los datos: sirve aunque ayer nadie haya preguntado."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from ciudadania.estados import Motivo
from programas.models import Convocatoria, FechaDeEntrega, ReglaOperacion

# Si la máquina estuvo apagada, lo que abrió o se publicó estos días todavía se cuenta.
MEMORIA = datetime.timedelta(days=7)
ANTES_DEL_CIERRE = datetime.timedelta(days=3)
ANTES_DE_LA_ENTREGA = datetime.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Hecho:
    """`clave` lo distingue para siempre; si la fecha cambia es otro hecho y se vuelve a contar."""

    clave: str
    motivo: Motivo
    programa: int
    dia: datetime.date
    que: str = ""
    hora: datetime.time | None = None
    lugar: str = ""
    demostracion: bool = False
    desde: datetime.datetime | None = None  # a quien se suscribió después ya no le toca


def hechos_del_dia(hoy: datetime.date) -> list[Hecho]:
    """Tres consultas, haya lo que haya."""
    return [*_aperturas_y_cierres(hoy), *_entregas(hoy), *_publicaciones(hoy)]


def _medianoche(dia: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(dia, datetime.time.min))


def _aperturas_y_cierres(hoy: datetime.date) -> Iterator[Hecho]:
    manana = _medianoche(hoy + datetime.timedelta(days=1))
    de_antes = _medianoche(hoy - MEMORIA)
    pronto = _medianoche(hoy + ANTES_DEL_CIERRE + datetime.timedelta(days=1))
    abiertas = Convocatoria.objects.filter(abre__lt=manana).exclude(modo=Convocatoria.Modo.PAUSADA)
    vivas = abiertas.exclude(cierra__lte=_medianoche(hoy))
    for c in vivas.filter(abre__gte=de_antes) | vivas.filter(cierra__lte=pronto):
        abre, cierra = timezone.localtime(c.abre), c.cierra and timezone.localtime(c.cierra)
        if c.abre >= de_antes:
            yield _de_ventana(c, Motivo.ABRE, abre)
        if cierra and cierra <= pronto and c.modo == Convocatoria.Modo.NORMAL:
            yield _de_ventana(c, Motivo.CIERRA, cierra - datetime.timedelta(seconds=1))


def _de_ventana(c: Convocatoria, motivo: Motivo, momento: datetime.datetime) -> Hecho:
    return Hecho(
        clave=f"{motivo}:{c.pk}:{momento.date().isoformat()}",
        motivo=motivo,
        programa=c.programa_id,
        dia=momento.date(),
        hora=momento.time(),
        que=c.nombre,
        demostracion=c.es_demostracion,
    )


def _clave_de_entrega(entrega: FechaDeEntrega) -> str:
    """Otro día u otro lugar es otra noticia, aunque sea la misma entrega: quien ya iba debe saberlo."""
    lugar = zlib.crc32(entrega.lugar.encode())
    return f"{Motivo.ENTREGA}:{entrega.pk}:{entrega.desde.isoformat()}:{lugar:08x}"


def _entregas(hoy: datetime.date) -> Iterator[Hecho]:
    proximas = FechaDeEntrega.objects.filter(desde__gte=hoy, desde__lte=hoy + ANTES_DE_LA_ENTREGA)
    for entrega in proximas:
        yield Hecho(
            clave=_clave_de_entrega(entrega),
            motivo=Motivo.ENTREGA,
            programa=entrega.programa_id,
            dia=entrega.desde,
            que=entrega.concepto,
            lugar=entrega.lugar,
            demostracion=entrega.es_demostracion,
        )


def _publicaciones(hoy: datetime.date) -> Iterator[Hecho]:
    """Solo las que alguien publicó aquí: cargar el catálogo de años pasados no es noticia."""
    recientes = ReglaOperacion.objects.publicadas().filter(
        publicado_en__gte=_medianoche(hoy - MEMORIA), origen=ReglaOperacion.Origen.CAPTURA
    )
    for pk, programa, publicado_en, ejercicio in recientes.values_list(
        "pk", "programa_id", "publicado_en", "ejercicio"
    ):
        yield Hecho(
            clave=f"{Motivo.REGLA}:{pk}",
            motivo=Motivo.REGLA,
            programa=programa,
            dia=timezone.localdate(publicado_en),
            que=str(ejercicio),
            desde=publicado_en,
        )
