"""Cómo va un plazo, dicho en palabras."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.agenda.estados import EstadoVencimiento as E
from sibis.agenda.models import Vencimiento
from sibis.formatos.fechas import fecha_corta


def como_va(v: Vencimiento, hoy: datetime.date) -> str:
    """«Vencido, 5 días de retraso», «Por vencer, faltan 3 días», «Cumplido el 30 de enero»."""
    estado = v.estado_en(hoy)
    partes = [estado.label.capitalize()]
    if detalle := _detalle(v, estado, hoy):
        partes.append(detalle)
    return ", ".join(partes)


def _detalle(v: Vencimiento, estado: E, hoy: datetime.date) -> str:
    if estado in {E.VENCIDO, E.CUMPLIDO_TARDE}:
        retraso = v.retraso_en(hoy)
        return ngettext("un día de retraso", "%(n)s días de retraso", retraso) % {"n": retraso}
    if estado == E.CUMPLIDO and v.cumplido_el:
        return _("el %(dia)s") % {"dia": fecha_corta(v.cumplido_el, hoy=hoy)}
    if estado in {E.POR_VENCER, E.EN_PRORROGA, E.PENDIENTE}:
        return cuanto_falta(v.plazo, hoy)
    return ""


def cuanto_falta(dia: datetime.date, hoy: datetime.date) -> str:
    faltan = (dia - hoy).days
    if faltan == 0:
        return _("es hoy")
    if faltan < 0:
        return _("en sus días de gracia")
    return ngettext("falta un día", "faltan %(n)s días", faltan) % {"n": faltan}
