"""Lo que espera a quien entrega padrones y a quien los confirma."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from padron.consultas.hoja_de_carga import url_de
from padron.consultas.periodos import en_palabras
from padron.estados import EstadoCarga
from padron.models import Carga, Correccion
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.panel.colas import Cola, Pendiente

A_LA_VISTA = 8
E = EstadoCarga


def colas(usuario: Usuario) -> list[Cola]:
    return [*_de_quien_entrega(usuario), *_de_quien_confirma(usuario)]


def _de_quien_entrega(usuario: Usuario) -> list[Cola]:
    """Una sola cola: lo devuelto primero, con su razón; después lo que espera un dato o una corrección."""
    donde = ambito(usuario, Permiso.PADRON_CARGAR)
    if not donde:
        return []
    estados = (E.POR_MAPEAR, E.PAUSADA, E.POR_REVISAR)
    suyas = Carga.objects.filter(donde.filtro(), estado__in=estados)
    return [
        _cola(
            suyas.order_by(F("devuelta_en").asc(nulls_last=True), "pk"),
            titulo=_("Padrones por terminar"),
            vacia=_("Ninguna carga de padrón espera algo de ti."),
            que_espera=_que_espera,
            estados=estados,
        )
    ]


def _de_quien_confirma(usuario: Usuario) -> list[Cola]:
    """Sin las que esa persona no puede confirmar: no la esperan."""
    donde = ambito(usuario, Permiso.PADRON_CONFIRMAR)
    if not donde:
        return []
    corrigio = Correccion.objects.filter(carga=OuterRef("pk"), por=usuario)
    suyas = (
        Carga.objects.filter(donde.filtro(), estado=E.POR_CONFIRMAR)
        .exclude(Q(cargada_por=usuario) | Q(presentada_por=usuario))
        .filter(~Exists(corrigio))
        .order_by("presentada_en")
    )
    return [
        _cola(
            suyas,
            titulo=_("Padrones por confirmar"),
            vacia=_("Ningún padrón espera que lo confirmes."),
            que_espera=_que_se_presento,
            estados=(E.POR_CONFIRMAR,),
        )
    ]


def _cola(
    suyas: QuerySet[Carga],
    *,
    titulo: str,
    vacia: str,
    que_espera: Callable[[Carga], str],
    estados: tuple[str, ...],
) -> Cola:
    lista = reverse("admin:padron_carga_changelist")
    return Cola(
        titulo=titulo,
        vacia=vacia,
        total=suyas.count(),
        pendientes=tuple(
            _pendiente(carga, que_espera(carga))
            for carga in suyas.select_related("programa")[:A_LA_VISTA]
        ),
        url_todos=f"{lista}?{urlencode({'estado__in': ','.join(estados)})}",
    )


def _pendiente(carga: Carga, que: str) -> Pendiente:
    desde = carga.devuelta_en or carga.presentada_en or carga.recibida_en
    return Pendiente(
        titulo=f"{carga.programa.nombre}, {en_palabras(carga.periodo)} de {carga.ejercicio}",
        detalle=f"{carga.folio}: {que}",
        url=url_de(carga),
        estado=carga.get_estado_display(),
        desde=timezone.localdate(desde),
        urgente=carga.estado == E.POR_REVISAR and carga.devuelta_en is not None,
    )


def _que_espera(carga: Carga) -> str:
    if carga.estado == E.POR_MAPEAR:
        return _("di qué es cada columna")
    if carga.estado == E.PAUSADA:
        return _("está en pausa")
    if carga.devuelta_en is not None:
        return _("te la devolvieron")
    if not carga.con_error:
        return _("lista para presentarse")
    return ngettext(
        "%(n)s renglón espera que lo corrijas",
        "%(n)s renglones esperan que los corrijas",
        carga.con_error,
    ) % {"n": f"{carga.con_error:,}"}


def _que_se_presento(carga: Carga) -> str:
    return ngettext(
        "%(n)s renglón puede entrar", "%(n)s renglones pueden entrar", carga.validas
    ) % {"n": f"{carga.validas:,}"}
