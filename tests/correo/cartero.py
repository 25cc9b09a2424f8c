"""Un servidor SMTP de verdad en esta máquina, que acepta, rechaza, tarda o se cae."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as ajustes
from django.db import connection


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
    al_aceptar: Callable[[], None] = lambda: None  # ya lo guardó; quien lo mandó aún no lo sabe
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
        self.al_aceptar()
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


def trabajador(cartero: Cartero, orden: str) -> subprocess.Popen:
    """Otro proceso que corre esa orden, con su conexión y ese servidor SMTP, como el worker de verdad."""
    base = connection.settings_dict
    codigo = (
        "import django; django.setup(); from django.conf import settings;"
        f"settings.EMAIL_BACKEND='django.core.mail.backends.smtp.EmailBackend';"
        f"settings.EMAIL_HOST='127.0.0.1'; settings.EMAIL_PORT={cartero.puerto};"
        f"settings.EMAIL_USE_TLS=False; {orden}"
    )
    url = (
        f"postgis://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}/{base['NAME']}"
    )
    if str(base["HOST"]).startswith("/"):
        url = f"postgresql://{base['USER']}@/{base['NAME']}?host={base['HOST']}"
    entorno = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sibis.settings.pruebas",
        "DATABASE_URL": url,
    }
    return subprocess.Popen([sys.executable, "-c", codigo], cwd=ajustes.RAIZ, env=entorno)
