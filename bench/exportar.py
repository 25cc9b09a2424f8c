"""bin/bench exportar: el CSV de los datos abiertos, junto a COPY sin más y a las vías de Django.

Siembra una tabla inventada (un millón de renglones si no se dice) y descarga el mismo CSV por la vista
de verdad, por COPY leído y tirado (el límite), por `values_list().iterator()` y por instancias.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sibis.settings.local")
os.environ.setdefault("SIBIS_DEPURAR", "0")
django.setup()

from django.db import connection, models, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench import marco  # noqa: E402
from reportes.consultas.conjuntos import CONJUNTOS, Columna, Conjunto, Tipo  # noqa: E402

TABLA = "banco_exportar"
VUELTAS = 3
_SEMBRAR = f"""
    CREATE TABLE {TABLA} AS
    SELECT n AS id, 'programa-' || n %% 150 AS programa, 2018 + n %% 9 AS ejercicio,
        'Nombre inventado número ' || n AS nombre, 'Calle ' || n %% 997 || ', número ' || n %% 89 AS lugar,
        CASE WHEN n %% 50 = 0 THEN '=1+' || n ELSE 'texto ' || n %% 1000 END AS nota,
        '09' || lpad((2 + n %% 16)::text, 3, '0') AS alcaldia, n %% 7 AS entregas,
        (n %% 900000)::numeric / 100 AS monto, (n %% 700000)::numeric / 100 AS ejercido,
        DATE '2020-01-01' + (n %% 2000)::int AS desde, DATE '2020-06-01' + (n %% 2000)::int AS hasta,
        n %% 3 = 0 AS vigente, md5(n::text) AS huella
    FROM generate_series(1, %s) AS n
"""


class Renglon(models.Model):
    """La tabla de la medida, para las vías de Django."""

    programa = models.TextField()
    ejercicio = models.IntegerField()
    nombre = models.TextField()
    lugar = models.TextField()
    nota = models.TextField()
    alcaldia = models.TextField()
    entregas = models.IntegerField()
    monto = models.DecimalField(max_digits=12, decimal_places=2)
    ejercido = models.DecimalField(max_digits=12, decimal_places=2)
    desde = models.DateField()
    hasta = models.DateField()
    vigente = models.BooleanField()
    huella = models.TextField()

    class Meta:
        app_label = "banco"
        managed = False
        db_table = TABLA

    def __str__(self) -> str:
        return self.nombre


CAMPOS = [campo.name for campo in Renglon._meta.fields]
_TIPOS = {
    "DateField": Tipo.FECHA,
    "DecimalField": Tipo.DECIMAL,
    "IntegerField": Tipo.ENTERO,
    "BigAutoField": Tipo.ENTERO,
    "AutoField": Tipo.ENTERO,
    "BooleanField": Tipo.BOOLEANO,
}


def conjunto() -> Conjunto:
    columnas = tuple(
        Columna(c.name, f"t.{c.name}", c.name, _TIPOS.get(c.get_internal_type(), Tipo.TEXTO))
        for c in Renglon._meta.fields
    )
    return Conjunto(
        clave="banco-exportar",
        titulo="Medida",
        descripcion="Inventado",
        columnas=columnas,
        desde=f"{TABLA} t",
        orden="t.id",
        tablas=(TABLA,),
    )


def sembrar(cuantos: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLA}")
        cursor.execute(_SEMBRAR, [cuantos])
        cursor.execute(f"ALTER TABLE {TABLA} ADD PRIMARY KEY (id)")
        cursor.execute(f"VACUUM ANALYZE {TABLA}")


def por_la_vista(cliente: Client) -> int:
    respuesta = cliente.get("/datos/banco-exportar.csv")
    if respuesta.status_code != 200:
        raise RuntimeError(f"La vista contestó {respuesta.status_code}.")
    total = sum(len(bloque) for bloque in respuesta.streaming_content)
    respuesta.close()
    return total


def copy_y_tirar() -> int:
    """El límite: la misma tabla, sin nuestro SQL ni bloques ni HTTP."""
    total = 0
    with transaction.atomic(), connection.cursor() as cursor:
        orden = f"COPY (SELECT * FROM {TABLA} ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER true)"
        with cursor.copy(orden) as copia:
            for pedazo in copia:
                total += len(pedazo)
    return total


def _escribir(renglones: Iterator[tuple[object, ...]]) -> int:
    """Como lo haría una vista: el escritor de csv, en bloques del mismo tamaño."""
    total, bloque = 0, io.StringIO()
    escritor = csv.writer(bloque)
    escritor.writerow(CAMPOS)
    for renglon in renglones:
        escritor.writerow(renglon)
        if bloque.tell() >= 65536:
            total += len(bloque.getvalue().encode())
            bloque.seek(0)
            bloque.truncate()
    return total + len(bloque.getvalue().encode())


def por_values_list() -> int:
    return _escribir(Renglon.objects.order_by("id").values_list(*CAMPOS).iterator(2000))


def por_instancias() -> int:
    todos = Renglon.objects.order_by("id").iterator(2000)
    return _escribir(tuple(getattr(r, campo) for campo in CAMPOS) for r in todos)


def memoria() -> float:
    """Lo que este proceso ocupa ahora, en MB."""
    paginas = int(Path("/proc/self/statm").read_text().split()[1])
    return paginas * resource.getpagesize() / 1024**2


def medir(cuantos: int) -> None:
    sembrar(cuantos)
    CONJUNTOS["banco-exportar"] = conjunto()
    cliente = Client(headers={"host": "127.0.0.1"})
    cliente.get("/datos/programas.csv")
    copy_y_tirar()
    antes = memoria()
    nuestra, limite = _intercaladas(lambda: por_la_vista(cliente), copy_y_tirar)
    crecio = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - antes
    lista = marco.medir("values_list + csv", [por_values_list], calentar=False)
    orm = marco.medir("instancias + csv", [por_instancias], calentar=False)
    tamano = por_la_vista(cliente)
    marco.informar(
        "exportar",
        [nuestra, limite, lista, orm],
        notas={
            "renglones": cuantos,
            "MB del archivo": round(tamano / 1024**2, 1),
            "velocidad contra COPY": round(limite.mediana_ms / nuestra.mediana_ms, 2),
            "veces más rápida que las instancias": round(orm.mediana_ms / nuestra.mediana_ms, 1),
            "veces más rápida que values_list": round(lista.mediana_ms / nuestra.mediana_ms, 1),
            "MB de memoria sobre la de partida": round(crecio, 1),
        },
    )


def _intercaladas(
    nuestra: Callable[[], int], limite: Callable[[], int]
) -> tuple[marco.Medida, marco.Medida]:
    """Una de cada una por vuelta: si la máquina se distrae, se distrae con las dos."""
    rondas = [
        (marco.medir("", [nuestra], calentar=False), marco.medir("", [limite], calentar=False))
        for _vuelta in range(VUELTAS)
    ]
    return (
        _mediana("la vista de datos abiertos", [a for a, _b in rondas]),
        _mediana("COPY leído y tirado (límite)", [b for _a, b in rondas]),
    )


def _mediana(nombre: str, medidas: list[marco.Medida]) -> marco.Medida:
    ordenadas = sorted(medidas, key=lambda m: m.mediana_ms)
    media, peor = ordenadas[len(ordenadas) // 2], ordenadas[-1]
    return marco.Medida(
        nombre=nombre,
        veces=len(medidas),
        mediana_ms=media.mediana_ms,
        p95_ms=peor.mediana_ms,
        peor_ms=peor.mediana_ms,
        por_segundo=round(1000 / media.mediana_ms, 2),
        cpu_ms=media.cpu_ms,
        memoria_mb=max(m.memoria_mb for m in medidas),
    )


if __name__ == "__main__":
    medir(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
