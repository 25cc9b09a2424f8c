"""Imprime qué base es y qué migraciones tiene aplicadas; sale con 1 si aún no tiene, con 3 si no contesta.

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
        conexion = psycopg.connect(url(), connect_timeout=5)
    except (psycopg.Error, OSError, KeyError, ValueError) as error:
        print(str(error).strip().splitlines()[0], file=sys.stderr)
        sys.exit(3)
    try:
        with conexion:
            partes = [
                conexion.execute(sql).fetchone() for sql in (_IDENTIDAD, _SISTEMA, _APLICADAS)
            ]
    except psycopg.Error:
        sys.exit(1)
    print("/".join(str(dato) for parte in partes for dato in parte).replace(" ", "T"))


if __name__ == "__main__":
    main()
