"""Con SIBIS_MAPA_BASE, las teselas de otro servidor se piden, se dibujan y la política las admite."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import mapbox_vector_tile
import pytest
from playwright.sync_api import Browser

from tests.recorridos.conftest import RAIZ, Sitio, _esperar, _puerto_libre, abrir

LADO = 256
UN_PIXEL_PINTADO = """() => [...document.querySelectorAll(
    ".leaflet-tile-pane img.leaflet-tile-loaded, .leaflet-tile-pane canvas.leaflet-tile-loaded")]
  .some((tesela) => {
    const lienzo = document.createElement("canvas");
    lienzo.width = lienzo.height = 256;
    const pluma = lienzo.getContext("2d");
    pluma.drawImage(tesela, 0, 0, 256, 256);
    return pluma.getImageData(128, 128, 1, 1).data[3] > 0;
  })"""


def _png() -> bytes:
    """Un cuadro liso."""

    def trozo(nombre: bytes, datos: bytes) -> bytes:
        cuerpo = nombre + datos
        return struct.pack(">I", len(datos)) + cuerpo + struct.pack(">I", zlib.crc32(cuerpo))

    renglones = (b"\0" + b"\x99\xbb\xaa" * LADO) * LADO
    return (
        b"\x89PNG\r\n\x1a\n"
        + trozo(b"IHDR", struct.pack(">IIBBBBB", LADO, LADO, 8, 2, 0, 0, 0))
        + trozo(b"IDAT", zlib.compress(renglones))
        + trozo(b"IEND", b"")
    )


def _mvt() -> bytes:
    """Un parque que llena la tesela."""
    parque = "POLYGON((0 0, 0 4096, 4096 4096, 4096 0, 0 0))"
    return mapbox_vector_tile.encode(
        [{"name": "parques", "features": [{"geometry": parque, "properties": {}}]}]
    )


CUERPOS = {"png": ("image/png", _png()), "mvt": ("application/vnd.mapbox-vector-tile", _mvt())}


class _Ajeno(BaseHTTPRequestHandler):
    """Un servidor de teselas de otro origen, con permiso para que otros las lean."""

    def do_GET(self) -> None:
        tipo, cuerpo = CUERPOS[self.path.rpartition(".")[2]]
        self.send_response(200)
        self.send_header("Content-Type", tipo)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(cuerpo)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def ajeno() -> Iterator[str]:
    servidor = ThreadingHTTPServer(("127.0.0.1", 0), _Ajeno)
    threading.Thread(target=servidor.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{servidor.server_port}"
    servidor.shutdown()
    servidor.server_close()


@contextmanager
def _sitio_con_base(sitio: Sitio, plantilla: str) -> Iterator[Sitio]:
    """El mismo sitio y los mismos datos, en otro proceso con la base encendida."""
    puerto = _puerto_libre()
    url = f"http://127.0.0.1:{puerto}"
    entorno = sitio.entorno | {"SIBIS_URL_PUBLICA": url, "SIBIS_MAPA_BASE": plantilla}
    orden = [sys.executable, "-m", "gunicorn", "sibis.wsgi:application", "--bind"]
    servidor = subprocess.Popen(
        [*orden, f"127.0.0.1:{puerto}", "--threads", "4", "--no-control-socket"],
        cwd=RAIZ,
        env=entorno,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _esperar(url)
        yield Sitio(url, sitio.cuentas, entorno)
    finally:
        servidor.terminate()
        servidor.wait(timeout=20)


@pytest.mark.parametrize("extension", ["png", "mvt"])
def test_la_base_de_fuera_se_pide_y_se_dibuja(
    navegador: Browser, sitio: Sitio, ajeno: str, extension: str
) -> None:
    with _sitio_con_base(sitio, f"{ajeno}/{{z}}/{{x}}/{{y}}.{extension}") as con_base:
        visita = abrir(navegador, con_base)
        if extension == "png":  # para poder leer sus píxeles; verla no lo necesita
            visita.pagina.add_init_script(
                "const antes = document.createElement.bind(document);"
                "document.createElement = (n, ...r) => { const nodo = antes(n, ...r);"
                "if (n === 'img') nodo.crossOrigin = 'anonymous'; return nodo; };"
            )
        pagina = visita.ir("/mapa/")
        pagina.wait_for_selector("#mapa.mapa-con-teselas[data-listo]")
        pagina.wait_for_function(UN_PIXEL_PINTADO)
        assert any(p.startswith(ajeno) and p.endswith(extension) for p in visita.pedidos)
        assert not visita.fallas  # una violación de la política es un error en la consola
        pagina.context.close()
