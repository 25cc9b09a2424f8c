"""La página de este equipo: un servidor que solo oye aquí, con una llave que se sortea cada vez.

Otra página abierta en el navegador no puede usarlo: no sabe la llave, que va en la dirección; el nombre
del anfitrión y el origen se comprueban (un dominio ajeno que apunte aquí no entra), y nada se comparte
entre orígenes.
"""

from __future__ import annotations

import hmac
import secrets
import shutil
import signal
import sys
import time
import webbrowser
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

from padron.viajero import pantallas
from padron.viajero.documento import POLITICA
from padron.viajero.mesa import Mesa
from padron.viajero.revision import Viajero
from sibis.nucleo.errores import ErrorDeNegocio

AQUI = "127.0.0.1"
SEGUNDOS_SIN_USO = 2 * 3600
LARGO_DE_FORMULARIO = 4096
_CABECERAS = {
    "Content-Security-Policy": f"{POLITICA}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def servir(viajero: Viajero, *, abrir: bool = True) -> int:
    """Hasta que la persona termina, cierra la ventana de la terminal o pasan dos horas sin usarse."""
    mesa = Mesa(viajero)
    for nombre in ("SIGTERM", "SIGHUP"):  # cerrar la ventana de la terminal también es terminar
        if hasattr(signal, nombre):
            signal.signal(getattr(signal, nombre), signal.default_int_handler)
    try:
        with Servidor(mesa) as servidor:
            sys.stdout.write(
                f"Validador de «{viajero.de_que}». Se abre en el navegador de este equipo:\n"
                f"  {servidor.direccion}\nPara terminar: el botón de la página, o Ctrl+C aquí.\n"
            )
            sys.stdout.flush()
            if abrir:
                webbrowser.open(servidor.direccion)
            servidor.atender()
    except KeyboardInterrupt:
        pass
    finally:
        mesa.levantar()
    return 0


class Servidor(ThreadingHTTPServer):
    daemon_threads = True
    timeout = 1

    def __init__(self, mesa: Mesa) -> None:
        super().__init__((AQUI, 0), Atencion)
        self.mesa = mesa
        self.llave = secrets.token_urlsafe(32)
        self.ultima = time.monotonic()
        self.terminado = False

    @property
    def puerto(self) -> int:
        return int(self.server_address[1])

    @property
    def direccion(self) -> str:
        return f"http://{AQUI}:{self.puerto}/{self.llave}/"

    def atender(self) -> None:
        while not self.terminado and time.monotonic() - self.ultima < SEGUNDOS_SIN_USO:
            self.handle_request()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """El navegador que se va a media respuesta no es un error que contar."""


class Atencion(BaseHTTPRequestHandler):
    server: Servidor
    server_version, sys_version = "validador", ""
    timeout = 60

    def log_message(self, format: str, *args: Any) -> None:
        """Nada se registra: la dirección lleva la llave."""

    def do_GET(self) -> None:
        ruta = self._ruta()
        if ruta is None:
            return
        mesa = self.server.mesa
        if ruta == "":
            self._pagina(pantallas.inicio(mesa.viajero))
        elif ruta == "resultado" and mesa.revisado is not None:
            self._pagina(pantallas.resultado(mesa.viajero, mesa.revisado))
        elif ruta == "resultado":
            self._a("./")
        elif (hecha := mesa.descarga(ruta)) is not None:
            self._archivo(*hecha)
        else:
            self._negar(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        ruta = self._ruta()
        if ruta is None:
            return
        origen = self.headers.get("Origin")
        if origen is not None and origen != f"http://{self.headers['Host']}":
            self._negar(HTTPStatus.FORBIDDEN)
            return
        hacer = {"revisar": self._revisar, "hoja": self._hoja, "terminar": self._terminar}.get(ruta)
        if hacer is None:
            self._negar(HTTPStatus.NOT_FOUND)
            return
        try:
            hacer()
        except ErrorDeNegocio as error:
            self._problema(error.mensaje)
        except OSError:
            self._problema(
                "No queda espacio en disco, o no se puede escribir en la carpeta temporal. Libera "
                "espacio y vuelve a intentar."
            )

    def _ruta(self) -> str | None:
        """Lo que va después de la llave. A quien no la trae se le contesta que no hay nada."""
        anfitriones = {f"{AQUI}:{self.server.puerto}", f"localhost:{self.server.puerto}"}
        partes = self.path.split("?")[0].split("/", 2)
        llave = partes[1] if len(partes) > 2 else ""
        if self.headers.get("Host") not in anfitriones or not hmac.compare_digest(
            llave.encode(), self.server.llave.encode()
        ):
            self._negar(HTTPStatus.NOT_FOUND)
            return None
        self.server.ultima = time.monotonic()
        return partes[2]

    def _largo(self) -> int:
        """Sin tamaño dicho no se lee nada."""
        dicho = self.headers.get("Content-Length", "")
        return int(dicho) if dicho.isdecimal() and len(dicho) < 16 else 0

    def _revisar(self) -> None:
        tipo = self.headers.get("Content-Type", "")
        self.server.mesa.recibir_y_revisar(self.rfile, tipo=tipo, largo=self._largo())
        self._a("resultado")

    def _hoja(self) -> None:
        largo = self._largo()
        if largo > LARGO_DE_FORMULARIO:
            self._negar(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        dicho = parse_qs(self.rfile.read(largo).decode("utf-8", "replace"))
        self.server.mesa.otra_hoja(dicho.get("hoja", [""])[0])
        self._a("resultado")

    def _terminar(self) -> None:
        self._pagina(pantallas.adios(self.server.mesa.viajero))
        self.server.terminado = True

    def _problema(self, mensaje: str) -> None:
        """Lo que no se alcanzó a leer de la petición se tira con la conexión."""
        self.close_connection = True
        self._pagina(
            pantallas.inicio(self.server.mesa.viajero, problema=mensaje),
            estado=HTTPStatus.UNPROCESSABLE_ENTITY,
        )

    def _a(self, ruta: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", ruta)
        self._cabeceras("text/plain", 0)

    def _negar(self, estado: HTTPStatus) -> None:
        self.close_connection = True
        self.send_response(estado)
        self._cabeceras("text/plain; charset=utf-8", 0)

    def _pagina(self, html: str, *, estado: HTTPStatus = HTTPStatus.OK) -> None:
        cuerpo = html.encode()
        self.send_response(estado)
        self._cabeceras("text/html; charset=utf-8", len(cuerpo))
        self.wfile.write(cuerpo)

    def _archivo(self, ruta: Path, tipo: str, nombre: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(nombre)}")
        with ruta.open("rb") as archivo:
            self._cabeceras(tipo, ruta.stat().st_size)
            shutil.copyfileobj(archivo, self.wfile)

    def _cabeceras(self, tipo: str, largo: int) -> None:
        self.send_header("Content-Type", tipo)
        self.send_header("Content-Length", str(largo))
        for nombre, valor in _CABECERAS.items():
            self.send_header(nombre, valor)
        self.end_headers()
