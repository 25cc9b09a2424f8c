"""A qué servidores de notificaciones se llama: la dirección la da el navegador, o quien lo finja."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import socket
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.conf import settings

LARGO_MAXIMO = 1_000
_SECRETO = 16  # bytes del «auth» de una suscripción (RFC 8291)


class DestinoNegado(ValueError):
    """No es una suscripción que un navegador haya podido dar."""


def exigir_destino(url: str) -> None:
    """https, en su puerto y con nombre público. No pregunta por el nombre: eso, al llamarlo."""
    try:
        partes = urlsplit(url)
        anfitrion, puerto = (partes.hostname or "").rstrip("."), partes.port
    except ValueError as error:
        raise DestinoNegado("no es una dirección") from error
    if len(url) > LARGO_MAXIMO or not url.isascii() or not url.isprintable() or " " in url:
        raise DestinoNegado("no es una dirección")
    if settings.PUSH_EN_ESTA_MAQUINA and anfitrion == "127.0.0.1":
        return
    if partes.scheme != "https" or puerto not in {None, 443} or partes.username is not None:
        raise DestinoNegado("no es https en su puerto")
    if "." not in anfitrion or _es_ip(anfitrion):
        raise DestinoNegado("no es un nombre público")
    permitidos = settings.PUSH_ANFITRIONES
    if permitidos and not any(anfitrion == p or anfitrion.endswith(f".{p}") for p in permitidos):
        raise DestinoNegado("no está entre los servidores permitidos")


def exigir_publico(url: str) -> None:
    """Que el nombre lleve solo a direcciones de internet. Se mira cada vez: un nombre cambia de dueño.

    Si cambiara entre esto y la llamada, TLS lo detiene: nadie de adentro tiene un certificado de ese
    nombre.
    """
    exigir_destino(url)
    anfitrion = urlsplit(url).hostname or ""
    if settings.PUSH_EN_ESTA_MAQUINA and anfitrion == "127.0.0.1":
        return
    for *_familia, direccion in socket.getaddrinfo(anfitrion, 443, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(str(direccion[0]).partition("%")[0]).is_global:
            raise DestinoNegado("lleva a una dirección de adentro")


def exigir_claves(p256dh: str, auth: str) -> None:
    """Un punto de la curva y un secreto de 16 bytes: lo demás haría fallar el cifrado."""
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _bytes_de(p256dh))
        secreto = _bytes_de(auth)
    except (ValueError, binascii.Error) as error:
        raise DestinoNegado("sus claves no son de un navegador") from error
    if len(secreto) != _SECRETO:
        raise DestinoNegado("sus claves no son de un navegador")


def _bytes_de(texto: str) -> bytes:
    return base64.urlsafe_b64decode(texto.encode("ascii") + b"=" * (-len(texto) % 4))


def _es_ip(anfitrion: str) -> bool:
    """También las formas raras: 0x7f.1, 2130706433, 127.1."""
    ultima = anfitrion.rpartition(".")[2]
    return not any(c.isalpha() for c in ultima) or ultima.startswith("0x") or ":" in anfitrion
