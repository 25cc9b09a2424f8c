"""La clave con que los servidores de notificaciones nos reconocen (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid

ARCHIVO = "vapid.pem"


def publica() -> str:
    """Como la pide el navegador: punto sin comprimir, en base64 para direcciones."""
    return _publica_de(clave())


def clave() -> Vapid:
    """La del entorno; si no se dio, la de esta instalación, que se crea la primera vez."""
    if settings.VAPID_CLAVE:
        return _de_texto(settings.VAPID_CLAVE)
    return _de_archivo(_asegurar(Path(settings.VAR) / ARCHIVO))


def firmar(destino: str) -> dict[str, str]:
    """Las cabeceras para ese destino, y para ningún otro servidor."""
    partes = urlsplit(destino)
    return clave().sign({"aud": f"{partes.scheme}://{partes.netloc}", "sub": _contacto()})


def _contacto() -> str:
    if settings.VAPID_CONTACTO:
        return f"mailto:{settings.VAPID_CONTACTO.removeprefix('mailto:')}"
    if settings.URL_PUBLICA.startswith("https://"):
        return settings.URL_PUBLICA
    return "mailto:no-responder@localhost"


def _asegurar(ruta: Path) -> Path:
    """Dos procesos a la vez se quedan con la misma: la primera que llegue a su lugar."""
    if not ruta.exists():
        ruta.parent.mkdir(parents=True, exist_ok=True)
        nueva = Vapid()
        nueva.generate_keys()
        provisional = ruta.with_name(f".{ARCHIVO}.{os.getpid()}")
        descriptor = os.open(provisional, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as archivo:
            archivo.write(nueva.private_pem())
        try:
            os.link(provisional, ruta)
        except FileExistsError:
            pass
        finally:
            provisional.unlink()
    return ruta


@lru_cache(maxsize=4)
def _de_texto(texto: str) -> Vapid:
    if "-----BEGIN" in texto:
        return Vapid.from_pem(texto.encode())
    return Vapid.from_string(texto)


@lru_cache(maxsize=4)
def _de_archivo(ruta: Path) -> Vapid:
    return Vapid.from_pem(ruta.read_bytes())


def _publica_de(vapid: Vapid) -> str:
    punto = vapid.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(punto).decode().rstrip("=")
