"""La cadena de huellas: sella por lotes y comprueba que nada se alteró ni se quitó.

Se sella aparte del registro para que escribir un evento no haga fila. El orden de la cadena es
el de sellado: un evento de una transacción larga puede sellarse después de otro con número mayor.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from sibis.bitacora.models import Eslabon, Evento

LOTE = 5_000
# Una transacción abierta no dura lo que tardan en escribirse otros cien mil eventos. Mirar solo ese
# tramo mantiene barato el sellado de cada pocos minutos; el completo alcanza a cualquier rezagado.
HOLGURA = 100_000
_CANDADO = 7_203_501  # un solo sellador a la vez en toda la base
CAMPOS_SELLADOS = (
    "id",
    "momento",
    "tipo",
    "objeto_tipo",
    "objeto_id",
    "dependencia",
    "por_id",
    "por",
    "via",
    "detalle",
)
Renglon = tuple[Any, ...]
_a_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def huella_de(renglon: Renglon, huella_previa: str) -> str:
    """SHA-256 de la huella anterior y del renglón (CAMPOS_SELLADOS) en JSON canónico."""
    datos = dict(zip(CAMPOS_SELLADOS, renglon, strict=True))
    datos["momento"] = datos["momento"].astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(f"{huella_previa}{_a_json(datos)}".encode()).hexdigest()


def sellar(*, completo: bool = False) -> int:
    """Encadena lo que falte, un lote por transacción. Si muere a la mitad, la próxima vez sigue."""
    sellados, ultimo = 0, -1 if completo else _donde_mirar()
    while lote := _sellar_lote(despues_de=ultimo):
        sellados += len(lote)
        ultimo = lote[-1].evento_id
    return sellados


def _donde_mirar() -> int:
    mayor = Eslabon.objects.aggregate(Max("evento_id"))["evento_id__max"]
    return -1 if mayor is None else mayor - HOLGURA


@transaction.atomic
def _sellar_lote(*, despues_de: int) -> list[Eslabon]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CANDADO])
    huella = ancla()
    eslabones = []
    pendientes = sin_sellar().filter(id__gt=despues_de).values_list(*CAMPOS_SELLADOS)
    for renglon in pendientes[:LOTE]:
        previa, huella = huella, huella_de(renglon, huella)
        eslabones.append(Eslabon(evento_id=renglon[0], huella_previa=previa, huella=huella))
    return Eslabon.objects.bulk_create(eslabones)


def sin_sellar() -> QuerySet[Evento]:
    """Eventos que aún no tienen eslabón, en orden."""
    eslabon = Eslabon.objects.filter(evento_id=OuterRef("pk"))
    return Evento.objects.filter(~Exists(eslabon)).order_by("id")


def ancla() -> str:
    """La última huella: anotada fuera del sistema, delata que se cortó el final de la cadena."""
    return Eslabon.objects.order_by("-orden").values_list("huella", flat=True).first() or ""


class Falla(StrEnum):
    ALTERADO = "alterado"
    QUITADO = "quitado"
    ESLABON = "eslabon"
    CORTADA = "cortada"


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """El primer renglón que no cuadra."""

    falla: Falla
    orden: int
    evento_id: int

    def __str__(self) -> str:
        donde = f"evento {self.evento_id} (eslabón {self.orden})"
        return {
            Falla.ALTERADO: f"{donde}: su contenido no es el que se selló.",
            Falla.QUITADO: f"{donde}: el evento se selló y ya no está.",
            Falla.ESLABON: f"{donde}: el eslabón no continúa al anterior; se cambió o se quitó uno.",
            Falla.CORTADA: "El ancla no está en la cadena: se cortó su final o se rehízo entera.",
        }[self.falla]


@dataclass(frozen=True, slots=True)
class Verificacion:
    revisados: int
    por_sellar: int
    ancla: str
    hallazgo: Hallazgo | None = None

    @property
    def integra(self) -> bool:
        return self.hallazgo is None


def verificar(*, ancla_conocida: str = "") -> Verificacion:
    """Recorre la cadena desde el principio y se detiene en lo primero que no cuadre."""
    revisados, huella, ancla_vista = 0, "", not ancla_conocida
    for eslabon, evento in _pares():
        orden, evento_id, _previa, suya = eslabon
        if falla := _falla(eslabon, evento, huella):
            return Verificacion(revisados, 0, huella, Hallazgo(falla, orden, evento_id))
        huella = suya
        ancla_vista = ancla_vista or huella == ancla_conocida
        revisados += 1
    hallazgo = None if ancla_vista else Hallazgo(Falla.CORTADA, 0, 0)
    return Verificacion(revisados, sin_sellar().count(), huella, hallazgo)


def _falla(eslabon: Renglon, evento: Renglon | None, huella_previa: str) -> Falla | None:
    _orden, _evento_id, previa, huella = eslabon
    if previa != huella_previa:
        return Falla.ESLABON
    if evento is None:
        return Falla.QUITADO
    return None if huella_de(evento, previa) == huella else Falla.ALTERADO


def _pares() -> Iterator[tuple[Renglon, Renglon | None]]:
    """Cada eslabón con su evento, por lotes: la memoria no crece con la bitácora."""
    ultimo = 0
    campos = ("orden", "evento_id", "huella_previa", "huella")
    while eslabones := list(
        Eslabon.objects.filter(orden__gt=ultimo).order_by("orden").values_list(*campos)[:LOTE]
    ):
        numeros = [evento_id for _orden, evento_id, _previa, _huella in eslabones]
        renglones = Evento.objects.filter(pk__in=numeros).values_list(*CAMPOS_SELLADOS)
        eventos = {renglon[0]: renglon for renglon in renglones}
        yield from ((eslabon, eventos.get(eslabon[1])) for eslabon in eslabones)
        ultimo = eslabones[-1][0]
