"""La página de un hilo, ya armada: sus mensajes, quién lo ve y quién ha leído."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from sibis.bitacora.models import Evento
from sibis.bitacora.presentadores import frase
from sibis.cuentas.models import Usuario
from sibis.mensajes.consultas.quienes import organo_desde, quienes_ven
from sibis.mensajes.models import Adjunto, Hilo, Lectura, Mencion, Mensaje
from sibis.mensajes.texto import Trozo, trozos

POR_TANDA = 50
_LECTORES = 40
_ACTOS = 20
_HISTORIA = ("hilo.abierto", "hilo.cerrado", "hilo.reabierto", "hilo.exportado", "hilo.dispuesto")


@dataclass(frozen=True, slots=True)
class Escrito:
    """Un mensaje con lo que la página pinta, sin más consultas."""

    mensaje: Mensaje
    trozos: tuple[Trozo, ...]
    adjuntos: tuple[Adjunto, ...]
    es_nuevo: bool
    es_mio: bool


@dataclass(frozen=True, slots=True)
class PaginaDeHilo:
    hilo: Hilo
    escritos: tuple[Escrito, ...]
    anteriores: int | None  # desde dónde sigue hacia atrás, si hay más
    participantes: tuple[str, ...]
    pueden_leer: tuple[Usuario, ...]
    lecturas: tuple[Lectura, ...]
    historia: tuple[tuple[Evento, str], ...]
    ultimo: int
    hay_nuevos: bool
    desde: str


def pagina_de(hilo: Hilo, usuario: Usuario, *, antes: int | None = None) -> PaginaDeHilo:
    """Los últimos mensajes, o los anteriores a uno. El mismo número de consultas con más mensajes."""
    suya = Lectura.objects.filter(hilo=hilo, usuario=usuario).first()
    leido = suya.hasta_id if suya else 0
    mensajes, hay_mas = _tanda(hilo, antes)
    escritos = tuple(_escrito(m, usuario, leido) for m in mensajes)
    lectores = quienes_ven(hilo)
    desde = organo_desde(hilo, por=usuario)
    return PaginaDeHilo(
        hilo=hilo,
        escritos=escritos,
        anteriores=mensajes[0].pk if hay_mas else None,
        participantes=tuple(str(p) for p in hilo.participantes.all()),
        pueden_leer=tuple(x.usuario for x in lectores if x.usuario != usuario),
        lecturas=_lecturas(hilo),
        historia=_historia(hilo),
        ultimo=mensajes[-1].pk if mensajes else 0,
        hay_nuevos=any(e.es_nuevo for e in escritos),
        desde=desde.nombre_actual if desde else "",
    )


def visible(pk: int, usuario: Usuario) -> Hilo | None:
    """El hilo con lo que su página necesita, si esta persona lo ve."""
    return (
        Hilo.objects.visibles_para(usuario)
        .select_related("expediente__dependencia", "creado_por", "cerrado_por", "disposicion")
        .prefetch_related("participantes__dependencia", "participantes__usuario")
        .defer("vector")
        .filter(pk=pk)
        .first()
    )


def _tanda(hilo: Hilo, antes: int | None) -> tuple[list[Mensaje], bool]:
    mensajes = con_todo(hilo).order_by("-pk")
    if antes is not None:
        mensajes = mensajes.filter(pk__lt=antes)
    traidos = list(mensajes[: POR_TANDA + 1])
    return traidos[:POR_TANDA][::-1], len(traidos) > POR_TANDA


def con_todo(hilo: Hilo) -> QuerySet[Mensaje]:
    """Los mensajes con autor, órgano, menciones y adjuntos, en consultas fijas."""
    return (
        Mensaje.objects.filter(hilo=hilo)
        .select_related("autor", "dependencia")
        .prefetch_related(
            Prefetch("menciones", Mencion.objects.select_related("usuario")),
            Prefetch("adjuntos", Adjunto.objects.select_related("archivo")),
        )
        .defer("vector")
    )


def _escrito(mensaje: Mensaje, usuario: Usuario, leido: int) -> Escrito:
    nombrados = {m.usuario.username.lower() for m in mensaje.menciones.all()}
    mio = mensaje.autor_id == usuario.pk
    return Escrito(
        mensaje=mensaje,
        trozos=tuple(trozos(mensaje.texto, nombrados)),
        adjuntos=tuple(mensaje.adjuntos.all()),
        es_nuevo=not mio and mensaje.pk > leido,
        es_mio=mio,
    )


def _lecturas(hilo: Hilo) -> tuple[Lectura, ...]:
    """Hasta dónde leyó cada quien, lo más reciente primero."""
    marcas = Lectura.objects.filter(hilo=hilo).select_related("usuario", "hasta")
    return tuple(marcas.defer("hasta__vector", "hasta__texto").order_by("-leido_en")[:_LECTORES])


def _historia(hilo: Hilo) -> tuple[tuple[Evento, str], ...]:
    """Lo que se hizo con el hilo, en oraciones; lo que se escribió ya está arriba."""
    eventos = Evento.objects.filter(
        objeto_tipo=Hilo._meta.label_lower, objeto_id=str(hilo.pk), tipo__in=_HISTORIA
    ).order_by("-pk")[:_ACTOS]
    return tuple((e, frase(e)) for e in reversed(eventos))
