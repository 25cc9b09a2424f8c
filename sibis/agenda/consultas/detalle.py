"""La página de un vencimiento: qué ley lo pide, qué ha pasado, qué sigue y qué puede hacer quien mira."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.agenda.consultas.redaccion import como_va
from sibis.agenda.costuras import se_anota_a_mano
from sibis.agenda.estados import EstadoProrroga
from sibis.agenda.models import Prorroga, Recordatorio, Vencimiento
from sibis.agenda.models.instancias import impedimentos
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.formatos.fechas import fecha_larga


@dataclass(frozen=True, slots=True)
class Momento:
    """Algo que pasó, o que va a pasar, con su día."""

    dia: datetime.date
    que: str
    detalle: str = ""
    por_venir: bool = False


@dataclass(frozen=True, slots=True)
class Detalle:
    vencimiento: Vencimiento
    estado: str
    como_va: str
    momentos: tuple[Momento, ...]
    prorroga: Prorroga | None
    lo_anota_alguien: bool
    puede_pedir: bool
    puede_retirar: bool
    puede_decidir: bool
    puede_anotar: bool
    puede_desanotar: bool


def detalle(v: Vencimiento, *, usuario: Usuario, hoy: datetime.date) -> Detalle:
    prorrogas = list(v.prorrogas.select_related("pedida_por", "decidida_por").order_by("pk"))
    abierta = next((p for p in prorrogas if p.estado == EstadoProrroga.PEDIDA), None)
    por_cumplir = not v.cumplido_que and v.sin_efecto_el is None
    pide = puede(usuario, Permiso.PRORROGA_PEDIR, en=v.dependencia_id)
    decide = _decide(v, usuario)
    a_mano = se_anota_a_mano(v.obligacion)
    return Detalle(
        vencimiento=v,
        estado=v.estado_en(hoy).value,
        como_va=como_va(v, hoy),
        momentos=_en_orden(v, prorrogas, hoy),
        prorroga=abierta,
        lo_anota_alguien=a_mano,
        puede_pedir=por_cumplir and pide and abierta is None,
        puede_retirar=abierta is not None and pide,
        puede_decidir=abierta is not None and decide and abierta.pedida_por_id != usuario.pk,
        puede_anotar=por_cumplir and a_mano and decide,
        puede_desanotar=v.anotado_por_id is not None and decide,
    )


def _decide(v: Vencimiento, usuario: Usuario) -> bool:
    """Las mismas condiciones que exige el servicio, para no ofrecer lo que negaría."""
    if not puede(usuario, Permiso.PRORROGA_DECIDIR, en=v.dependencia_id):
        return False
    return not any(
        Vencimiento.objects.filter(condicion, pk=v.pk).exists()
        for condicion, _motivo in impedimentos(por=usuario)
    )


def _en_orden(v: Vencimiento, prorrogas: list[Prorroga], hoy: datetime.date) -> tuple[Momento, ...]:
    dichos = list(v.recordatorios.all())
    momentos = [
        Momento(v.creado_el, _("Entró a la agenda")),
        *_de_recordatorios(dichos),
        *_de_prorrogas(prorrogas),
        *_de_cierre(v),
        *_por_venir(v, {(r.plazo, r.dias) for r in dichos}, hoy),
    ]
    return tuple(sorted(momentos, key=lambda m: (m.por_venir, m.dia)))


def _de_recordatorios(dichos: list[Recordatorio]) -> Iterator[Momento]:
    for r in dichos:
        if r.lo_dijo_otro:
            continue
        a_cuantas = ngettext("a una persona", "a %(n)s personas", r.personas) % {"n": r.personas}
        dia = timezone.localdate(r.enviado_en)
        yield Momento(dia, _que_recuerda(r.dias), a_cuantas if r.personas else _("a nadie"))


def _que_recuerda(dias: int) -> str:
    if dias == 0:
        return _("Recordatorio del último día")
    if dias < 0:
        return ngettext(
            "Recordatorio de un día antes", "Recordatorio de %(n)s días antes", -dias
        ) % {"n": -dias}
    return ngettext("Aviso de un día de retraso", "Aviso de %(n)s días de retraso", dias) % {
        "n": dias
    }


def _de_prorrogas(prorrogas: list[Prorroga]) -> Iterator[Momento]:
    for p in prorrogas:
        pedida = _("Se pidió prórroga al %(dia)s") % {"dia": fecha_larga(p.hasta)}
        yield Momento(timezone.localdate(p.pedida_en), pedida, f"{p.pedida_por}: {p.motivo}")
        if p.decidida_en is not None:
            concedida = p.estado == EstadoProrroga.CONCEDIDA
            que = _("Se concedió la prórroga") if concedida else _("Se negó la prórroga")
            quien = f"{p.decidida_por}: {p.razon}" if p.razon else str(p.decidida_por)
            yield Momento(timezone.localdate(p.decidida_en), que, quien)
        elif p.estado == EstadoProrroga.RETIRADA:
            yield Momento(timezone.localdate(p.pedida_en), _("La dependencia la retiró"))


def _de_cierre(v: Vencimiento) -> Iterator[Momento]:
    if v.cumplido_el is not None:
        quien = _("lo anotó %(quien)s") % {"quien": v.anotado_por} if v.anotado_por_id else ""
        yield Momento(
            v.cumplido_el, _("Se cumplió"), "; ".join(filter(None, [v.cumplido_que, quien]))
        )
    if v.sin_efecto_el is not None:
        yield Momento(v.sin_efecto_el, _("Quedó sin efecto"), _("ya no se debe"))


def _por_venir(
    v: Vencimiento, dichos: set[tuple[datetime.date, int]], hoy: datetime.date
) -> Iterator[Momento]:
    if v.cumplido_que or v.sin_efecto_el is not None:
        return
    if v.plazo >= hoy:
        yield Momento(v.plazo, _("Último día"), por_venir=True)
    for antes in v.obligacion.recordatorios:
        dia = v.plazo - datetime.timedelta(days=antes)
        if dia > hoy and (v.plazo, -antes) not in dichos:
            yield Momento(dia, _que_recuerda(-antes), por_venir=True)
