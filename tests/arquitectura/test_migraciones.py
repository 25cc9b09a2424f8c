"""Migraciones con nombre, en fila y con vuelta atrás."""

from __future__ import annotations

import re

import pytest
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

NUESTRAS = (
    "programas",
    "cuentas",
    "territorio",
    "bitacora",
    "padron",
    "presupuesto",
    "reportes",
    "ciudadania",
    "archivos",
    "avisos",
    "calendario",
    "agenda",
    "mensajes",
    "expedientes",
    "revision",
)
CARGADAS = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
PROPIAS = sorted(llave for llave in CARGADAS if llave[0] in NUESTRAS)


def test_hay_migraciones_que_revisar():
    assert {app for app, _ in PROPIAS} >= {"programas", "cuentas", "territorio", "bitacora"}


@pytest.mark.parametrize(("app", "nombre"), PROPIAS)
def test_se_llama_por_lo_que_hace(app, nombre):
    assert re.fullmatch(r"\d{4}_[a-z0-9_]+", nombre)
    assert not re.search(r"_auto_|_initial$|_alter_|_and_more|_remove_\w+_add", nombre)


@pytest.mark.parametrize("app", sorted({app for app, _ in PROPIAS}))
def test_van_en_fila_y_sin_huecos(app):
    numeros = [int(nombre[:4]) for suya, nombre in PROPIAS if suya == app]
    assert numeros == list(range(1, len(numeros) + 1))


@pytest.mark.parametrize(("app", "nombre"), PROPIAS)
def test_se_puede_deshacer(app, nombre):
    for operacion in CARGADAS[app, nombre].operations:
        assert operacion.reversible, operacion.describe()


@pytest.mark.parametrize(("app", "nombre"), PROPIAS)
def test_los_datos_van_aparte_de_las_tablas(app, nombre):
    """Mezclados, PostgreSQL se niega a media migración o deja candados de más."""
    operaciones = CARGADAS[app, nombre].operations
    de_datos = [o for o in operaciones if isinstance(o, migrations.RunPython)]
    assert not de_datos or len(de_datos) == len(operaciones)
    assert all(o.elidable for o in de_datos)
