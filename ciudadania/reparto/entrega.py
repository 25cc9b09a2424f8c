"""Lleva los envíos que ya tocan, de uno en uno y con su renglón tomado.

El candado dura lo que dura la entrega: dos trabajadores nunca llevan el mismo, y si a uno lo matan
la base lo suelta en ese instante. Queda un hueco que ningún protocolo cierra: que el servidor acepte
y el proceso muera antes de anotarlo. Ahí se prefiere repetir a perder (un cierre que nadie supo no
tiene remedio), y el repetido trae el mismo Message-ID, con el que los buzones lo reconocen.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from ciudadania.cifrado import Ilegible
from ciudadania.estados import FLUJO_ENVIO, ClaseDeEnvio, EstadoEnvio, EstadoSuscripcion
from ciudadania.models import Envio, Suscripcion
from ciudadania.reparto.buzon import Buzon, Veredicto
from ciudadania.reparto.correo import avisos_vivos, correo_de
from ciudadania.reparto.empuje import empujar

registro = structlog.get_logger(__name__)

SEGUNDOS = 40.0  # lo que se reparte de un tirón; una tarea tiene noventa
ESPERAS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360)]
INTENTOS = 12  # con esas esperas, dos días
_PUEDE_SALIR = {EstadoEnvio.PENDIENTE, EstadoEnvio.AGOTADO}
Resultado = tuple[Veredicto, str]
_FALLAS = {Veredicto.NUNCA, Veredicto.DESPUES, Veredicto.ALTO}


@dataclass
class Cuenta:
    """Qué se hizo en una vuelta. `quedan` dice si conviene dar otra enseguida."""

    entregados: int = 0
    fallidos: int = 0
    quedan: bool = False


def repartir(*, segundos: float = SEGUNDOS) -> Cuenta:
    cuenta, buzon, fin = Cuenta(), Buzon(), time.monotonic() + segundos
    try:
        while resultado := _el_siguiente(buzon):
            cuenta.entregados += resultado is Veredicto.ENTREGADO
            cuenta.fallidos += resultado in _FALLAS
            if resultado is Veredicto.ALTO:
                return cuenta  # el servidor no está: insistir con los demás solo gasta sus intentos
            if time.monotonic() > fin:
                cuenta.quedan = True
                return cuenta
    finally:
        buzon.cerrar()
    return cuenta


@transaction.atomic
def _el_siguiente(buzon: Buzon) -> Veredicto | None:
    """Toma uno, lo lleva y lo anota. Nada si no hay ninguno que toque."""
    envio = Envio.objects.select_for_update(skip_locked=True).que_ya_tocan().first()
    if envio is None:
        return None
    llevar = _por_correo if envio.suscripcion_id else empujar
    try:
        veredicto, falla = llevar(envio, buzon)
    except Ilegible:
        veredicto, falla = Veredicto.DESPUES, "sin la clave con que se cifró"
    if veredicto is not Veredicto.BORRADO:
        _ANOTAR[veredicto](envio, falla)
    return veredicto


def _por_correo(envio: Envio, buzon: Buzon) -> Resultado:
    suscripcion = _a_quien(envio)
    if suscripcion is None:
        return Veredicto.SOBRA, ""
    return buzon.entregar(correo_de(envio, suscripcion))


def _a_quien(envio: Envio) -> Suscripcion | None:
    """La suscripción cuya dirección se usa; ninguna si ya no quiere o ya no hace falta."""
    if envio.clase == ClaseDeEnvio.AVISOS:
        aviso = avisos_vivos(envio).first()
        return aviso.suscripcion if aviso else None
    esperado = {
        ClaseDeEnvio.CONFIRMACION: EstadoSuscripcion.PENDIENTE,
        ClaseDeEnvio.YA_SUSCRITA: EstadoSuscripcion.CONFIRMADA,
    }[ClaseDeEnvio(envio.clase)]
    suscripcion = envio.suscripcion
    return suscripcion if suscripcion and suscripcion.estado == esperado else None


def _entregado(envio: Envio, _falla: str) -> None:
    envio.enviado_en = timezone.now()
    envio.intentos += 1
    _pasar(envio, "entregar", "")


def _rechazado(envio: Envio, falla: str) -> None:
    envio.intentos += 1
    registro.warning("aviso_rechazado", envio=envio.pk, falla=falla)
    _pasar(envio, "rechazar", falla)


def _cancelado(envio: Envio, _falla: str) -> None:
    _pasar(envio, "cancelar", "")


def _para_despues(envio: Envio, falla: str) -> None:
    envio.intentos += 1
    registro.warning("aviso_no_salio", envio=envio.pk, falla=falla, intentos=envio.intentos)
    if envio.intentos >= INTENTOS:
        _pasar(envio, "agotar", falla)
        return
    envio.toca_en = timezone.now() + ESPERAS[min(envio.intentos, len(ESPERAS)) - 1]
    envio.falla = falla
    envio.save()


def _pasar(envio: Envio, paso: str, falla: str) -> None:
    envio.estado = FLUJO_ENVIO.exigir(paso, estado=envio.estado).hacia
    envio.falla = falla
    if envio.estado not in _PUEDE_SALIR:
        envio.secreto = ""  # la llave ya va en el correo; aquí no hace falta
    envio.save()


_ANOTAR: dict[Veredicto, Callable[[Envio, str], None]] = {
    Veredicto.ENTREGADO: _entregado,
    Veredicto.NUNCA: _rechazado,
    Veredicto.DESPUES: _para_despues,
    Veredicto.ALTO: _para_despues,
    Veredicto.SOBRA: _cancelado,
}


@transaction.atomic
def repetir_agotados() -> int:
    """Quien opera corrigió la causa: lo que se dio por perdido vuelve a la fila."""
    agotados = Envio.objects.select_for_update().filter(estado=EstadoEnvio.AGOTADO)
    for envio in agotados:
        envio.intentos, envio.toca_en = 0, timezone.now()
        _pasar(envio, "repetir", "")
    return len(agotados)
