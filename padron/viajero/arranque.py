"""Lo primero que corre en el equipo de la dependencia: abrir lo que viaja y llamarlo. Solo biblioteca estándar.

Se copia como `__main__.py` del validador. La primera vez saca su contenido a una carpeta privada; cada vez
comprueba la huella de cada archivo, y si algo no es lo que se empacó lo vuelve a sacar.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import platform
import shutil
import stat
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

MINIMA = (3, 11)
NO_SE_PUDO = 2
_SISTEMAS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
_MAQUINAS = {"amd64": "x86_64", "x64": "x86_64", "aarch64": "arm64"}


def este_equipo() -> str:
    """«cp311-linux-x86_64»: de qué ruedas se puede servir este Python."""
    maquina = platform.machine().lower()
    maquina = _MAQUINAS.get(maquina, maquina) if sys.maxsize > 2**32 else "32 bits"
    sin_candado = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    version = f"cp{sys.version_info[0]}{sys.version_info[1]}{sin_candado}"
    return f"{version}-{_SISTEMAS.get(sys.platform, sys.platform)}-{maquina}"


def principal(argumentos: list[str]) -> int:
    for salida in (sys.stdout, sys.stderr):
        if hasattr(salida, "reconfigure"):
            salida.reconfigure(encoding="utf-8", errors="replace")
    if sys.version_info < MINIMA:
        return _decir(
            f"Este validador necesita Python {MINIMA[0]}.{MINIMA[1]} o más nuevo; este es {platform.python_version()}."
        )
    validador = Path(__file__).resolve().parent
    with zipfile.ZipFile(validador) as libro:
        manifiesto = json.loads(libro.read("manifiesto.json"))
        equipo = este_equipo()
        if equipo not in manifiesto["equipos"]:
            return _decir(_no_es_para(equipo, sorted(manifiesto["equipos"])))
        archivos = {
            ruta: (grupo, huella)
            for grupo in manifiesto["equipos"][equipo]
            for ruta, huella in manifiesto["grupos"][grupo].items()
        }
        carpeta, prestada = _abierto(libro, archivos, f"{manifiesto['huella'][:32]}-{equipo}")
    try:
        sys.path[:] = [str(carpeta), *(r for r in sys.path if r and Path(r) != validador)]
        return int(importlib.import_module(manifiesto["entrada"]).principal(argumentos))
    finally:
        if prestada:
            shutil.rmtree(carpeta, ignore_errors=True)


def _no_es_para(equipo: str, equipos: list[str]) -> str:
    return (
        f"Este validador se hizo para: {', '.join(map(_en_palabras, equipos))}.\n"
        f"Este equipo tiene {_en_palabras(equipo)}. Descarga el validador que le corresponde, o instala "
        "una de esas versiones de Python."
    )


def _en_palabras(equipo: str) -> str:
    version, sistema, maquina = equipo.split("-", 2)
    nombre = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}.get(sistema, sistema)
    return f"Python {version[2]}.{version[3:]} en {nombre} ({maquina})"


def _decir(mensaje: str) -> int:
    sys.stderr.write(f"{mensaje}\n")
    if len(sys.argv) < 2 and sys.platform == "win32" and sys.stdin is not None:
        input("Presiona Intro para cerrar.")  # abierto con doble clic, la ventana se iría
    return NO_SE_PUDO


def _abierto(
    libro: zipfile.ZipFile, archivos: dict[str, tuple[str, str]], nombre: str
) -> tuple[Path, bool]:
    """`archivos`: ruta → de qué grupo sale y su huella. La carpeta con todo en su sitio, y si es prestada: entonces se borra al terminar."""
    base = _carpeta_privada()
    if base is None:
        carpeta = Path(tempfile.mkdtemp(prefix="validador-codigo-"))
        _sacar(libro, archivos, carpeta)
        return carpeta, True
    carpeta = base / nombre
    if _esta_entero(carpeta, archivos):
        return carpeta, False
    nueva = Path(tempfile.mkdtemp(prefix="abriendo-", dir=base))
    _sacar(libro, archivos, nueva)
    shutil.rmtree(carpeta, ignore_errors=True)
    try:
        nueva.rename(carpeta)
    except OSError:  # otro validador la abrió a la vez: si está entera, se usa
        if not _esta_entero(carpeta, archivos):
            return nueva, True
        shutil.rmtree(nueva, ignore_errors=True)
    return carpeta, False


def _carpeta_privada() -> Path | None:
    """De esta persona y de nadie más; None si no se puede."""
    en_casa = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        donde = Path(os.environ.get("LOCALAPPDATA") or en_casa / "AppData" / "Local")
    elif sys.platform == "darwin":
        donde = en_casa / "Library" / "Caches"
    else:
        donde = Path(os.environ.get("XDG_CACHE_HOME") or en_casa / ".cache")
    carpeta = donde / "sibis-validador"
    try:
        carpeta.mkdir(mode=0o700, parents=True, exist_ok=True)
        dicho = carpeta.lstat()
        if not stat.S_ISDIR(dicho.st_mode) or (
            hasattr(os, "getuid") and dicho.st_uid != os.getuid()
        ):
            return None
        carpeta.chmod(0o700)
        tempfile.TemporaryFile(dir=carpeta).close()
    except (OSError, RuntimeError):
        return None
    return carpeta


def _sacar(libro: zipfile.ZipFile, archivos: dict[str, tuple[str, str]], carpeta: Path) -> None:
    for ruta, (grupo, huella) in archivos.items():
        contenido = libro.read(f"contenido/{grupo}/{ruta}")
        if hashlib.sha256(contenido).hexdigest() != huella:
            raise SystemExit("El validador está dañado. Descárgalo otra vez.")
        destino = carpeta / ruta
        destino.parent.mkdir(parents=True, exist_ok=True)
        destino.write_bytes(contenido)


def _esta_entero(carpeta: Path, archivos: dict[str, tuple[str, str]]) -> bool:
    """Cada archivo es el que se empacó, y no hay otro que se pueda importar."""
    hallados = {
        str(r.relative_to(carpeta).as_posix())
        for r in carpeta.rglob("*")
        if r.is_file() and r.parent.name != "__pycache__"
    }
    if hallados != set(archivos):
        return False
    return all(
        hashlib.sha256((carpeta / ruta).read_bytes()).hexdigest() == huella
        for ruta, (_grupo, huella) in archivos.items()
    )


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(principal(sys.argv[1:]))
