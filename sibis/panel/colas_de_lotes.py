"""Los lotes propios que van en marcha o acabaron con algo sin hacer: quien los pidió debe saberlo."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.cuentas.models import Usuario
from sibis.panel.colas import Cola, Pendiente, Seccion
from sibis.panel.estados import EstadoDeLote
from sibis.panel.models import Lote

A_LA_VISTA = 5
DIAS = 7


def colas(usuario: Usuario) -> list[Cola]:
    """Sin ninguno no se anuncia: casi nadie hace lotes todos los días."""
    hace = timezone.now() - datetime.timedelta(days=DIAS)
    suyos = Lote.objects.de(usuario).filter(
        Q(estado__in=[EstadoDeLote.EN_MARCHA, EstadoDeLote.PREPARADO])
        | Q(estado=EstadoDeLote.CON_FALLAS, acabado_en__gte=hace)
    )
    vistos = tuple(_pendiente(lote) for lote in suyos[: A_LA_VISTA + 1])
    if not vistos:
        return []
    return [
        Cola(
            titulo=_("Por lotes"),
            vacia="",
            total=None,
            pendientes=vistos[:A_LA_VISTA],
            url_todos="",
            seccion=Seccion.ENVIASTE,
        )
    ]


def _pendiente(lote: Lote) -> Pendiente:
    detalles = {
        EstadoDeLote.PREPARADO: _("Preparado para %(total)s; falta confirmarlo."),
        EstadoDeLote.EN_MARCHA: _("Van %(atendidos)s de %(total)s."),
        EstadoDeLote.CON_FALLAS: _("%(hechos)s hechos; %(fallidos)s no se hicieron."),
    }
    cuentas = {
        "total": lote.por_hacer,
        "atendidos": lote.atendidos,
        "hechos": lote.hechos,
        "fallidos": lote.fallidos,
    }
    return Pendiente(
        titulo=lote.titulo,
        detalle=detalles[EstadoDeLote(lote.estado)] % cuentas,
        url=reverse("admin:panel_lote", args=[lote.pk]),
        estado=lote.get_estado_display(),
    )
