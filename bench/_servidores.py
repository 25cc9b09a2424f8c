"""Lo que bench/paginas.py enciende y apaga: gunicorn, nginx con la configuración de despliegue, y wrk."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.marco import RAIZ, Medida, percentil

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
_TICS = os.sysconf("SC_CLK_TCK")
_REPORTE = """
done = function(resumen, latencia, _)
  io.write(string.format("DATOS %d %d %d %f %f %f\\n", resumen.requests,
    resumen.errors.status + resumen.errors.connect + resumen.errors.read + resumen.errors.timeout,
    resumen.duration, latencia:percentile(50), latencia:percentile(95), latencia.max))
end
"""


def puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


def _esperar(url: str) -> None:
    for _intento in range(150):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} no contestó en medio minuto.")


@contextmanager
def gunicorn(aplicacion: str, carpeta: Path, **ajustes: str) -> Iterator[tuple[str, int]]:
    """Como en la imagen: dos procesos de cuatro hilos. Entrega (url, pid)."""
    puerto = puerto_libre()
    with (carpeta / f"gunicorn-{puerto}.log").open("w") as registro:
        proceso = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", aplicacion, "--bind", f"127.0.0.1:{puerto}"]
            + ["--config", str(RAIZ / "sibis" / "settings" / "servidor_web.py"), "--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
            + ["--keep-alive", "30", "--no-control-socket"],
            cwd=RAIZ, env=os.environ | ajustes, stdout=registro, stderr=registro,
        )  # fmt: skip
        try:
            _esperar(f"http://127.0.0.1:{puerto}/salud/")
            yield f"http://127.0.0.1:{puerto}", proceso.pid
        finally:
            proceso.terminate()
            proceso.wait(timeout=20)


def configuracion(original: str, *, carpeta: Path, aplicacion: str, puerto: int) -> str:
    """La de despliegue sin TLS ni límite por visitante, que aquí sería medir el límite."""
    texto = re.sub(r"^\s*(limit_req|ssl_|http2|user ).*\n", "", original, flags=re.M)
    texto = re.sub(
        r"    server \{\n\s+listen 8080 default_server;.*?\n    \}\n", "", texto, flags=re.S
    )
    texto = texto.replace("listen 8443 ssl default_server;", f"listen 127.0.0.1:{puerto};")
    texto = re.sub(r"server web:8000[^;]*", f"server {aplicacion}", texto)
    texto = texto.replace("X-Forwarded-Proto https", "X-Forwarded-Proto http")
    texto = re.sub(r"/(tmp|var/cache/nginx)/", f"{carpeta}/", texto)
    texto = re.sub(r"access_log /dev/stdout[^;]*", "access_log off", texto)
    return texto.replace("error_log /dev/stderr", f"error_log {carpeta}/nginx.log")


@contextmanager
def nginx(aplicacion: str, carpeta: Path) -> Iterator[tuple[str, int]]:
    puerto = puerto_libre()
    carpeta.chmod(0o755)  # como root, nginx atiende con otra cuenta
    original = (RAIZ / "despliegue" / "nginx.conf").read_text(encoding="utf-8")
    conf = carpeta / "nginx.conf"
    conf.write_text(
        configuracion(
            original, carpeta=carpeta, aplicacion=aplicacion.removeprefix("http://"), puerto=puerto
        )
    )
    proceso = subprocess.Popen([NGINX, "-c", str(conf), "-p", str(carpeta), "-g", "daemon off;"])
    try:
        _esperar(f"http://127.0.0.1:{puerto}/salud/")
        yield f"http://127.0.0.1:{puerto}", proceso.pid
    finally:
        proceso.terminate()
        proceso.wait(timeout=10)


def _procesos(padre: int) -> list[int]:
    hijos = Path(f"/proc/{padre}/task/{padre}/children").read_text().split()
    return [padre, *map(int, hijos)]


def _gasto(padre: int) -> tuple[float, float]:
    """(segundos de CPU hasta ahora, MB residentes) del proceso y sus hijos."""
    cpu, memoria = 0, 0
    for pid in _procesos(padre):
        campos = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        cpu += int(campos[11]) + int(campos[12])
        memoria += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return cpu / _TICS, memoria * os.sysconf("SC_PAGE_SIZE") / 2**20


def cargar(
    nombre: str, url: str, *, pid: int, a_la_vez: int, segundos: int, etiqueta: str = ""
) -> Medida:
    """Pide lo mismo sin parar, `a_la_vez`; antes, una vuelta corta sin contar."""
    correr = _con_wrk if shutil.which("wrk") else _con_hilos
    correr(url, a_la_vez, 1, etiqueta)
    antes, _ = _gasto(pid)
    veces, duracion, mediana, p95, peor = correr(url, a_la_vez, segundos, etiqueta)
    despues, memoria = _gasto(pid)
    return Medida(
        nombre=nombre,
        veces=veces,
        mediana_ms=round(mediana, 3),
        p95_ms=round(p95, 3),
        peor_ms=round(peor, 3),
        por_segundo=round(veces / duracion, 1),
        cpu_ms=round((despues - antes) * 1000 / veces, 3),
        memoria_mb=round(memoria, 1),
    )


Carga = tuple[int, float, float, float, float]


def _con_wrk(url: str, a_la_vez: int, segundos: int, etiqueta: str) -> Carga:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as guion:
        guion.write(_REPORTE)
        guion.flush()
        orden = ["wrk", "-t1", f"-c{a_la_vez}", f"-d{segundos}s", "-s", guion.name]
        orden += ["-H", f"If-None-Match: {etiqueta}"] if etiqueta else []
        salida = subprocess.run([*orden, url], capture_output=True, text=True, check=True).stdout
    datos = next(r for r in salida.splitlines() if r.startswith("DATOS")).split()[1:]
    veces, errores, duracion, *tiempos = (float(d) for d in datos)
    if errores:
        raise RuntimeError(f"{url}: {errores:.0f} de {veces:.0f} respuestas fallaron.")
    mediana, p95, peor = (t / 1000 for t in tiempos)
    return int(veces), duracion / 1e6, mediana, p95, peor


def _con_hilos(url: str, a_la_vez: int, segundos: int, etiqueta: str) -> Carga:
    """Sin wrk: el cliente es Python y compite por el procesador; sirve para comparar, no para presumir."""
    tiempos: list[float] = []
    fin = time.perf_counter() + segundos
    hilos = [
        threading.Thread(target=_pedir_hasta, args=(url, fin, etiqueta, tiempos))
        for _hilo in range(a_la_vez)
    ]
    inicio = time.perf_counter()
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    if not tiempos:
        raise RuntimeError(f"{url} no contestó nada.")
    total = time.perf_counter() - inicio
    return len(tiempos), total, percentil(tiempos, 50), percentil(tiempos, 95), max(tiempos)


def _pedir_hasta(url: str, fin: float, etiqueta: str, tiempos: list[float]) -> None:
    anfitrion, _, ruta = url.removeprefix("http://").partition("/")
    conexion = HTTPConnection(anfitrion, timeout=10)
    while time.perf_counter() < fin:
        antes = time.perf_counter()
        conexion.request("GET", f"/{ruta}", headers={"If-None-Match": etiqueta} if etiqueta else {})
        respuesta = conexion.getresponse()
        respuesta.read()
        if respuesta.status >= 400:
            raise RuntimeError(f"{url} contestó {respuesta.status}.")
        tiempos.append((time.perf_counter() - antes) * 1000)
