"""La historia de un asunto en oraciones: quién hizo qué, cuándo y sobre qué versión."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.bitacora.models import Evento
from sibis.bitacora.presentadores import frase
from sibis.bitacora.registro import Via

LIMITE = 200
# Por el panel llega casi todo: solo se dice lo que llegó de otro modo.
_VIAS = {
    Via.ORDEN: _("por una orden del sistema"),
    Via.TAREA: _("lo hizo la máquina"),
    Via.PORTAL: _("desde el portal"),
}


@dataclass(frozen=True, slots=True)
class Renglon:
    momento: datetime.datetime
    frase: str
    quien: str
    via: str
    detalle: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dia:
    fecha: datetime.date
    renglones: tuple[Renglon, ...]


def linea_de_tiempo(asuntos: Sequence[tuple[str, Any]], *, limite: int = LIMITE) -> list[Renglon]:
    """Lo que pasó con esos objetos («programas.reglaoperacion», llave), lo último primero.

    Una consulta. Las lecturas de datos personales no se cuentan aquí: se miran en la bitácora.
    """
    if not asuntos:
        return []
    suyos = Q(pk__in=())
    for tipo, llave in asuntos:
        suyos |= Q(objeto_tipo=tipo, objeto_id=str(llave))
    eventos = Evento.objects.filter(suyos).exclude(tipo__startswith="lectura.").order_by("-id")
    return [
        Renglon(
            evento.momento,
            frase(evento),
            evento.por,
            str(_VIAS.get(evento.via, "")),  # type: ignore[call-overload]
            evento.detalle,
        )
        for evento in eventos[:limite]
    ]


def por_dia(renglones: Sequence[Renglon]) -> list[Dia]:
    """En la hora de la Ciudad."""
    return [
        Dia(fecha, tuple(suyos))
        for fecha, suyos in groupby(renglones, lambda r: timezone.localdate(r.momento))
    ]
