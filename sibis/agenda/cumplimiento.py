"""Copia en cada vencimiento el hecho que lo cumple; si el hecho se deshace, lo quita."""

from __future__ import annotations

import datetime

from django.db import transaction

from sibis.agenda.costuras import Comprobador, Cumplimiento, comprobadores
from sibis.agenda.models import Vencimiento

ANIOS_QUE_SE_MIRAN = 3  # lo más viejo ya no cambia, y no se vuelve a preguntar
_CAMPOS = ["cumplido_el", "cumplido_que", "cumplido_url"]


def poner_al_dia(*, hoy: datetime.date) -> int:
    """Cuántos cambiaron. Las consultas son las mismas sean cuantos sean."""
    return sum(_de_una_clase(clave, f, hoy) for clave, f in comprobadores().items())


@transaction.atomic
def _de_una_clase(clave: str, comprobar: Comprobador, hoy: datetime.date) -> int:
    vencimientos = list(
        Vencimiento.objects.vigentes()
        .filter(
            obligacion__cumple=clave,
            anotado_por__isnull=True,
            ejercicio__gt=hoy.year - ANIOS_QUE_SE_MIRAN,
        )
        .select_related("obligacion")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    hechos = comprobar(vencimientos) if vencimientos else {}
    cambiados = [v for v in vencimientos if _anotar(v, hechos.get(v.pk))]
    Vencimiento.objects.bulk_update(cambiados, _CAMPOS, batch_size=500)
    return len(cambiados)


def _anotar(v: Vencimiento, hecho: Cumplimiento | None) -> bool:
    nuevos = (hecho.el, hecho.que[:300], hecho.url[:500]) if hecho else (None, "", "")
    if tuple(getattr(v, campo) for campo in _CAMPOS) == nuevos:
        return False
    for campo, valor in zip(_CAMPOS, nuevos, strict=True):
        setattr(v, campo, valor)
    return True
