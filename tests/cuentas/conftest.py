import time

import pyotp
import pytest
from django.core.cache import cache
from django.urls import reverse

from sibis.cuentas.roles import Analista, EnlaceDeDependencia, ValidacionSIBISO
from sibis.cuentas.servicios.segundo_factor import activar_con_secreto
from tests.fabricas.cuentas import CONTRASENA, DependenciaFactory, con_rol


@pytest.fixture(autouse=True)
def _sin_limites_de_la_prueba_anterior():
    """Los límites por dirección y los códigos ya usados viven en la caché."""
    cache.clear()


@pytest.fixture
def entrar_con(client):
    """Escribe usuario y contraseña en la página de entrada, desde la dirección que se diga."""

    def _entrar(usuario: str, contrasena: str = CONTRASENA, ip: str = "198.51.100.1"):
        return client.post(
            reverse("account_login"), {"login": usuario, "password": contrasena}, REMOTE_ADDR=ip
        )

    return _entrar


@pytest.fixture
def con_codigo():
    """Una cuenta con su segundo factor y la función que da su código de ahora."""
    usuario = con_rol(EnlaceDeDependencia)
    secreto = activar_con_secreto(usuario)
    return usuario, lambda cuando=None: pyotp.TOTP(secreto).at(cuando or time.time())


@pytest.fixture
def reloj(monkeypatch):
    """Detiene la hora que ven los códigos; `reloj.avanzar(30)` la mueve."""

    class Reloj:
        ahora = time.time() // 30 * 30 + 5

        def avanzar(self, segundos: float) -> None:
            self.ahora += segundos

    detenido = Reloj()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: detenido.ahora)
    return detenido


@pytest.fixture
def rectora(db):
    return DependenciaFactory(clave="SEBIEN")


@pytest.fixture
def validadora(rectora):
    return con_rol(ValidacionSIBISO, en=rectora)


@pytest.fixture
def suplente(rectora):
    return con_rol(Analista, en=rectora)
