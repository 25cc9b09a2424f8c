"""bin/bench busqueda [N]: la búsqueda con facetas, junto a SQLite FTS5 con los mismos textos y facetas.

Siembra reglas inventadas hasta N (5,000 si no se dice) y mide, con las búsquedas reales de
tests/datos/busquedas.csv: la consulta a la base, la búsqueda entera (leer lo tecleado, buscar,
filtrar, ordenar y contar 8 facetas), el par, la página completa en el servidor, con 1,000 reglas y
con N, y qué parte de los dedazos vuelve a la palabra que se quiso.
"""

from __future__ import annotations

import csv
import os
import random
import sqlite3
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sibis.settings.local")
os.environ.setdefault("SIBIS_DEPURAR", "0")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench import _erratas, marco  # noqa: E402
from programas import proyeccion  # noqa: E402
from programas.consultas import busqueda  # noqa: E402
from programas.consultas.filtros import FACETAS, POR_PAGINA, Filtros, opciones  # noqa: E402
from programas.consultas.interpretacion import RELLENO, interpretar, lexico  # noqa: E402
from programas.consultas.sugerencias import sugerir  # noqa: E402
from programas.models import (  # noqa: E402
    Apoyo,
    DerechoSocial,
    FichaPublica,
    GrupoPrioritario,
    Programa,
    ReglaOperacion,
    TipoDeApoyo,
)
from sibis.cuentas.models import Dependencia  # noqa: E402
from sibis.nucleo.normalizacion import clave_comparable  # noqa: E402

RAIZ = Path(settings.RAIZ)
VUELTAS = 200
REGLAS_DE_LA_PAGINA = 1_000
SEMILLA = 20261122
# Las mismas ocho de la página: columna de la ficha, y si es una lista.
FACETAS_DEL_PAR = ("tipo", "dependencia", "ejercicio", "estado")
LISTAS_DEL_PAR = ("derechos", "grupos", "apoyos", "alcaldias")


def sembrar(tamano: int) -> None:
    """Completa el catálogo real con programas inventados hasta `tamano` reglas publicadas."""
    if not Programa.objects.exists():
        try:
            call_command("cargar_catalogos", verbosity=0)
        except SystemExit as fin:
            if fin.code:
                raise
    faltan = tamano - ReglaOperacion.objects.publicadas().count()
    if faltan > 0:
        with transaction.atomic():
            _inventar(faltan)
    if FichaPublica.objects.count() < tamano:
        proyeccion.proyectar()
    with connection.cursor() as cursor:
        # Lo que en la vida hace solo el autovacuum, y aquí no alcanza a llegar.
        cursor.execute("VACUUM (ANALYZE) programas_fichapublica")


def _inventar(faltan: int) -> None:
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


def consultas() -> list[str]:
    with (RAIZ / "tests" / "datos" / "busquedas.csv").open(encoding="utf-8") as archivo:
        textos = [fila["consulta"] for fila in csv.DictReader(archivo)]
    return [textos[i % len(textos)] for i in range(VUELTAS)]


def par_sqlite() -> sqlite3.Connection:
    """Los mismos textos en FTS5 y las mismas ocho facetas, cada lista en su tabla con índice."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE f USING fts5(a, b, c, d, tokenize='unicode61')")
    base.execute(
        "CREATE TABLE ficha (id INTEGER PRIMARY KEY, tipo, dependencia, ejercicio, estado)"
    )
    for lista in LISTAS_DEL_PAR:
        base.execute(f"CREATE TABLE {lista} (id INTEGER, valor TEXT)")
    todo = opciones()
    for regla in proyeccion._publicadas():
        textos = proyeccion._textos(regla)
        base.execute(
            "INSERT INTO f (rowid, a, b, c, d) VALUES (?, ?, ?, ?, ?)",
            (regla.pk, *(clave_comparable(textos[n]) for n in "abcd")),
        )
        estado = todo.indice.ventana((regla.programa_id, regla.ejercicio), todo.momento.ahora)
        base.execute(
            "INSERT INTO ficha VALUES (?, ?, ?, ?, ?)",
            (
                regla.pk,
                regla.programa.tipo,
                regla.dependencia.clave,
                regla.ejercicio,
                estado.estado,
            ),
        )
    for ficha in FichaPublica.objects.values("regla_id", *LISTAS_DEL_PAR):
        for lista in LISTAS_DEL_PAR:
            base.executemany(
                f"INSERT INTO {lista} VALUES (?, ?)",
                [(ficha["regla_id"], valor) for valor in ficha[lista]],
            )
    for lista in LISTAS_DEL_PAR:
        base.execute(f"CREATE INDEX i_{lista} ON {lista} (id)")
    return base


def buscar_sqlite(base: sqlite3.Connection, texto: str) -> None:
    """La misma pregunta: todas las palabras y, si nada las tiene, alguna; los 25 mejores, cuántos
    son y ocho facetas sobre lo que casó una vez. Como la nuestra, sin las palabras de relleno.
    """
    palabras = [p for p in clave_comparable(texto).split() if p not in RELLENO] or ["apoyo"]
    for union in (" AND ", " OR "):
        consulta = union.join(f'"{p}"' for p in palabras)
        base.execute("DELETE FROM temp.casan")
        base.execute("INSERT INTO temp.casan SELECT rowid FROM f WHERE f MATCH ?", (consulta,))
        if base.execute("SELECT 1 FROM temp.casan LIMIT 1").fetchone():
            break
    base.execute(
        "SELECT rowid FROM f WHERE f MATCH ? ORDER BY bm25(f, 10, 5, 1.5, 0.5) LIMIT ?",
        (consulta, POR_PAGINA),
    ).fetchall()
    base.execute("SELECT count(*) FROM temp.casan").fetchone()
    for columna in FACETAS_DEL_PAR:
        base.execute(
            f"SELECT {columna}, count(*) FROM temp.casan JOIN ficha USING (id) GROUP BY 1"
        ).fetchall()
    for lista in LISTAS_DEL_PAR:
        base.execute(
            f"SELECT valor, count(*) FROM temp.casan JOIN {lista} USING (id) GROUP BY 1"
        ).fetchall()


def solo_sql(texto: str) -> None:
    """Lo que se le pide a PostgreSQL en una búsqueda, ya leído lo tecleado."""
    busqueda._buscar_texto(LEIDAS[texto], opciones().indice)


LEIDAS = {}


def _pagina(cliente: Client, tamano: int, textos: list[str]) -> marco.Medida:
    sembrar(tamano)
    for texto in dict.fromkeys(textos):
        cliente.get("/programas/", {"q": texto})
    return marco.medir(
        f"página completa, {tamano} reglas",
        [lambda t=t: cliente.get("/programas/", {"q": t}) for t in textos],
    )


def _erratas_en_palabras() -> dict[str, str]:
    return {
        f"dedazos, {clase}": f"{c.tasa:.1%} la palabra, {c.tasa_por_raiz:.1%} su raíz "
        f"(de {c.medidas}; {c.otra_palabra} ya eran otra palabra)"
        for clase, c in _erratas.medir(lexico()).items()
    }


def medir(tamano: int) -> None:
    textos, cliente = consultas(), Client(headers={"host": "127.0.0.1"})
    paginas = [_pagina(cliente, min(REGLAS_DE_LA_PAGINA, tamano), textos)]
    erratas = _erratas_en_palabras()
    sembrar(tamano)
    base = par_sqlite()
    base.execute("CREATE TEMP TABLE casan (id INTEGER PRIMARY KEY)")
    antes = time.perf_counter()
    actual = opciones()
    cargar_ms = (time.perf_counter() - antes) * 1000
    LEIDAS.update({t: interpretar(t, lexico()) for t in textos})
    nuestra = marco.medir(
        f"búsqueda con {len(FACETAS)} facetas",
        [lambda t=t: busqueda.buscar(Filtros(q=t)) for t in textos],
    )
    par = marco.medir(
        f"SQLite FTS5 con {len(FACETAS)} facetas",
        [lambda t=t: buscar_sqlite(base, t) for t in textos],
    )
    medidas = [
        marco.medir("  de ella, solo SQL", [lambda t=t: solo_sql(t) for t in textos]),
        nuestra,
        par,
        marco.medir("sin texto, con facetas", [lambda: busqueda.buscar(Filtros())] * VUELTAS),
        marco.medir("sugerencias", [lambda t=t: sugerir(t[: 4 + len(t) % 9]) for t in textos]),
        *paginas,
    ]
    if tamano > REGLAS_DE_LA_PAGINA:
        medidas.append(_pagina(cliente, tamano, textos))
    notas = {
        "reglas": len(actual.indice.reglas),
        "consultas": VUELTAS,
        "p95 entre el de SQLite": round(nuestra.p95_ms / par.p95_ms, 2),
        "cargar el índice de un proceso, ms": round(cargar_ms, 1),
        **erratas,
    }
    marco.informar("busqueda", medidas, notas=notas)


if __name__ == "__main__":
    medir(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
