"""El sitio de verdad, en su propio proceso y su propia base, y un Chromium que lo recorre.

Nada de aquí usa el ORM: se prueba lo que ve una persona, con las cuentas que deja la demostración.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pyotp
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.recorridos.enlaces import Rastreo

RAIZ = Path(__file__).resolve().parents[2]
BASE = "sibis_recorridos"
CHROMIUM = os.environ.get("SIBIS_NAVEGADOR") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTOS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ANCHOS = {"teléfono": (360, 740), "escritorio": (1280, 900)}
GUNICORN = [sys.executable, "-m", "gunicorn", "sibis.wsgi:application", "--worker-class", "gthread"]
GUNICORN += [
    "--config",
    "sibis/settings/servidor_web.py",
    "--threads",
    "4",
    "--no-control-socket",
    "--bind",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Todas llevan la marca, y van al mismo proceso: comparten sitio y navegador."""
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.navegador)
            item.add_marker(pytest.mark.xdist_group("navegador"))


@dataclass(frozen=True)
class Cuenta:
    usuario: str
    clave: str
    totp: str
    rol: str
    dependencia: str


@dataclass(frozen=True)
class Sitio:
    url: str
    cuentas: dict[str, Cuenta]
    entorno: dict[str, str]  # para dar órdenes sobre el mismo sitio


def _con_base(url: str, base: str) -> str:
    partes = urlsplit(url)
    return urlunsplit(partes._replace(path=f"/{base}"))


def _rehacer_base(url: str) -> None:
    administrativa = _con_base(url, "postgres").replace("postgis://", "postgresql://")
    with psycopg.connect(administrativa, autocommit=True) as conexion:
        conexion.execute(f"DROP DATABASE IF EXISTS {BASE} WITH (FORCE)")
        plantilla = os.environ.get("SIBIS_BD_PLANTILLA")  # bin/test la deja ya migrada
        conexion.execute(
            f"CREATE DATABASE {BASE}" + (f' TEMPLATE "{plantilla}"' if plantilla else "")
        )


def _puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


def _ordenar(entorno: dict[str, str], *orden: str) -> None:
    hecho = subprocess.run(
        [sys.executable, "manage.py", *orden],
        cwd=RAIZ,
        env=entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    assert hecho.returncode == 0, (
        f"{orden[0]} falló:\n{hecho.stdout[-2000:]}\n{hecho.stderr[-2000:]}"
    )


def _esperar(url: str) -> None:
    for _intento in range(120):
        try:
            with urllib.request.urlopen(f"{url}/salud/", timeout=2) as respuesta:
                if respuesta.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("El sitio no contestó en un minuto.")


@pytest.fixture(scope="package")
def sitio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sitio]:
    var, puerto = tmp_path_factory.mktemp("var"), _puerto_libre()
    url = f"http://127.0.0.1:{puerto}"
    _rehacer_base(os.environ["DATABASE_URL"])
    entorno = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sibis.settings.local",
        "DATABASE_URL": _con_base(os.environ["DATABASE_URL"], BASE),
        "SIBIS_VAR": str(var),
        "SIBIS_URL_PUBLICA": url,
        "SIBIS_DEPURAR": "0",
        "SIBIS_DEMOSTRACION": "1",
        "SIBIS_CLAVE_SECRETA": "solo-para-los-recorridos-de-prueba-0123456789abcdef",
    }
    for orden in ("migrate", "cargar_catalogos", "sembrar_demo"):
        _ordenar(entorno, orden)
    _ordenar(entorno, "collectstatic", "--noinput")
    registro = (var / "web.log").open("w")
    servidor = subprocess.Popen(
        [*GUNICORN, f"127.0.0.1:{puerto}"],
        cwd=RAIZ,
        env=entorno,
        stdout=registro,
        stderr=subprocess.STDOUT,
    )
    try:
        _esperar(url)
        demo = json.loads((var / "demo.json").read_text())
        cuentas = {c["usuario"]: Cuenta(**c) for c in demo["usuarios"]}
        yield Sitio(url, cuentas, entorno)
    finally:
        servidor.terminate()
        servidor.wait(timeout=20)
        registro.close()


@pytest.fixture(scope="package")
def rastreo(sitio: Sitio) -> Rastreo:
    """El sitio entero, recorrido una sola vez: sus enlaces y una página de cada clase."""
    hecho = Rastreo(sitio.url)
    hecho.correr("/", "/en/", "/robots.txt", "/sitemap.xml")
    return hecho


# Se cierra con el paquete, no con la sesión: mientras Playwright vive, su hilo cuenta como
# asíncrono y Django se niega a consultar la base en las pruebas que sigan.
@pytest.fixture(scope="package")
def navegador() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTOS)
        yield chromium
        chromium.close()


@dataclass
class Visita:
    """Una página con su cuaderno: lo que falló en la consola y a dónde pidió."""

    pagina: Page
    url: str
    fallas: list[str]
    pedidos: list[str]

    def ir(self, ruta: str) -> Page:
        self.pagina.goto(self.url + ruta)
        return self.pagina


def abrir(
    navegador: Browser, sitio: Sitio, *, ancho: str = "escritorio", **opciones: object
) -> Visita:
    w, h = ANCHOS[ancho]
    contexto = navegador.new_context(viewport={"width": w, "height": h}, locale="es-MX", **opciones)
    pagina = contexto.new_page()
    visita = Visita(pagina, sitio.url, [], [])
    pagina.on("pageerror", lambda error: visita.fallas.append(str(error)))
    pagina.on(
        "console",
        lambda mensaje: visita.fallas.append(mensaje.text) if mensaje.type == "error" else None,
    )
    pagina.on("request", lambda pedido: visita.pedidos.append(pedido.url))
    return visita


@pytest.fixture
def visita(navegador: Browser, sitio: Sitio) -> Iterator[Visita]:
    abierta = abrir(navegador, sitio)
    yield abierta
    abierta.pagina.context.close()


def entrar(visita: Visita, cuenta: Cuenta) -> None:
    """Contraseña y código, como lo hace una persona."""
    pagina = visita.ir("/panel/")
    pagina.fill("[name=login]", cuenta.usuario)
    pagina.fill("[name=password]", cuenta.clave)
    pagina.click("main button[type=submit]")
    pagina.fill("[name=code]", pyotp.TOTP(cuenta.totp).now())
    pagina.click("main button[type=submit]")
    pagina.wait_for_url("**/panel/")


@pytest.fixture(scope="package")
def sesiones() -> dict[str, dict]:
    """Galletas de cada cuenta que ya entró: un código TOTP no sirve dos veces."""
    return {}


@pytest.fixture
def como(
    navegador: Browser, sitio: Sitio, sesiones: dict[str, dict]
) -> Iterator[Callable[..., Visita]]:
    """`como("enlace.iztapalapa")` abre el panel ya dentro, en un navegador limpio."""
    abiertas: list[Visita] = []

    def abrir_como(usuario: str, ancho: str = "escritorio") -> Visita:
        if usuario not in sesiones:
            primera = abrir(navegador, sitio)
            entrar(primera, sitio.cuentas[usuario])
            sesiones[usuario] = primera.pagina.context.storage_state()
            primera.pagina.context.close()
        visita = abrir(navegador, sitio, ancho=ancho, storage_state=sesiones[usuario])
        abiertas.append(visita)
        return visita

    yield abrir_como
    for visita in abiertas:
        visita.pagina.context.close()
