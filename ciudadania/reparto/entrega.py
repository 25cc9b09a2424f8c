"""Qué correo o notificación sale de cada envío, y a quién. Cómo se reparte está en `sibis/correo`."""

from __future__ import annotations

from ciudadania.cifrado import Ilegible
from ciudadania.estados import ClaseDeEnvio, EstadoSuscripcion
from ciudadania.models import Envio, Suscripcion
from ciudadania.reparto.correo import avisos_vivos, correo_de
from ciudadania.reparto.empuje import empujar
from sibis.correo import reparto
from sibis.correo.buzon import Buzon, Veredicto
from sibis.correo.estados import EstadoEnvio
from sibis.correo.reparto import SEGUNDOS, Cuenta, Reparto, Resultado

_PUEDE_SALIR = {EstadoEnvio.PENDIENTE, EstadoEnvio.AGOTADO}


def repartir(*, segundos: float = SEGUNDOS) -> Cuenta:
    return reparto.repartir(_ENVIOS, segundos=segundos)


def repetir_agotados() -> int:
    return reparto.repetir(_ENVIOS, Envio.objects.filter(estado=EstadoEnvio.AGOTADO))


def _llevar(envio: Envio, buzon: Buzon) -> Resultado:
    llevar = _por_correo if envio.suscripcion_id else empujar
    try:
        return llevar(envio, buzon)
    except Ilegible:
        return Veredicto.DESPUES, "sin la clave con que se cifró"


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


def _olvidar_el_secreto(envio: Envio) -> None:
    if envio.estado not in _PUEDE_SALIR:
        envio.secreto = ""  # la llave ya va en el correo; aquí no hace falta


_ENVIOS = Reparto(
    nombre="aviso",
    que_ya_tocan=lambda: Envio.objects.que_ya_tocan(),
    llevar=_llevar,
    al_pasar=_olvidar_el_secreto,
)
