"""Hacer un lote, un objeto por transacción: lo hecho y su renglón se escriben juntos o no se escriben.

Por eso da igual cuántas veces suene el timbre, cuántos trabajadores lo oigan y en qué momento muera
uno: cada objeto se hace una sola vez.
"""

from __future__ import annotations

import datetime
import time

import structlog
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.bitacora.registro import Via, por_via, registrar
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.estados import FLUJO_LOTE, EstadoDeLote, Resultado
from sibis.panel.lotes import AccionEnLote, acciones, modelo_de
from sibis.panel.models import Lote, RenglonDeLote
from sibis.panel.textos import corto
from sibis.vigencia.carga import en_palabras

registro = structlog.get_logger(__name__)

SEGUNDOS_POR_PASO = 20
SIN_SENAL = datetime.timedelta(seconds=60)
SIN_CONFIRMAR = datetime.timedelta(days=1)
# Uno que mata al trabajador no detiene a los demás: a la cuarta se anota y se sigue.
INTENTOS = 3


def avanzar(lote_id: int, *, segundos: float = SEGUNDOS_POR_PASO) -> bool:
    """Hace renglones hasta que pase el tiempo. Verdadero si quedó alguno por hacer."""
    fin = time.monotonic() + segundos
    with por_via(Via.TAREA):
        while (renglon := _apartar(lote_id)) is not None:
            _hacer(lote_id, renglon)
            if time.monotonic() >= fin:
                return True
    return False


def detenidos() -> list[int]:
    """Los que van en marcha y llevan rato sin dar señal: murió quien los hacía, o nadie oyó el timbre."""
    hace = timezone.now() - SIN_SENAL
    en_marcha = Lote.objects.filter(estado=EstadoDeLote.EN_MARCHA)
    callados = en_marcha.filter(Q(latido__isnull=True) | Q(latido__lt=hace))
    return list(callados.order_by("pk").values_list("pk", flat=True))


def olvidar_sin_confirmar() -> int:
    """Vistas previas de más de un día: no hicieron nada y ya nadie las mira."""
    viejos = Lote.objects.filter(
        estado=EstadoDeLote.PREPARADO, creado_en__lt=timezone.now() - SIN_CONFIRMAR
    )
    return viejos.delete()[1].get(Lote._meta.label, 0)


@transaction.atomic
def _apartar(lote_id: int) -> int | None:
    """El siguiente pendiente, con un intento más anotado. None si no queda o si otro lo lleva."""
    lote = (
        Lote.objects.select_for_update(skip_locked=True)
        .filter(pk=lote_id, estado=EstadoDeLote.EN_MARCHA)
        .first()
    )
    if lote is None:
        return None
    pendientes = lote.renglones.filter(resultado=Resultado.PENDIENTE)
    renglon = pendientes.order_by("pk").first()
    lote.latido = timezone.now()
    lote.save(update_fields=["latido"])
    if renglon is None:
        _cerrar(lote)
        return None
    pendientes.filter(pk=renglon.pk).update(intentos=F("intentos") + 1)
    return renglon.pk


def _hacer(lote_id: int, renglon_id: int) -> None:
    with transaction.atomic():
        lote = (
            Lote.objects.select_for_update(of=("self",)).select_related("usuario").get(pk=lote_id)
        )
        renglon = RenglonDeLote.objects.select_for_update().get(pk=renglon_id)
        if lote.estado != EstadoDeLote.EN_MARCHA or renglon.resultado != Resultado.PENDIENTE:
            return
        motivo = _intentar(lote, renglon)
        renglon.resultado = Resultado.FALLIDO if motivo else Resultado.HECHO
        renglon.motivo = corto(motivo, 1_000)
        renglon.save(update_fields=["resultado", "motivo"])
        lote.hechos += 0 if motivo else 1
        lote.fallidos += 1 if motivo else 0
        lote.cursor, lote.latido = renglon.pk, timezone.now()
        lote.save(update_fields=["hechos", "fallidos", "cursor", "latido"])


def _intentar(lote: Lote, renglon: RenglonDeLote) -> str:
    """Vacío si se hizo; si no, por qué no, en palabras."""
    if renglon.intentos > INTENTOS:
        return _("El sistema se detuvo tres veces al intentarlo. Hazlo desde su página.")
    clase = acciones().get(lote.accion)
    if clase is None:
        return _("Esa acción ya no existe en el sistema.")
    accion: AccionEnLote = clase(lote.datos)
    try:
        with transaction.atomic():
            objeto = modelo_de(lote.modelo)._default_manager.get(pk=renglon.objeto)
            accion.aplicar(objeto, por=lote.usuario)
    except ObjectDoesNotExist:
        return _("Ya no existe.")
    except ErrorDeNegocio as error:
        return error.mensaje
    except ValidationError as error:
        return en_palabras(error)
    except DatabaseError as error:
        registro.warning("renglon_de_lote", lote=lote.pk, causa=type(error).__name__)
        return _("La base de datos no lo admitió. Revísalo en su página.")
    return ""


def _cerrar(lote: Lote) -> None:
    paso = FLUJO_LOTE.exigir(
        "terminar_con_fallas" if lote.fallidos else "terminar", estado=lote.estado
    )
    lote.estado, lote.acabado_en = paso.hacia, timezone.now()
    lote.save(update_fields=["estado", "acabado_en"])
    registrar(
        "lote.terminado",
        lote,
        por=None,
        que=lote.titulo,
        hechos=lote.hechos,
        fallidos=lote.fallidos,
        pedido_por=lote.usuario.get_username(),
    )
    if clase := acciones().get(lote.accion):
        transaction.on_commit(clase(lote.datos).al_terminar)
