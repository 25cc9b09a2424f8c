"""La bandeja: los hilos que se ven, primero lo no leído; y su cuenta para la cabecera del panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.cuentas.models import Dependencia, Usuario
from sibis.mensajes.alcance import alcance
from sibis.mensajes.consultas.busqueda import Parte, consulta_de, extractos, que_dicen
from sibis.mensajes.models import Hilo, Participante
from sibis.mensajes.models.hilo import HiloQuerySet
from sibis.panel.colas import Cola, Pendiente

POR_PAGINA = 25
_TOPE_DE_CUENTA = 100  # a partir de ahí, «99+»: nadie lee la diferencia
_EN_LA_COLA = 6


class Ver(StrEnum):
    TODOS = ""
    SIN_LEER = "no_leidos"
    MIOS = "mios"
    CERRADOS = "cerrados"


@dataclass(frozen=True, slots=True)
class FiltrosDeBandeja:
    ver: Ver = Ver.TODOS
    organo: str = ""
    q: str = ""
    pagina: int = 1


@dataclass(frozen=True, slots=True)
class Renglon:
    hilo: Hilo
    organos: tuple[str, ...]
    extracto: tuple[Parte, ...]

    @property
    def nuevos(self) -> int:
        return int(self.hilo.nuevos)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Bandeja:
    filtros: FiltrosDeBandeja
    renglones: tuple[Renglon, ...]
    pagina: Page
    organos: tuple[Dependencia, ...]
    sin_leer: int
    sin_palabras: bool
    total: int


def bandeja(usuario: Usuario, filtros: FiltrosDeBandeja) -> Bandeja:
    consulta = consulta_de(filtros.q)
    sin_palabras = bool(filtros.q) and consulta is None
    hilos = _filtrados(usuario, filtros)
    if consulta is not None:
        hilos = que_dicen(hilos, consulta)
    if sin_palabras:
        hilos = hilos.none()
    pagina = Paginator(_en_orden(hilos, usuario), POR_PAGINA).get_page(filtros.pagina)
    visibles = _con_todo(list(pagina.object_list), usuario)
    trozos = extractos([h.pk for h in visibles], consulta) if consulta is not None else {}
    return Bandeja(
        filtros=filtros,
        renglones=tuple(_renglones(visibles, trozos)),
        pagina=pagina,
        organos=_organos(usuario),
        sin_leer=cuantos_sin_leer(usuario),
        sin_palabras=sin_palabras,
        total=pagina.paginator.count,
    )


def _filtrados(usuario: Usuario, filtros: FiltrosDeBandeja) -> HiloQuerySet:
    if filtros.ver is Ver.SIN_LEER:
        hilos = Hilo.objects.sin_leer_por(usuario)
    elif filtros.ver is Ver.MIOS:
        hilos = Hilo.objects.que_tocan_a(usuario)
    else:
        hilos = Hilo.objects.visibles_para(usuario)
    if filtros.ver is Ver.CERRADOS:
        hilos = hilos.cerrados()
    if filtros.organo:
        suyos = Participante.objects.filter(dependencia__clave=filtros.organo).values("hilo")
        hilos = hilos.filter(Q(expediente__dependencia__clave=filtros.organo) | Q(pk__in=suyos))
    return hilos


def _en_orden(hilos: HiloQuerySet, usuario: Usuario) -> QuerySet[Hilo, int]:
    """Solo las llaves: lo demás se pide para los de la página."""
    ordenados = hilos.con_pendiente_para(usuario).order_by("-pendiente", "-ultimo_en", "-pk")
    return ordenados.values_list("pk", flat=True)


def _con_todo(llaves: list[int], usuario: Usuario) -> list[Hilo]:
    hilos = (
        Hilo.objects.con_lo_nuevo_para(usuario)
        .select_related("expediente__dependencia", "creado_por")
        .prefetch_related("participantes__dependencia", "participantes__usuario")
        .defer("vector")
        .in_bulk(llaves)
    )
    return [hilos[llave] for llave in llaves]


def _renglones(hilos: list[Hilo], trozos: Mapping[int, tuple[Parte, ...]]) -> list[Renglon]:
    return [
        Renglon(
            hilo,
            tuple(str(p) for p in hilo.participantes.all()),
            trozos.get(hilo.pk, ()),
        )
        for hilo in hilos
    ]


def _organos(usuario: Usuario) -> tuple[Dependencia, ...]:
    """Los que toman parte en algo que se ve: los demás no se ofrecen, ni se adivinan."""
    visibles = Hilo.objects.visibles_para(usuario).order_by().values("pk")
    en_ellos = Participante.objects.filter(hilo__in=visibles, dependencia__isnull=False)
    return tuple(
        Dependencia.objects.filter(pk__in=en_ellos.order_by().values("dependencia")).order_by(
            "nombre"
        )
    )


def cuantos_sin_leer(usuario: Usuario) -> int:
    return Hilo.objects.sin_leer_por(usuario).order_by()[:_TOPE_DE_CUENTA].count()


def contador(usuario: Usuario) -> tuple[str, int, str] | None:
    """Para la cabecera del panel; a quien no escribe mensajes no se le dice nada."""
    if not alcance(usuario):
        return None
    sin_leer = f"{reverse('mensajes:bandeja')}?ver={Ver.SIN_LEER}"
    return _("Mensajes"), cuantos_sin_leer(usuario), sin_leer


def cola(usuario: Usuario) -> Cola | None:
    """Lo no leído, para la portada del panel."""
    if not alcance(usuario):
        return None
    hilos = list(
        Hilo.objects.sin_leer_por(usuario)
        .con_lo_nuevo_para(usuario)
        .select_related("expediente")
        .order_by("-ultimo_en")
        .defer("vector")[:_EN_LA_COLA]
    )
    return Cola(
        titulo=_("Mensajes sin leer"),
        vacia=_("No tienes mensajes sin leer."),
        total=cuantos_sin_leer(usuario),
        pendientes=tuple(
            Pendiente(
                titulo=h.asunto,
                detalle=_detalle(h),
                url=h.get_absolute_url(),
            )
            for h in hilos
        ),
        url_todos=f"{reverse('mensajes:bandeja')}?ver={Ver.SIN_LEER}",
    )


def _detalle(hilo: Hilo) -> str:
    nuevos = ngettext("%(n)s mensaje nuevo", "%(n)s mensajes nuevos", hilo.nuevos)
    cuantos = nuevos % {"n": hilo.nuevos}
    return f"{cuantos} · {hilo.expediente.titulo}" if hilo.expediente else cuantos
