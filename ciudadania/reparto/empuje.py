"""Un envío, como notificación en el navegador (Web Push): cifrado para él y para nadie más."""

from __future__ import annotations

import json

import requests
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext
from pywebpush import WebPusher

from ciudadania.cifrado import descifrar
from ciudadania.models import Envio, SuscripcionPush
from ciudadania.reparto.correo import Renglon, avisos_vivos, renglones_de
from ciudadania.reparto.destinos import DestinoNegado, exigir_publico
from ciudadania.reparto.vapid import firmar
from sibis.correo.buzon import Buzon, Veredicto

_VIVE = 24 * 60 * 60  # segundos que la guarda el servidor si el teléfono está apagado
_ESPERA = (4, 8)
_YA_NO_EXISTE = {404, 410}
_ACEPTADA = {200, 201, 202, 204}
_REPITE = {408, 425, 429}


def empujar(envio: Envio, _buzon: Buzon) -> tuple[Veredicto, str]:
    navegador = envio.navegador
    renglones = renglones_de(list(avisos_vivos(envio)))
    if navegador is None or not renglones:
        return Veredicto.SOBRA, ""
    with translation.override(navegador.idioma):
        cuerpo = cuerpo_de(renglones)
    try:
        codigo = _llamar(navegador, cuerpo)
    except DestinoNegado:
        return _olvidar(navegador)
    except (requests.RequestException, OSError) as error:
        return Veredicto.DESPUES, type(error).__name__
    if codigo in _YA_NO_EXISTE:
        return _olvidar(navegador)
    if codigo in _ACEPTADA:
        return Veredicto.ENTREGADO, ""
    definitivo = 400 <= codigo < 500 and codigo not in _REPITE
    return (Veredicto.NUNCA if definitivo else Veredicto.DESPUES), f"HTTP {codigo}"


def cuerpo_de(renglones: list[Renglon]) -> bytes:
    """Lo que se ve en la pantalla bloqueada: el aviso, nunca quién lo pidió."""
    primero = renglones[0]
    detalle = primero.detalle
    if otros := len(renglones) - 1:
        detalle += ". " + ngettext("Y un aviso más.", "Y %(n)s avisos más.", otros) % {"n": otros}
    url = primero.url if not otros else f"{settings.URL_PUBLICA}/calendario/"
    datos = {"titulo": primero.titulo[:120], "detalle": detalle[:300], "url": url}
    return json.dumps(datos, ensure_ascii=False).encode()


def _llamar(navegador: SuscripcionPush, cuerpo: bytes) -> int:
    """Sin seguir desvíos y sin leer la respuesta: solo su código."""
    destino = descifrar(navegador.destino_cifrado)
    exigir_publico(destino)
    suscripcion = {"endpoint": destino, "keys": json.loads(descifrar(navegador.claves_cifradas))}
    cifrado = WebPusher(suscripcion).encode(cuerpo, content_encoding="aes128gcm")
    cabeceras = {
        **firmar(destino),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(_VIVE),
    }
    respuesta = requests.post(
        destino,
        data=cifrado["body"],
        headers=cabeceras,
        timeout=_ESPERA,
        allow_redirects=False,
        stream=True,
    )
    respuesta.close()
    return respuesta.status_code


def _olvidar(navegador: SuscripcionPush) -> tuple[Veredicto, str]:
    """El navegador ya no existe: se borra con sus avisos y con este envío."""
    navegador.delete()
    return Veredicto.BORRADO, ""
