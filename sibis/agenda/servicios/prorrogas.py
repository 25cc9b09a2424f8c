"""Pedir, conceder, negar y retirar una prórroga: el único lugar donde cambia su estado."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.agenda.estados import FLUJO_PRORROGA, EstadoProrroga
from sibis.agenda.models import Prorroga, Vencimiento
from sibis.agenda.models.instancias import impedimentos
from sibis.agenda.personas import directorio
from sibis.agenda.servicios.decision import (
    bloquear,
    exigir_otra_instancia,
    exigir_por_cumplir,
    exigir_texto_publicable,
)
from sibis.avisos.servicios.avisar import avisar
from sibis.bitacora.registro import registrar
from sibis.cuentas import roles
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.formatos.fechas import fecha_larga
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.vigencia.restricciones import con_mensajes

CLASE = "prorroga"
LO_MAS_QUE_SE_PIDE = datetime.timedelta(days=365)


@transaction.atomic
def pedir(vencimiento: Vencimiento, *, hasta: datetime.date, motivo: str, por: Usuario) -> Prorroga:
    """La titular pide más tiempo. Mientras no se decida, el plazo no cambia."""
    v = bloquear(vencimiento.pk)
    exigir_por_cumplir(v)
    if not puede(por, Permiso.PRORROGA_PEDIR, en=v.dependencia_id):
        raise SinPermiso("Tu función no permite pedir prórroga de este plazo.")
    _exigir_fecha(v, hasta)
    if not motivo.strip():
        raise ErrorDeNegocio("Para pedir una prórroga hay que escribir el motivo.")
    exigir_texto_publicable(motivo=motivo)
    if v.prorrogas.abiertas().exists():
        raise ErrorDeNegocio("Ya hay una prórroga pedida y sin decidir de este plazo.")
    with con_mensajes(), transaction.atomic():
        prorroga = Prorroga.objects.create(
            vencimiento=v, hasta=hasta, motivo=motivo.strip(), pedida_por=por
        )
    _registrar("pedir", prorroga, v, por=por, motivo=prorroga.motivo)
    _avisar_a_quien_decide(prorroga, v, por=por)
    return prorroga


@transaction.atomic
def conceder(prorroga: Prorroga, *, por: Usuario, razon: str = "") -> Prorroga:
    """El plazo se corre al día que se pidió."""
    v, prorroga = _exigir("conceder", prorroga, por=por, razon=razon)
    exigir_por_cumplir(v)
    _exigir_fecha(v, prorroga.hasta)
    v.prorrogado_al = prorroga.hasta
    v.save(update_fields=["prorrogado_al"])
    return _decidir("conceder", prorroga, v, por=por, razon=razon)


@transaction.atomic
def negar(prorroga: Prorroga, *, por: Usuario, razon: str) -> Prorroga:
    v, prorroga = _exigir("negar", prorroga, por=por, razon=razon)
    return _decidir("negar", prorroga, v, por=por, razon=razon)


@transaction.atomic
def retirar(prorroga: Prorroga, *, por: Usuario) -> Prorroga:
    """La dependencia ya no la necesita."""
    v, prorroga = _exigir("retirar", prorroga, por=por)
    prorroga.estado = EstadoProrroga.RETIRADA
    prorroga.save(update_fields=["estado"])
    _registrar("retirar", prorroga, v, por=por)
    return prorroga


def _exigir(
    nombre: str, prorroga: Prorroga, *, por: Usuario, razon: str = ""
) -> tuple[Vencimiento, Prorroga]:
    """Bloquear el plazo y la prórroga; estado, facultad, otra persona, otra instancia y razón."""
    v = bloquear(prorroga.vencimiento_id)
    prorroga = Prorroga.objects.select_for_update(of=("self",)).get(pk=prorroga.pk)
    transicion = FLUJO_PRORROGA.exigir(nombre, estado=prorroga.estado)
    if not puede(por, Permiso(transicion.permiso), en=v.dependencia_id):
        raise SinPermiso(f"Tu función no permite {nombre} esta prórroga.")
    if transicion.exige_otra_persona:
        if prorroga.pedida_por_id == por.pk:
            raise SinPermiso("Pediste esta prórroga: la debe decidir otra persona.")
        exigir_otra_instancia(v, por=por)
    if transicion.exige_motivo and not razon.strip():
        raise ErrorDeNegocio(f"Para {nombre} hay que escribir la razón.")
    exigir_texto_publicable(razon=razon)
    return v, prorroga


def _exigir_fecha(v: Vencimiento, hasta: datetime.date) -> None:
    if hasta <= v.plazo:
        raise ErrorDeNegocio(
            f"El plazo ya llega al {fecha_larga(v.plazo)}: una prórroga termina después."
        )
    if hasta < timezone.localdate():
        raise ErrorDeNegocio("Ese día ya pasó: pide hasta un día que esté por venir.")
    if hasta > v.plazo + LO_MAS_QUE_SE_PIDE:
        raise ErrorDeNegocio("Una prórroga no pasa de un año.")


def _decidir(
    nombre: str, prorroga: Prorroga, v: Vencimiento, *, por: Usuario, razon: str
) -> Prorroga:
    prorroga.estado = EstadoProrroga(FLUJO_PRORROGA.paso(nombre).hacia)
    prorroga.decidida_en, prorroga.decidida_por = timezone.now(), por
    prorroga.razon = razon.strip()
    prorroga.save(update_fields=["estado", "decidida_en", "decidida_por", "razon"])
    _registrar(nombre, prorroga, v, por=por, razon=prorroga.razon)
    _avisar_la_decision(prorroga, v, por=por)
    return prorroga


def _registrar(
    nombre: str, prorroga: Prorroga, v: Vencimiento, *, por: Usuario, **detalle: str
) -> None:
    registrar(
        f"prorroga.{nombre}",
        v,
        por=por,
        dependencia=v.dependencia.clave,
        plazo=str(v),
        hasta=fecha_larga(prorroga.hasta),
        **{clave: valor for clave, valor in detalle.items() if valor},
    )


def quienes_deciden(v: Vencimiento, hoy: datetime.date) -> list[Usuario]:
    """Quienes pueden decidir sobre ese plazo; las mismas condiciones que exige el servicio."""
    funciones = [r.clave for r in roles.ROLES if Permiso.PRORROGA_DECIDIR in r.permisos]
    personas = directorio(hoy).con(v.dependencia_id, funciones)
    return [p for p in personas if not _impedida(p, v)]


def _impedida(persona: Usuario, v: Vencimiento) -> bool:
    return any(
        Vencimiento.objects.filter(condicion, pk=v.pk).exists()
        for condicion, _motivo in impedimentos(por=persona)
    )


def _avisar_a_quien_decide(prorroga: Prorroga, v: Vencimiento, *, por: Usuario) -> None:
    avisar(
        para=quienes_deciden(v, timezone.localdate()),
        clase=CLASE,
        hecho=f"prorroga:{prorroga.pk}:pedida",
        titulo=_("Piden prórroga: %(plazo)s") % {"plazo": v},
        texto=_("%(quien)s pide que el plazo pase al %(dia)s.")
        % {"quien": v.dependencia.nombre_actual, "dia": fecha_larga(prorroga.hasta)},
        url=v.get_absolute_url(),
        por=por,
    )


def _avisar_la_decision(prorroga: Prorroga, v: Vencimiento, *, por: Usuario) -> None:
    de_ahi = [roles.EnlaceDeDependencia.clave, roles.TitularQueFirma.clave]
    concedida = prorroga.estado == EstadoProrroga.CONCEDIDA
    titulo = _("Prórroga concedida: %(plazo)s") if concedida else _("Prórroga negada: %(plazo)s")
    avisar(
        para=[prorroga.pedida_por, *directorio(timezone.localdate()).con(v.dependencia_id, de_ahi)],
        clase=CLASE,
        hecho=f"prorroga:{prorroga.pk}:{prorroga.estado}",
        titulo=titulo % {"plazo": v},
        texto=_("El plazo es el %(dia)s.") % {"dia": fecha_larga(v.plazo)},
        url=v.get_absolute_url(),
        por=por,
    )
