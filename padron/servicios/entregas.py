"""Anotar lo que pasó con el apoyo de una persona. Nada se encima: la siguiente anotación cita a la anterior."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.consultas.historia_de_entregas import Historia, historia_de
from padron.estados_de_entrega import FLUJO_ENTREGA, EstadoEntrega, EstadoJornada
from padron.importacion.entregas import Sumas, sumar_a
from padron.models import (
    Entrega,
    InstrumentoDeEntrega,
    JornadaDeEntrega,
    Recibe,
    Registro,
)
from padron.servicios.jornadas import exigir_facultad
from sibis.bitacora.datos_personales import dato_personal_en
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio, TransicionInvalida

_YA_HAY_OTRA = "23505"


@dataclass(frozen=True, slots=True)
class Anotacion:
    """Lo que dice quien anota. `visto` es cuántas anotaciones había al abrir la página."""

    paso: str
    fecha: datetime.date
    monto: Decimal | None = None
    motivo: str = ""
    recibe: str = Recibe.TITULAR
    visto: int | None = None


@transaction.atomic
def anotar(
    jornada: JornadaDeEntrega, registro: Registro, *, dicho: Anotacion, por: Usuario
) -> Entrega:
    """Levanta EdicionConcurrente si otra persona anotó antes; entonces lo de ella queda y lo tuyo no."""
    jornada = apartar(jornada)
    historia = historia_de(jornada, registro)
    if dicho.visto is not None and dicho.visto != historia.cuantas:
        raise EdicionConcurrente(_ya_la_anoto(historia))
    paso = FLUJO_ENTREGA.exigir(dicho.paso, estado=historia.estado)
    exigir_facultad(jornada.dependencia_id, por=por)
    motivo = dicho.motivo.strip()
    _exigir_lo_que_pide(historia, dicho, motivo=motivo, pide_motivo=paso.exige_motivo)
    monto, especie = _cuanto(historia, paso.hacia, dicho)
    _exigir_razon_de_mas(historia, paso.hacia, monto, motivo)
    entrega = _guardar(
        Entrega(
            registro_id=registro.pk,
            carga_id=registro.carga_id,
            ejercicio=jornada.ejercicio,
            ministracion=historia.ministracion,
            apoyo=jornada.apoyo,
            orden=historia.cuantas + 1,
            anterior=historia.cuantas or None,
            estado=paso.hacia,
            estado_anterior=historia.estado or None,
            jornada=jornada,
            instrumento=_con_que(historia, paso.hacia),
            monto=monto,
            especie=especie,
            fecha=dicho.fecha,
            recibe=dicho.recibe,
            motivo=motivo,
            anotada_por=por,
        )
    )
    _contar(entrega)
    _dejar_constancia(entrega, por=por)
    return entrega


def _dejar_constancia(entrega: Entrega, *, por: Usuario) -> None:
    """El número del registro, nunca de quién es."""
    registrar(
        f"entrega.{entrega.estado}",
        entrega.jornada,
        por=por,
        dependencia=entrega.jornada.dependencia.clave,
        programa=entrega.jornada.programa.clave,
        registro=entrega.registro_id,
        fecha=f"{entrega.fecha:%d/%m/%Y}",
    )


def apartar(jornada: JornadaDeEntrega) -> JornadaDeEntrega:
    """La jornada, para quien anota en ella: dos personas pasan de una en una y sus cuentas cuadran."""
    apartada = (
        JornadaDeEntrega.objects.select_for_update(of=("self",)).con_lugar().get(pk=jornada.pk)
    )
    if apartada.estado != EstadoJornada.PUBLICADA:
        raise TransicionInvalida(
            _("La jornada está %(estado)s: solo en una publicada se anotan entregas.")
            % {"estado": apartada.get_estado_display()}
        )
    return apartada


def exigir_fecha(fecha: datetime.date, jornada: JornadaDeEntrega) -> None:
    if fecha > timezone.localdate():
        raise ErrorDeNegocio(_("Lo que aún no pasa no se anota: la fecha es posterior a hoy."))
    if fecha < jornada.desde:
        raise ErrorDeNegocio(
            _("La jornada empezó el %(dia)s: la fecha no puede ser anterior.")
            % {"dia": f"{jornada.desde:%d/%m/%Y}"}
        )


def exigir_motivo_sin_datos(motivo: str) -> None:
    if dato_personal_en(motivo):
        raise ErrorDeNegocio(
            _("El motivo parece traer una CURP, una CLABE o un correo. Quítalo. No se anotó nada.")
        )


def _exigir_lo_que_pide(
    historia: Historia, dicho: Anotacion, *, motivo: str, pide_motivo: bool
) -> None:
    exigir_fecha(dicho.fecha, historia.jornada)
    if historia.ultima is not None and dicho.fecha < historia.ultima.fecha:
        raise ErrorDeNegocio(
            _("Lo anterior se anotó con fecha del %(dia)s: esto no pudo pasar antes.")
            % {"dia": f"{historia.ultima.fecha:%d/%m/%Y}"}
        )
    if pide_motivo and not motivo:
        raise ErrorDeNegocio(_("Escribe por qué: queda junto a la anotación."))
    exigir_motivo_sin_datos(motivo)
    if dicho.paso == "entregar" and historia.recibida_con_otro_registro:
        raise ErrorDeNegocio(
            _(
                "Ya lo recibió con el registro de una carga anterior, que se sustituyó. No se anotó "
                "otra vez."
            )
        )


def _con_que(historia: Historia, estado: str) -> InstrumentoDeEntrega:
    """Lo que se devuelve, con lo que se había entregado; lo demás, con lo de la jornada."""
    de_donde = historia.ultima if _devuelve(estado) and historia.ultima else historia.jornada
    instrumento: InstrumentoDeEntrega = de_donde.instrumento
    return instrumento


def _devuelve(estado: str) -> bool:
    return estado == EstadoEntrega.DEVUELTA


def _cuanto(historia: Historia, estado: str, dicho: Anotacion) -> tuple[Decimal | None, str]:
    """Cuánto dinero o qué cosa. Lo que se devuelve es exactamente lo que se había entregado."""
    if estado == EstadoEntrega.NO_RECOGIDA:
        return None, ""
    if _devuelve(estado):
        assert historia.ultima is not None  # noqa: S101  (la tabla no deja devolver sin entregar)
        return historia.ultima.monto, historia.ultima.especie
    monto = dicho.monto if dicho.monto is not None else historia.monto
    if not historia.jornada.instrumento.lleva_monto:
        monto = None
    especie = historia.especie if monto is None else historia.jornada.especie
    if monto is not None and monto <= 0:
        raise ErrorDeNegocio(_("El monto es mayor que cero."))
    return monto, especie


def _exigir_razon_de_mas(
    historia: Historia, estado: str, monto: Decimal | None, motivo: str
) -> None:
    tope = historia.registro.monto
    if _devuelve(estado) or motivo or monto is None or tope is None or monto <= tope:
        return
    raise ErrorDeNegocio(
        _("El padrón dice %(tope)s y se entregaría %(monto)s: escribe por qué en el motivo.")
        % {"tope": f"${tope:,.2f}", "monto": f"${monto:,.2f}"}
    )


def _guardar(entrega: Entrega) -> Entrega:
    """Si otra jornada anotó lo mismo en este momento, la base deja a una."""
    try:
        with transaction.atomic():
            entrega.save(force_insert=True)
    except DatabaseError as error:
        diagnostico = getattr(error.__cause__, "diag", None)
        if getattr(diagnostico, "sqlstate", "") == _YA_HAY_OTRA:
            raise EdicionConcurrente(
                _("Otra persona lo anotó en este momento. Lo tuyo no se guardó; búscala otra vez.")
            ) from error
        raise
    return entrega


def _ya_la_anoto(historia: Historia) -> str:
    if historia.ultima is None:
        return _("Lo anotado cambió mientras tenías la página abierta. Búscala otra vez.")
    return _(
        "%(quien)s ya la anotó como «%(que)s» mientras tenías la página abierta. Lo tuyo no se guardó."
    ) % {
        "quien": historia.ultima.anotada_por.get_username(),
        "que": historia.ultima.get_estado_display(),
    }


def _contar(entrega: Entrega) -> None:
    sumas = Sumas()
    despues = int(
        entrega.estado == EstadoEntrega.ENTREGADA
        and entrega.estado_anterior == EstadoEntrega.NO_RECOGIDA
    )
    sumas.agregar(entrega.estado, 1, despues, entrega.monto or Decimal(0))
    sumar_a(entrega.jornada_id, sumas)
