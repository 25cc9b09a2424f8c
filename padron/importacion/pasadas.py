"""Mover una pasada de un estado o de un paso a otro. Siempre con la carga apartada primero."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from padron.estados import FLUJO_CARGA, FLUJO_PASADA, EstadoPasada, PasoDePasada
from padron.models import Carga, Pasada
from sibis.bitacora.registro import registrar


def bloquear(pasada_id: int) -> tuple[Carga, Pasada]:
    """Va dentro de una transacción. Carga y después pasada: dos que lo hagan no se cruzan."""
    carga_id = Pasada.objects.values_list("carga_id", flat=True).get(pk=pasada_id)
    carga = Carga.objects.select_for_update(of=("self",)).get(pk=carga_id)
    pasada = Pasada.objects.select_for_update(of=("self",)).get(pk=pasada_id)
    pasada.carga = carga
    return carga, pasada


def en_marcha(pasada: Pasada) -> bool:
    """¿Nadie la paró mientras la máquina trabajaba?"""
    return pasada.estado == EstadoPasada.EN_MARCHA


def mover(carga: Carga, nombre: str, **valores: Any) -> None:
    """Da un paso de la tabla; quien llama ya tiene la carga apartada."""
    carga.estado = FLUJO_CARGA.exigir(nombre, estado=carga.estado).hacia
    carga.edicion += 1
    for campo, valor in valores.items():
        setattr(carga, campo, valor)
    carga.save(update_fields=["estado", "edicion", *valores])


def mover_pasada(pasada: Pasada, nombre: str, **valores: Any) -> None:
    paso = FLUJO_PASADA.exigir(nombre, estado=pasada.estado)
    pasada.estado = paso.hacia
    if paso.hacia not in (EstadoPasada.EN_MARCHA, EstadoPasada.PAUSADA):
        valores["terminada_en"] = timezone.now()
    for campo, valor in valores.items():
        setattr(pasada, campo, valor)
    pasada.save(update_fields=["estado", *valores])


def pasar(pasada: Pasada, paso: PasoDePasada, *, total: int = 0, **valores: Any) -> None:
    """Al paso que sigue, con sus cuentas desde cero. Quien llama ya la tiene apartada."""
    valores |= {
        "paso": paso,
        "hechas": 0,
        "total": total,
        "intentos": 0,
        "error": "",
        "latido": timezone.now(),
    }
    for campo, valor in valores.items():
        setattr(pasada, campo, valor)
    pasada.save(update_fields=list(valores))


@transaction.atomic
def detener(pasada_id: int, motivo: str) -> None:
    """Queda en pausa y dice por qué; una persona la reanuda."""
    carga, pasada = bloquear(pasada_id)
    if not en_marcha(pasada):
        return
    mover_pasada(pasada, "pausar", error=motivo)
    if pasada.motivo != Pasada.Motivo.SOMBRA:
        mover(carga, "detener", error=motivo)
    registrar("carga.detenida", carga, por=None, folio=carga.folio, dependencia=carga.dependencia)


def no_se_lee(pasada_id: int, motivo: str) -> None:
    """El archivo no es una tabla que se pueda leer: la carga termina aquí, con su porqué."""
    with transaction.atomic():
        carga, pasada = bloquear(pasada_id)
        if en_marcha(pasada) and carga.pasada_id is None and pasada.motivo == Pasada.Motivo.INICIAL:
            mover_pasada(pasada, "fallar", error=motivo)
            mover(carga, "desistir", error=motivo)
            registrar(
                "carga.ilegible", carga, por=None, dependencia=carga.dependencia, folio=carga.folio
            )
            return
    detener(pasada_id, motivo)  # ya se había leído: lo que se perdió es el original
