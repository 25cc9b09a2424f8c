"""Anotar muchas entregas a la vez: preparar, mirar, confirmar. Devolver muchas lo confirma otra persona."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from padron import tasks
from padron.estados_de_entrega import FLUJO_LOTE, EstadoLote
from padron.importacion.entregas import Sumas, prever
from padron.importacion.listas_de_entrega import TOPE, emparejar
from padron.importacion.lotes_de_entregas import aplicar
from padron.models import JornadaDeEntrega, LoteDeEntregas
from padron.servicios.entregas import apartar, exigir_fecha, exigir_motivo_sin_datos
from padron.servicios.jornadas import exigir_facultad
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso

Que = LoteDeEntregas.Que
# Hasta aquí se anota al confirmar; con más, lo hace la máquina mientras se mira el avance.
EN_EL_MOMENTO = 20_000


@transaction.atomic
def preparar(
    jornada: JornadaDeEntrega,
    *,
    que: str,
    fecha: datetime.date,
    claves: Sequence[str],
    motivo: str = "",
    por: Usuario,
) -> LoteDeEntregas:
    """Reconoce la lista y dice qué pasaría. No anota nada."""
    jornada = apartar(jornada)
    exigir_facultad(jornada.dependencia_id, por=por)
    exigir_fecha(fecha, jornada)
    motivo = motivo.strip()
    exigir_motivo_sin_datos(motivo)
    if que in LoteDeEntregas.DEVUELVEN and not motivo:
        raise ErrorDeNegocio(_("Escribe por qué se devuelve: queda junto a cada anotación."))
    if not claves and que != Que.TODAS_MENOS:
        raise ErrorDeNegocio(_("Escribe al menos un folio o una CURP, uno por renglón."))
    if len(claves) > TOPE:
        raise ErrorDeNegocio(
            _("La lista trae más de %(tope)s renglones. Hazlo por partes.") % {"tope": f"{TOPE:,}"}
        )
    lote = LoteDeEntregas.objects.create(
        jornada=jornada,
        que=que,
        fecha=fecha,
        motivo=motivo,
        recibidas=len(claves),
        preparado_por=por,
    )
    emparejar(lote, claves)
    return _prever(lote)


@transaction.atomic
def deshacer(lote: LoteDeEntregas, *, motivo: str, por: Usuario) -> LoteDeEntregas:
    """Prepara la devolución de todo lo que ese lote entregó y sigue entregado. La confirma otra persona."""
    jornada = apartar(lote.jornada)
    exigir_facultad(jornada.dependencia_id, por=por)
    if lote.estado != EstadoLote.APLICADO or lote.devuelve:
        raise ErrorDeNegocio(_("Solo se deshace un lote que anotó entregas."))
    motivo = motivo.strip()
    if not motivo:
        raise ErrorDeNegocio(_("Escribe por qué se deshace: queda junto a cada devolución."))
    exigir_motivo_sin_datos(motivo)
    nuevo = LoteDeEntregas.objects.create(
        jornada=jornada,
        que=Que.DESHACER_LOTE,
        origen=lote,
        fecha=max(timezone.localdate(), lote.fecha),
        motivo=motivo,
        preparado_por=por,
    )
    return _prever(nuevo)


def _prever(lote: LoteDeEntregas) -> LoteDeEntregas:
    sumas = prever(lote)
    _exigir_razon_de_mas(lote, sumas)
    lote.por_anotar, lote.monto_previsto = sumas.total, sumas.monto
    lote.save(update_fields=["sin_hallar", "por_anotar", "monto_previsto"])
    return lote


def _exigir_razon_de_mas(lote: LoteDeEntregas, sumas: Sumas) -> None:
    if sumas.de_mas and not lote.motivo:
        raise ErrorDeNegocio(
            _(
                "El monto de la jornada es mayor que el del padrón en %(n)s registros: escribe por qué "
                "en el motivo. No se preparó nada."
            )
            % {"n": f"{sumas.de_mas:,}"}
        )


@transaction.atomic
def confirmar(lote: LoteDeEntregas, *, por: Usuario) -> LoteDeEntregas:
    """Lo anota, o lo pone en la fila si son muchas. Una devolución queda esperando a otra persona."""
    lote = _apartar(lote)
    paso = FLUJO_LOTE.exigir("proponer" if lote.devuelve else "confirmar", estado=lote.estado)
    exigir_facultad(lote.jornada.dependencia_id, por=por)
    if not lote.por_anotar:
        raise ErrorDeNegocio(_("No hay nada que anotar: todo estaba anotado o no se halló."))
    lote.estado = paso.hacia
    if lote.devuelve:
        lote.save(update_fields=["estado"])
        _constancia("lotedeentregas.propuesto", lote, por=por)
        return lote
    return _poner_en_la_fila(lote, por=por)


@transaction.atomic
def confirmar_devolucion(lote: LoteDeEntregas, *, por: Usuario) -> LoteDeEntregas:
    """Otra persona, que en su dependencia confirma padrones, la da por buena."""
    lote = _apartar(lote)
    paso = FLUJO_LOTE.exigir("confirmar-devolucion", estado=lote.estado)
    if not puede(por, Permiso.PADRON_CONFIRMAR, en=lote.jornada.dependencia_id):
        raise SinPermiso(_("La confirma quien en la dependencia confirma los padrones."))
    if por.pk == lote.preparado_por_id:
        raise SinPermiso(_("Tú la preparaste: la confirma otra persona."))
    lote.estado = paso.hacia
    return _poner_en_la_fila(lote, por=por)


def _poner_en_la_fila(lote: LoteDeEntregas, *, por: Usuario) -> LoteDeEntregas:
    lote.confirmado_por, lote.confirmado_en = por, timezone.now()
    lote.save(update_fields=["estado", "confirmado_por", "confirmado_en"])
    _constancia("lotedeentregas.confirmado", lote, por=por, por_anotar=lote.por_anotar)
    if lote.por_anotar <= EN_EL_MOMENTO:
        aplicar(lote.pk)
        lote.refresh_from_db()
    else:
        transaction.on_commit(lambda: tasks.tocar_timbre_de_entregas(lote.pk))
    return lote


@transaction.atomic
def descartar(lote: LoteDeEntregas, *, por: Usuario) -> LoteDeEntregas:
    """No se anota nada. También es como otra persona niega una devolución."""
    lote = _apartar(lote)
    paso = FLUJO_LOTE.exigir("descartar", estado=lote.estado)
    en = lote.jornada.dependencia_id
    if not (
        puede(por, Permiso.PADRON_CARGAR, en=en) or puede(por, Permiso.PADRON_CONFIRMAR, en=en)
    ):
        raise SinPermiso(_("Solo su dependencia descarta sus lotes."))
    lote.estado = paso.hacia
    lote.save(update_fields=["estado"])
    _constancia("lotedeentregas.descartado", lote, por=por)
    return lote


def _apartar(lote: LoteDeEntregas) -> LoteDeEntregas:
    return (
        LoteDeEntregas.objects.select_for_update(of=("self",))
        .select_related("jornada__dependencia", "jornada__programa", "jornada__instrumento")
        .get(pk=lote.pk)
    )


def _constancia(tipo: str, lote: LoteDeEntregas, *, por: Usuario, **detalle: object) -> None:
    registrar(
        tipo,
        lote,
        por=por,
        dependencia=lote.jornada.dependencia.clave,
        programa=lote.jornada.programa.clave,
        jornada=lote.jornada_id,
        que=lote.get_que_display(),
        **detalle,
    )
