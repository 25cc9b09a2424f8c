"""Lectura del entorno: falla en voz alta y dice qué hacer.

Todo nombre puede venir también de un archivo (`NOMBRE_FILE=/run/secrets/…`), que es como
llegan los secretos en contenedores: así no aparecen en `docker inspect` ni en /proc.
"""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

_SI = {"1", "si", "sí", "true", "yes", "on"}
_NO = {"0", "no", "false", "off"}


def texto(nombre: str, omision: str | None = None) -> str:
    """Devuelve el valor de `nombre` (o el contenido de `nombre_FILE`)."""
    archivo = os.environ.get(f"{nombre}_FILE", "").strip()
    valor = _contenido(nombre, Path(archivo)) if archivo else os.environ.get(nombre, "").strip()
    if valor:
        return valor
    if omision is None:
        raise ImproperlyConfigured(
            f"Falta {nombre}. Dele valor en el entorno, o ponga en {nombre}_FILE "
            "la ruta de un archivo que lo contenga. La lista completa está en docs/operacion.md."
        )
    return omision


def _contenido(nombre: str, ruta: Path) -> str:
    try:
        return ruta.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{nombre}_FILE apunta a «{ruta}», que no se puede leer ({error.strerror}). "
            "Revise la ruta y que el usuario del proceso tenga permiso de lectura."
        ) from error


def booleano(nombre: str, omision: bool) -> bool:
    valor = texto(nombre, "").lower()
    if not valor:
        return omision
    if valor in _SI | _NO:
        return valor in _SI
    raise ImproperlyConfigured(f"{nombre} dice «{valor}»; se espera «si» o «no».")


def entero(nombre: str, omision: int) -> int:
    valor = texto(nombre, str(omision))
    try:
        return int(valor)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{nombre} dice «{valor}»; se espera un número entero."
        ) from error


def lista(nombre: str, omision: list[str] | None = None) -> list[str]:
    """Valores separados por comas."""
    partes = (parte.strip() for parte in texto(nombre, "").split(","))
    return [parte for parte in partes if parte] or list(omision or [])


def base_de_datos(nombre: str, omision: str | None = None) -> dict[str, Any]:
    """La base de `nombre`, siempre PostGIS.

    Un socket se escribe al modo de libpq (`postgresql://sibis@/sibis?host=/ruta`), porque
    como anfitrión de un URL la ruta pierde las mayúsculas.
    """
    url = texto(nombre, omision)
    configuracion = Env.db_url_config(url, engine="django.contrib.gis.db.backends.postgis")
    if not configuracion["NAME"]:
        raise ImproperlyConfigured(
            f"{nombre} no dice el nombre de la base. Se espera "
            "postgresql://usuario:clave@anfitrion:5432/base."
        )
    opciones = configuracion.setdefault("OPTIONS", {})
    configuracion["HOST"] = opciones.pop("host", configuracion["HOST"])
    configuracion["PORT"] = opciones.pop("port", configuracion["PORT"])
    return configuracion


def cola_de(url_redis: str) -> str:
    """El mismo Redis, como lo nombra Celery: para él un socket es `redis+socket://`."""
    if not url_redis.startswith("unix://"):
        return url_redis
    ruta, _, parametros = url_redis.removeprefix("unix://").partition("?")
    return f"redis+socket://{ruta}?{parametros.replace('db=', 'virtual_host=') or 'virtual_host=0'}"
