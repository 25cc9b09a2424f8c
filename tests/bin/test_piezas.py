"""Las piezas pequeñas de bin/lib, cada una por su cuenta."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyotp
import pytest

RAIZ = Path(__file__).resolve().parents[2]
LIB = RAIZ / "bin" / "lib"


def python(guion: str, *argumentos: str, **entorno: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(LIB / guion), *argumentos],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | entorno,
    )


def bash(orden: str, var: Path, **entorno: str) -> subprocess.CompletedProcess[str]:
    """Corre `orden` con todas las piezas cargadas y el estado en `var`."""
    return subprocess.run(
        ["bash", "-c", f'set -euo pipefail; . "{LIB}/preparar.sh"; {orden}'],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"SIBIS_VAR": str(var)} | entorno,
    )


@pytest.fixture
def puerto_ocupado() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        enchufe.listen()
        yield enchufe.getsockname()[1]


def test_puerto_pedido_y_ocupado_dice_quien(puerto_ocupado: int) -> None:
    resultado = python("puerto.py", str(puerto_ocupado))
    assert resultado.returncode == 1
    assert resultado.stdout == ""
    assert f"proceso {os.getpid()}" in resultado.stderr


def test_puerto_sin_pedir_da_uno_libre() -> None:
    resultado = python("puerto.py")
    assert resultado.returncode == 0
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", int(resultado.stdout)))


def test_salud_pregunta_en_nombre_del_anfitrion_publico() -> None:
    anfitriones: list[str | None] = []

    class Contesta(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            anfitriones.append(self.headers["Host"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    servidor = HTTPServer(("127.0.0.1", 0), Contesta)
    threading.Thread(target=servidor.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{servidor.server_port}/salud/"
        assert python("salud.py", url, "5", "https://sibis.example").returncode == 0
    finally:
        servidor.shutdown()
        servidor.server_close()
    assert anfitriones == ["sibis.example"]


def test_salud_se_cansa(puerto_ocupado: int) -> None:
    with socket.socket() as cerrado:
        cerrado.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{cerrado.getsockname()[1]}/"
        assert python("salud.py", url, "0.2").returncode == 1


def test_cuentas_demo_anota_la_direccion_y_cuida_el_modo(tmp_path: Path) -> None:
    archivo = tmp_path / "demo.json"
    cuenta = {"usuario": "enlace", "clave": "c", "totp": "T", "rol": "Enlace", "dependencia": "X"}
    archivo.write_text(json.dumps({"url": "http://viejo", "usuarios": [cuenta], "ciudadanas": []}))
    archivo.chmod(0o600)
    resultado = python("cuentas_demo.py", str(archivo), "--url", "http://127.0.0.1:8001")
    assert resultado.returncode == 0, resultado.stderr
    assert "enlace" in resultado.stdout
    datos = json.loads(archivo.read_text())
    assert datos["url"] == "http://127.0.0.1:8001"
    assert datos["usuarios"] == [cuenta]
    assert stat.S_IMODE(archivo.stat().st_mode) == 0o600


def test_codigo_de_demostracion_es_el_de_cualquier_aplicacion(tmp_path: Path) -> None:
    llave = pyotp.random_base32()
    archivo = tmp_path / "demo.json"
    archivo.write_text(json.dumps({"usuarios": [{"usuario": "enlace", "totp": llave}]}))
    antes = pyotp.TOTP(llave).now()
    resultado = python("cuentas_demo.py", str(archivo), "--codigo", "enlace")
    assert resultado.stdout.strip() in {antes, pyotp.TOTP(llave).now()}
    assert python("cuentas_demo.py", str(archivo), "--codigo", "nadie").returncode == 2


def test_estado_de_una_base_inalcanzable_no_dice_nada() -> None:
    resultado = python(
        "estado_bd.py", DATABASE_URL="postgresql://x@127.0.0.1:1/x", DATABASE_URL_FILE=""
    )
    assert resultado.returncode == 3
    assert resultado.stdout == ""
    assert "Traceback" not in resultado.stderr


def test_paso_que_falla_dice_que_paso_que_se_conservo_y_que_hacer(tmp_path: Path) -> None:
    resultado = bash(
        'usar_var "$VAR"; paso "Hago algo" "haz esto otro." bash -c "echo por esto; exit 7"',
        tmp_path,
    )
    assert resultado.returncode == 7
    assert resultado.stdout == ""
    for parte in ("Hago algo", "por esto", "Se conservó", "haz esto otro."):
        assert parte in resultado.stderr


def test_paso_se_corta_con_una_senal_y_no_deja_huerfanos(tmp_path: Path) -> None:
    marca = tmp_path / "sigue"
    resultado = bash(
        f'usar_var "$VAR"; (sleep 0.5; kill -TERM $$) & paso "Largo" "" bash -c "sleep 3; touch {marca}"; echo no',
        tmp_path,
    )
    assert resultado.returncode == 143
    assert "interrumpido" in resultado.stderr
    assert "no" not in resultado.stdout
    assert not marca.exists()


def test_huella_cambia_con_el_contenido_y_con_el_nombre(tmp_path: Path) -> None:
    carpeta = tmp_path / "x"
    carpeta.mkdir()
    (carpeta / "a").write_text("1")

    def huella() -> str:
        return bash(f"huella_de {carpeta}", tmp_path).stdout

    primera = huella()
    assert primera == huella()
    (carpeta / "a").rename(carpeta / "b")
    segunda = huella()
    (carpeta / "b").write_text("2")
    assert len({primera, segunda, huella()}) == 3


def test_un_proceso_anotado_se_reconoce_y_otro_con_su_numero_no(tmp_path: Path) -> None:
    resultado = bash(
        """usar_var "$VAR"; sleep 60 & anotar_proceso uno $!
        proceso_vivo uno >/dev/null && echo vivo
        printf '%s 1\\n' $! >"$VAR/procesos/heredado"
        proceso_vivo heredado >/dev/null || echo ajeno
        detener_proceso heredado 1; kill -0 $! && echo intacto
        detener_proceso uno 5; kill -0 $! 2>/dev/null || echo detenido""",
        tmp_path,
    )
    assert resultado.stdout.split() == ["vivo", "ajeno", "intacto", "detenido"]


@pytest.mark.parametrize(
    ("ruta", "en_tmp"),
    [
        ("/srv/sibis/var", False),
        ("/srv/" + "largo/" * 20, True),
        ("/srv/mi carpeta/var", True),
        ("/srv/año/var", True),
    ],
)
def test_los_zocalos_caben_siempre(ruta: str, en_tmp: bool, tmp_path: Path) -> None:
    zocalos = bash(f'VAR="{ruta}"; carpeta_de_zocalos', tmp_path).stdout
    assert zocalos.startswith("/tmp/sibis-") is en_tmp
    assert len(f"{zocalos}/pg/.s.PGSQL.5432") < 108
    assert " " not in zocalos


def test_sin_apt_y_sin_programas_dice_que_instalar(tmp_path: Path) -> None:
    resultado = bash(
        "paquetes_faltantes() { echo postgresql-99-postgis-3; }; command() { return 1; }; asegurar_paquetes",
        tmp_path,
    )
    assert resultado.returncode == 1
    assert "postgresql-99-postgis-3" in resultado.stderr
    assert "DATABASE_URL" in resultado.stderr


def test_sin_root_ni_sudo_da_la_orden_exacta(tmp_path: Path) -> None:
    resultado = bash(
        "paquetes_faltantes() { echo redis-server; }; id() { echo 1000; }; sudo() { return 1; }; asegurar_paquetes",
        tmp_path,
    )
    assert resultado.returncode == 1
    assert "apt-get install -y --no-install-recommends redis-server" in resultado.stderr
