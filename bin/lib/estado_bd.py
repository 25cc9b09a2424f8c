"""Imprime qué base es y qué migraciones tiene aplicadas; nada si no se puede saber.

Sirve para saltarse `migrate` con seguridad. Usa psycopg, que arranca en décimas; Django, en segundos.
"""

# ruff: noqa: T201  (su salida es para bash)

import os
import sys
from pathlib import Path

import psycopg

_IDENTIDAD = "SELECT oid FROM pg_database WHERE datname = current_database()"
_SISTEMA = "SELECT system_identifier FROM pg_control_system()"
_APLICADAS = "SELECT count(*), max(id), max(applied) FROM django_migrations"


def url() -> str:
    archivo = os.environ.get("DATABASE_URL_FILE")
    valor = (
        Path(archivo).read_text(encoding="utf-8").strip() if archivo else os.environ["DATABASE_URL"]
    )
    return "postgresql" + valor[valor.index("://") :]


def main() -> None:
    try:
        with psycopg.connect(url(), connect_timeout=5) as conexion:
            partes = [
                conexion.execute(sql).fetchone() for sql in (_IDENTIDAD, _SISTEMA, _APLICADAS)
            ]
    except (psycopg.Error, OSError, KeyError, ValueError):
        sys.exit(1)
    print("/".join(str(dato) for parte in partes for dato in parte).replace(" ", "T"))


if __name__ == "__main__":
    main()
