"""Lo que identifica a quien se suscribe, cifrado; y su huella, para encontrarlo sin descifrarlo.

Las llaves salen de SECRET_KEY, cada una con su uso. Al rotarla, lo cifrado con las anteriores
(SECRET_KEY_FALLBACKS) se sigue leyendo y encontrando; `recifrar_avisos` lo pasa a la nueva.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

LARGO_DE_LLAVE = 32  # bytes al azar en cada enlace: no se adivina


class Ilegible(Exception):
    """Se cifró con una clave que esta instalación ya no tiene."""


def cifrar(texto: str) -> str:
    return _fernet().encrypt(texto.encode()).decode()


def descifrar(cifrado: str) -> str:
    """Levanta Ilegible si ninguna clave de hoy lo abre."""
    try:
        return _fernet().decrypt(cifrado.encode()).decode()
    except InvalidToken as error:
        raise Ilegible from error


def recifrar(cifrado: str) -> str:
    """El mismo secreto, cifrado con la clave de hoy."""
    try:
        return _fernet().rotate(cifrado.encode()).decode()
    except InvalidToken as error:
        raise Ilegible from error


def indice(valor: str) -> str:
    """Huella con clave: sin SECRET_KEY no sirve para probar direcciones una por una."""
    return _indices_de(valor, _claves()[:1])[0]


def indices(valor: str) -> list[str]:
    """La huella de hoy y las que pudo tener con las claves anteriores."""
    return _indices_de(valor, _claves())


def llave_nueva() -> str:
    """Un secreto para un enlace. Se manda por correo; aquí solo se guarda su huella."""
    return secrets.token_urlsafe(LARGO_DE_LLAVE)


def huella(llave: str) -> str:
    return hashlib.sha256(llave.encode()).hexdigest()


def _claves() -> tuple[str, ...]:
    return tuple(str(c) for c in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def _fernet() -> MultiFernet:
    return _fernet_de(_claves())


@lru_cache(maxsize=4)
def _fernet_de(claves: tuple[str, ...]) -> MultiFernet:
    derivadas = (base64.urlsafe_b64encode(_derivar(c, b"cifrado")) for c in claves)
    return MultiFernet([Fernet(d) for d in derivadas])


def _indices_de(valor: str, claves: tuple[str, ...]) -> list[str]:
    return [
        hmac.new(_derivar(c, b"indice"), valor.encode(), hashlib.sha256).hexdigest() for c in claves
    ]


@lru_cache(maxsize=16)
def _derivar(clave: str, uso: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"sibis.ciudadania." + uso).derive(clave.encode())
