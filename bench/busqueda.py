"""bin/bench busqueda: la búsqueda con facetas, junto a SQLite FTS5 con los mismos textos.

Siembra reglas inventadas hasta el tamaño pedido (500 si no se dice) y mide, con las búsquedas
reales de tests/datos/busquedas.csv: el SQL, la página completa en el servidor y el par.
"""

from __future__ import annotations

import csv
import os
import random
import sqlite3
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sibis.settings.local")
os.environ.setdefault("SIBIS_DEPURAR", "0")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from bench import marco  # noqa: E402
from programas import proyeccion  # noqa: E402
from programas.consultas.busqueda import buscar  # noqa: E402
from programas.consultas.filtros import Filtros  # noqa: E402
from programas.consultas.interpretacion import interpretar  # noqa: E402
from programas.models import (  # noqa: E402
    Apoyo,
    DerechoSocial,
    GrupoPrioritario,
    Programa,
    ReglaOperacion,
    TipoDeApoyo,
)
from sibis.cuentas.models import Dependencia  # noqa: E402
from sibis.nucleo.normalizacion import clave_comparable  # noqa: E402

RAIZ = Path(settings.RAIZ)
VUELTAS = 200
SEMILLA = 20261122


def sembrar(tamano: int) -> None:
    """Completa el catálogo real con programas inventados hasta `tamano` reglas publicadas."""
    if not Programa.objects.exists():
        try:
            call_command("cargar_catalogos", verbosity=0)
        except SystemExit as fin:
            if fin.code:
                raise
    faltan = tamano - ReglaOperacion.objects.publicadas().count()
    if faltan <= 0:
        return
    azar = random.Random(SEMILLA)
    modelos = list(
        ReglaOperacion.objects.publicadas().exclude(programa__clave__startswith="banco-")
    )
    dependencias = list(Dependencia.objects.all())
    derechos, grupos = list(DerechoSocial.objects.all()), list(GrupoPrioritario.objects.all())
    tipos = list(TipoDeApoyo.objects.all())
    ya = Programa.objects.filter(clave__startswith="banco-").count()
    for i in range(ya, ya + faltan):
        uno, otro = azar.sample(modelos, 2)
        nombre = f"{uno.nombre} {otro.nombre.split()[-1]} {i}"
        programa = Programa.objects.create(
            clave=f"banco-{i}", slug=f"banco-{i}", nombre=nombre, tipo="programa",
            dependencia=azar.choice(dependencias),
        )  # fmt: skip
        regla = ReglaOperacion.objects.create(
            programa=programa, ejercicio=azar.randint(2018, 2025), nombre=nombre,
            dependencia=programa.dependencia, resumen=uno.resumen, a_quien=otro.a_quien,
            origen="catalogo",
        )  # fmt: skip
        regla.derechos.set(azar.sample(derechos, 2))
        regla.grupos.set(azar.sample(grupos, 2))
        Apoyo.objects.create(
            regla=regla, tipo=azar.choice(tipos), monto_minimo=azar.randint(500, 9000)
        )
        ReglaOperacion.objects.filter(pk=regla.pk).update(estado="publicado")
    proyeccion.proyectar()


def consultas() -> list[str]:
    with (RAIZ / "tests" / "datos" / "busquedas.csv").open(encoding="utf-8") as archivo:
        textos = [fila["consulta"] for fila in csv.DictReader(archivo)]
    return [textos[i % len(textos)] for i in range(VUELTAS)]


def par_sqlite() -> sqlite3.Connection:
    """Los mismos textos en FTS5, con las mismas columnas para contar."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE f USING fts5(nombre, resumen, tipo UNINDEXED, quien UNINDEXED)"
    )
    base.executemany(
        "INSERT INTO f VALUES (?, ?, ?, ?)",
        ReglaOperacion.objects.publicadas().values_list(
            "nombre", "resumen", "programa__tipo", "dependencia__clave"
        ),
    )
    return base


def buscar_sqlite(base: sqlite3.Connection, texto: str) -> None:
    palabras = " OR ".join(f'"{p}"' for p in clave_comparable(texto).split())
    base.execute(
        "SELECT rowid FROM f WHERE f MATCH ? ORDER BY rank LIMIT 25", (palabras,)
    ).fetchall()
    for columna in ("tipo", "quien"):
        base.execute(
            f"SELECT {columna}, count(*) FROM f WHERE f MATCH ? GROUP BY 1", (palabras,)
        ).fetchall()


def medir(tamano: int) -> None:
    sembrar(tamano)
    textos, base = consultas(), par_sqlite()
    cliente = Client(headers={"host": "127.0.0.1"})
    interpretar("beca")  # el léxico se arma una vez por proceso, no por consulta
    cliente.get("/programas/?q=beca")
    marco.informar(
        "busqueda",
        [
            marco.medir("SQL con 8 facetas", [lambda t=t: buscar(Filtros(q=t)) for t in textos]),
            marco.medir(
                "SQLite FTS5 con 2 facetas", [lambda t=t: buscar_sqlite(base, t) for t in textos]
            ),
            marco.medir(
                "página completa",
                [lambda t=t: cliente.get("/programas/", {"q": t}) for t in textos],
            ),
        ],
        notas={"reglas": tamano, "consultas": VUELTAS},
    )


if __name__ == "__main__":
    medir(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
