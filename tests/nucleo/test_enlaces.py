"""Visitar un enlace: contra un servidor de verdad, sin asomarse a la red de adentro ni dejarse detener."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sibis.nucleo.enlaces import Limites, Veredicto, es_publica, visitar

RAPIDO = Limites(conectar=1, leer=1, total=3, desvios=3)


class Sitio(BaseHTTPRequestHandler):
    """Cada ruta se porta de un modo. Cuenta lo que le pidieron."""

    pedidos: list[tuple[str, str]] = []

    def _contestar(self) -> None:
        self.pedidos.append((self.command, self.path))
        ruta = self.path.strip("/")
        if ruta.isdigit():
            self._codigo(int(ruta))
        elif ruta == "sin-head":
            self._codigo(405 if self.command == "HEAD" else 200)
        elif ruta == "lento":
            time.sleep(2.5)
        elif ruta == "gotea":
            self._gotear()
        elif ruta == "enorme":
            self._codigo(405 if self.command == "HEAD" else 200, b"x" * 5_000_000)
        elif ruta == "desvio":
            self._codigo(302, a_donde="/200")
        elif ruta == "vueltas":
            self._codigo(302, a_donde="/vueltas")
        elif ruta == "adentro":
            self._codigo(302, a_donde="file:///etc/hostname")
        elif ruta == "basura":
            self.wfile.write(b"esto no es HTTP\r\n\r\n")

    def _codigo(self, codigo: int, cuerpo: bytes = b"hola", a_donde: str = "") -> None:
        self.send_response(codigo)
        if a_donde:
            self.send_header("Location", a_donde)
        self.send_header("Content-Length", str(len(cuerpo)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(cuerpo)

    def _gotear(self) -> None:
        self.send_response(405 if self.command == "HEAD" else 200)
        self.end_headers()
        for _gota in range(60 if self.command == "GET" else 0):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.2)

    def log_message(self, *args: object) -> None:
        pass

    do_GET = do_HEAD = _contestar


@pytest.fixture
def sitio() -> Iterator[str]:
    Sitio.pedidos = []
    servidor = ThreadingHTTPServer(("127.0.0.1", 0), Sitio)
    servidor.daemon_threads = True
    threading.Thread(target=servidor.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{servidor.server_port}"
    servidor.shutdown()
    servidor.server_close()


@pytest.mark.parametrize(
    ("ruta", "veredicto", "codigo"),
    [
        ("/200", Veredicto.RESPONDE, 200),
        ("/sin-head", Veredicto.RESPONDE, 200),
        ("/desvio", Veredicto.RESPONDE, 200),
        ("/404", Veredicto.FALLA, 404),
        ("/410", Veredicto.FALLA, 410),
        ("/500", Veredicto.FALLA, 500),
        ("/403", Veredicto.NO_DEJA, 403),
        ("/429", Veredicto.NO_DEJA, 429),
        ("/lento", Veredicto.FALLA, None),
        ("/vueltas", Veredicto.FALLA, None),
        ("/adentro", Veredicto.NO_SE_VISITA, None),
        ("/basura", Veredicto.FALLA, None),
        ("/enorme", Veredicto.RESPONDE, 200),
    ],
)
def test_cada_respuesta_tiene_su_veredicto(ruta, veredicto, codigo, sitio):
    visita = visitar(sitio + ruta, internas=True, limites=RAPIDO)
    assert (visita.veredicto, visita.codigo) == (veredicto, codigo)
    assert visita.motivo or veredicto == Veredicto.RESPONDE


def test_uno_que_gotea_no_nos_detiene(sitio):
    empezo = time.monotonic()
    visita = visitar(f"{sitio}/gotea", internas=True, limites=RAPIDO)
    assert visita.veredicto == Veredicto.RESPONDE
    assert time.monotonic() - empezo < 8


def test_primero_se_pide_solo_la_cabeza(sitio):
    visitar(f"{sitio}/200", internas=True, limites=RAPIDO)
    assert Sitio.pedidos == [("HEAD", "/200")]


def test_donde_no_hay_nadie_no_hay_red(sitio):
    visita = visitar("http://127.0.0.1:1/", internas=True, limites=RAPIDO)
    assert visita.veredicto == Veredicto.FALLA
    assert visita.sin_red


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/",
        "http://localhost:8000/",
        "http://[::1]:8000/",
        "http://0.0.0.0:8000/",
        "http://2130706433:8000/",
        "http://[::ffff:127.0.0.1]:8000/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "ftp://cdmx.gob.mx/",
        "file:///etc/hostname",
        "http://usuario:clave@cdmx.gob.mx/",
        "http://cdmx.gob.mx:22/",
        "http:///sin-nombre",
        "no es una dirección",
    ],
)
def test_la_red_de_adentro_no_se_visita(url):
    assert visitar(url, limites=RAPIDO).veredicto == Veredicto.NO_SE_VISITA


def test_sin_permiso_el_servidor_de_aqui_no_recibe_nada(sitio):
    puerto = int(sitio.rpartition(":")[2])
    for nombre in ("127.0.0.1", "localhost"):
        visitar(f"http://{nombre}:{puerto}/200", limites=RAPIDO)
    assert Sitio.pedidos == []


@pytest.mark.parametrize(
    ("direccion", "publica"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("no es", False),
    ],
)
def test_que_direcciones_son_de_la_red_abierta(direccion, publica):
    assert es_publica(direccion) is publica
