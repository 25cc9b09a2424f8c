"""Lo que detiene una pasada, dicho para una persona. Nunca con lo que traía el archivo."""

from __future__ import annotations

import errno

import duckdb
import psycopg
from django.db import DatabaseError
from django.utils.translation import gettext as _

from sibis.nucleo.errores import ErrorDeNegocio

_SIN_LUGAR = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# La base se fue, se está apagando o no tiene lugar para otra conexión: se vuelve a intentar.
_DE_CONEXION = ("08", "57P", "53300")
_DISCO_LLENO = "53100"
# Alguien la esperó de más, o se cruzaron dos: también se vuelve a intentar.
_DE_ESPERA = ("55P03", "57014", "40P01", "40001")


# Al confirmar lo que no cupo, DuckDB lo dice como falla de su transacción.
_DE_LUGAR = (
    duckdb.OutOfMemoryException,
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.FatalException,
)


class FallaDePasada(ErrorDeNegocio):
    """Queda en pausa, con esta oración; se reanuda cuando se arregle."""


class BaseNoDisponible(Exception):
    """La base no contesta. Lo hecho está a salvo y el reloj vuelve a tocar."""


def de_disco(error: OSError) -> FallaDePasada | None:
    if error.errno not in _SIN_LUGAR:
        return None
    return FallaDePasada(
        _(
            "No hay espacio en el disco para seguir. Lo hecho se conserva: avisa a quien opera el "
            "sistema y, cuando haya lugar, reanuda la carga."
        )
    )


def de_base(error: psycopg.Error | DatabaseError) -> Exception:
    """Qué hacer con lo que dijo la base. Su mensaje trae renglones del archivo: aquí se queda."""
    causa = error if isinstance(error, psycopg.Error) else error.__cause__
    codigo = getattr(causa, "sqlstate", None) or ""
    if codigo == _DISCO_LLENO:
        return FallaDePasada(
            _(
                "La base de datos se quedó sin espacio. Lo hecho se conserva: avisa a quien opera el "
                "sistema y, cuando haya lugar, reanuda la carga."
            )
        )
    if not codigo or codigo.startswith((*_DE_CONEXION, *_DE_ESPERA)):
        return BaseNoDisponible(codigo)
    return FallaDePasada(
        _(
            "La base de datos no admitió lo revisado (%(codigo)s). Nada entró al padrón. Avisa a quien "
            "opera el sistema con ese código y el folio de la carga."
        )
        % {"codigo": codigo}
    )


def del_motor(error: duckdb.Error) -> FallaDePasada:
    """Sin lugar o sin memoria se puede reanudar; lo demás es del sistema, no del archivo."""
    if isinstance(error, _DE_LUGAR):
        return FallaDePasada(
            _(
                "No alcanzó la memoria o el disco para revisar el archivo. Lo hecho se conserva: avisa "
                "a quien opera el sistema y reanuda la carga."
            )
        )
    return FallaDePasada(
        _(
            "El sistema falló al revisar el archivo (%(clase)s). Nada entró al padrón. Avisa a quien "
            "opera el sistema con el folio de la carga."
        )
        % {"clase": type(error).__name__}
    )
