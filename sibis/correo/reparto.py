"""Lleva los renglones que ya tocan, de uno en uno y con cada uno tomado.

El candado dura lo que dura la entrega: dos trabajadores nunca llevan el mismo, y si a uno lo matan
la base lo suelta en ese instante. Queda un hueco que ningún protocolo cierra: que el servidor acepte
y el proceso muera antes de anotarlo. Ahí se prefiere repetir a perder (lo que nadie supo no tiene
remedio), y el repetido debe traer el mismo Message-ID, con el que los buzones lo reconocen.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

import structlog
from django.db import models, transaction
from django.utils import timezone

from sibis.correo.buzon import Buzon, Veredicto
from sibis.correo.estados import FLUJO_ENVIO

registro = structlog.get_logger(__name__)

SEGUNDOS = 40.0  # lo que se reparte de un tirón; una tarea tiene noventa
ESPERAS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360)]
INTENTOS = 12  # con esas esperas, dos días
Resultado = tuple[Veredicto, str]  # qué pasó, y cómo se llama la falla
Renglon = TypeVar("Renglon", bound=models.Model)
_FALLAS = {Veredicto.NUNCA, Veredicto.DESPUES, Veredicto.ALTO}
_PASOS = {
    Veredicto.ENTREGADO: "entregar",
    Veredicto.NUNCA: "rechazar",
    Veredicto.SOBRA: "cancelar",
}


@dataclass
class Cuenta:
    """Qué se hizo en una vuelta. `quedan` dice si conviene dar otra enseguida."""

    entregados: int = 0
    fallidos: int = 0
    quedan: bool = False


@dataclass(frozen=True, slots=True)
class Reparto(Generic[Renglon]):
    """Lo propio de cada app. Sus renglones llevan `estado` (de FLUJO_ENVIO), `intentos`, `toca_en`,
    `falla` y `enviado_en`; todo lo demás es asunto suyo.
    """

    nombre: str  # con el que salen sus fallas en el registro: «aviso»
    que_ya_tocan: Callable[[], models.QuerySet]  # en el orden en que salen
    llevar: Callable[[Renglon, Buzon], Resultado]  # arma el mensaje y lo entrega
    al_pasar: Callable[[Renglon], None] = lambda _renglon: None  # antes de guardar su nuevo estado


def repartir(reparto: Reparto[Any], *, segundos: float = SEGUNDOS) -> Cuenta:
    """Hasta que no quede ninguno, se acabe el tiempo o el servidor deje de contestar."""
    cuenta, buzon, fin = Cuenta(), Buzon(), time.monotonic() + segundos
    try:
        while resultado := _el_siguiente(reparto, buzon):
            cuenta.entregados += resultado is Veredicto.ENTREGADO
            cuenta.fallidos += resultado in _FALLAS
            if resultado is Veredicto.ALTO:
                return cuenta  # insistir con los demás solo gasta sus intentos
            if time.monotonic() > fin:
                cuenta.quedan = True
                return cuenta
    finally:
        buzon.cerrar()
    return cuenta


@transaction.atomic
def _el_siguiente(reparto: Reparto[Any], buzon: Buzon) -> Veredicto | None:
    """Toma uno, lo lleva y lo anota. Nada si no hay ninguno que toque."""
    renglon = reparto.que_ya_tocan().select_for_update(skip_locked=True, of=("self",)).first()
    if renglon is None:
        return None
    veredicto, falla = reparto.llevar(renglon, buzon)
    if veredicto is not Veredicto.BORRADO:
        _anotar(reparto, renglon, veredicto, falla)
    return veredicto


def _anotar(reparto: Reparto[Any], renglon: Any, veredicto: Veredicto, falla: str) -> None:
    if veredicto is not Veredicto.SOBRA:
        renglon.intentos += 1
    if veredicto is Veredicto.ENTREGADO:
        renglon.enviado_en = timezone.now()
    if veredicto is Veredicto.NUNCA:
        registro.warning(f"{reparto.nombre}_rechazado", envio=renglon.pk, falla=falla)
    if paso := _PASOS.get(veredicto):
        _pasar(reparto, renglon, paso, falla)
    else:
        _dejar_para_despues(reparto, renglon, falla)


def _dejar_para_despues(reparto: Reparto[Any], renglon: Any, falla: str) -> None:
    registro.warning(
        f"{reparto.nombre}_no_salio", envio=renglon.pk, falla=falla, intentos=renglon.intentos
    )
    if renglon.intentos >= INTENTOS:
        _pasar(reparto, renglon, "agotar", falla)
        return
    renglon.toca_en = timezone.now() + ESPERAS[min(renglon.intentos, len(ESPERAS)) - 1]
    renglon.falla = falla
    renglon.save()


def _pasar(reparto: Reparto[Any], renglon: Any, paso: str, falla: str) -> None:
    renglon.estado = FLUJO_ENVIO.exigir(paso, estado=renglon.estado).hacia
    renglon.falla = falla
    reparto.al_pasar(renglon)
    renglon.save()


@transaction.atomic
def repetir(reparto: Reparto[Any], agotados: models.QuerySet) -> int:
    """Quien opera corrigió la causa: lo que se dio por perdido vuelve a la fila."""
    renglones = list(agotados.select_for_update(of=("self",)))
    for renglon in renglones:
        renglon.intentos, renglon.toca_en = 0, timezone.now()
        _pasar(reparto, renglon, "repetir", "")
    return len(renglones)
