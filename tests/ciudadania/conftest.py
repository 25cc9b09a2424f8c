"""Un servidor SMTP de verdad en esta máquina, y el correo que se lee como lo lee una persona."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.utils import timezone

from ciudadania.reparto import entrega
from tests.fabricas import programas as f


def puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


@dataclass
class Cartero:
    """Lo que contesta el servidor y lo que aceptó. Cada dirección puede tener su respuesta."""

    puerto: int
    recibidos: list[EmailMessage] = field(default_factory=list)
    respuestas: dict[str, str] = field(default_factory=dict)
    se_cae_tras: int | None = None
    tarda: float = 0
    control: Controller | None = None

    async def handle_RCPT(self, _servidor: Any, _sesion: Any, sobre: Any, a: str, _o: Any) -> str:
        if a in self.respuestas:
            return self.respuestas[a]
        sobre.rcpt_tos.append(a)
        return "250 OK"

    async def handle_DATA(self, servidor: Any, _sesion: Any, sobre: Any) -> str:
        if self.se_cae_tras is not None and len(self.recibidos) >= self.se_cae_tras:
            servidor.transport.abort()  # a media entrega, sin contestar
            return "421 adiós"
        await asyncio.sleep(self.tarda)
        self.recibidos.append(message_from_bytes(sobre.content, policy=policy.default))
        return "250 aceptado"

    def prender(self) -> None:
        self.control = Controller(self, hostname="127.0.0.1", port=self.puerto)
        self.control.start()

    def apagar(self) -> None:
        if self.control is not None:
            self.control.stop()
            self.control = None

    @property
    def destinos(self) -> list[str]:
        return sorted(str(m["To"]) for m in self.recibidos)


@pytest.fixture
def cartero(settings: Any) -> Iterator[Cartero]:
    servidor = Cartero(puerto_libre())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", servidor.puerto
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
    servidor.prender()
    yield servidor
    servidor.apagar()


@pytest.fixture
def programa(db: None) -> Any:
    """Uno publicado hace tiempo, que sale en el portal."""
    return f.en_portal(
        nombre="Mi Beca",
        programa__clave="mi-beca",
        programa__nombre="Mi Beca",
        publicado_en=timezone.now() - timedelta(days=60),
    ).programa


def enlace(texto: str, cual: str) -> str:
    """La ruta, con su llave, del enlace que contiene esa palabra."""
    hallado = re.search(rf"https?://\S*/{cual}/\S*", texto)
    assert hallado, texto
    partes = urlsplit(hallado[0])
    return f"{partes.path}?{partes.query}"


def llave_de(ruta: str) -> str:
    return ruta.partition("llave=")[2]


def ultimo_correo() -> Any:
    """Reparte lo que toque y devuelve el último que salió."""
    entrega.repartir()
    return mail.outbox[-1]
