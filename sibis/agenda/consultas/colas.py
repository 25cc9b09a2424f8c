"""Lo que espera a cada quien por sus plazos."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.agenda.consultas.redaccion import como_va
from sibis.agenda.models import Prorroga, Vencimiento
from sibis.agenda.models.instancias import impedimentos
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.formatos.fechas import fecha_corta
from sibis.panel.colas import Cola, Pendiente

A_LA_VISTA = 8
LO_QUE_SIGUE = datetime.timedelta(days=30)


def colas(usuario: Usuario) -> list[Cola]:
    hoy = timezone.localdate()
    suyas = []
    donde = ambito(usuario, Permiso.AGENDA_VER)
    if donde and not donde.todas:
        suyas.append(_lo_que_vence(usuario, hoy))
    if ambito(usuario, Permiso.PRORROGA_DECIDIR):
        suyas.append(_por_decidir(usuario, hoy))
    return suyas


def _lo_que_vence(usuario: Usuario, hoy: datetime.date) -> Cola:
    """Lo vencido y lo de los próximos treinta días, lo más urgente primero."""
    suyos = (
        Vencimiento.objects.por_cumplir()
        .del_ambito(ambito(usuario, Permiso.AGENDA_VER))
        .filter(limite__lte=hoy + LO_QUE_SIGUE)
        .select_related("obligacion", "dependencia")
        .order_by("limite", "pk")
    )
    return Cola(
        titulo=_("Lo que vence"),
        vacia=_("Nada vencido y nada por vencer en los próximos treinta días."),
        total=suyos.count(),
        pendientes=tuple(
            Pendiente(str(v), como_va(v, hoy), v.get_absolute_url()) for v in suyos[:A_LA_VISTA]
        ),
        url_todos=reverse("agenda:agenda"),
    )


def _por_decidir(usuario: Usuario, hoy: datetime.date) -> Cola:
    """Las que esta persona puede decidir; la que más lleva esperando, primero."""
    plazos = Vencimiento.objects.por_cumplir().del_ambito(ambito(usuario, Permiso.PRORROGA_DECIDIR))
    for condicion, _motivo in impedimentos(por=usuario):
        plazos = plazos.exclude(condicion)
    pedidas = (
        Prorroga.objects.abiertas()
        .filter(vencimiento__in=plazos)
        .exclude(pedida_por=usuario)
        .select_related("vencimiento__obligacion", "vencimiento__dependencia")
        .order_by("pedida_en")
    )
    return Cola(
        titulo=_("Prórrogas por decidir"),
        vacia=_("Ninguna prórroga espera tu decisión."),
        total=pedidas.count(),
        pendientes=tuple(_pedida(p, hoy) for p in pedidas[:A_LA_VISTA]),
        url_todos=reverse("agenda:agenda"),
    )


def _pedida(p: Prorroga, hoy: datetime.date) -> Pendiente:
    detalle = _("%(quien)s la pide al %(dia)s") % {
        "quien": p.vencimiento.dependencia,
        "dia": fecha_corta(p.hasta, hoy=hoy),
    }
    return Pendiente(str(p.vencimiento), detalle, p.vencimiento.get_absolute_url())
