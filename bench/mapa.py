"""bin/bench mapa: una tesela de 200,000 centros, junto a las otras maneras de mandar lo mismo.

Siembra los centros que falten (200,000 si no se dice) y mide, para la misma área: nuestra tesela por
la vista y en SQL, el GeoJSON, ST_AsMVT con todo, y una tesela ya guardada, que es el límite.
"""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Callable, Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sibis.settings.local")
os.environ.setdefault("SIBIS_DEPURAR", "0")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench import marco  # noqa: E402
from sibis.territorio import proyeccion  # noqa: E402
from sibis.territorio.ciudad import CAJA  # noqa: E402
from sibis.territorio.consultas.teselas import sql_de, tesela_mvt  # noqa: E402
from sibis.territorio.models import Alcaldia, Centro  # noqa: E402
from sibis.territorio.teselas import (  # noqa: E402
    MITAD_DEL_MUNDO,
    Tesela,
    a_mercator,
    ancho_de_tesela,
)

VUELTAS = 60
VUELTAS_PESADAS = 7
LEJOS = Tesela(10, 229, 455)

# Amontonados hacia el centro de cada alcaldía. `n * 0`: sin él, el azar se tira una vez por alcaldía.
_SEMBRAR = """
    INSERT INTO territorio_centro (clave, slug, nombre, tipo_id, direccion, colonia, alcaldia_id,
        punto, horario, telefono, correo, servicios, accesibilidad, fuente, fuente_url,
        es_demostracion)
    SELECT 'banco-' || n, 'banco-' || n, 'Centro de prueba número ' || n,
           (SELECT array_agg(id ORDER BY id) FROM territorio_tipodecentro)[1 + n %% 16],
           'Calle ' || n %% 900 || ' número ' || n %% 300, 'Colonia ' || n %% 1800, a.id,
           ST_SetSRID(ST_MakePoint(
               least(greatest(ST_X(p), %(oeste)s), %(este)s),
               least(greatest(ST_Y(p), %(sur)s), %(norte)s)), 4326),
           'Lunes a viernes de 9:00 a 18:00', '55 0000 ' || lpad((n %% 10000)::text, 4, '0'), '',
           ARRAY['Talleres', 'Comida caliente'], 'Rampa en la entrada.', 'Banco de pruebas', '', true
    FROM generate_series(%(desde)s, %(hasta)s) n
    JOIN LATERAL (
        SELECT id, punto_interior FROM territorio_alcaldia ORDER BY clave OFFSET n %% 16 LIMIT 1
    ) a ON true
    CROSS JOIN LATERAL (
        SELECT ST_Translate(a.punto_interior,
            n * 0 + (random() + random() + random() - 1.5) * 0.06,
            n * 0 + (random() + random() + random() - 1.5) * 0.06) AS p
    ) regado
"""
_GEOJSON = """
    SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(json_build_object(
        'type', 'Feature', 'geometry', ST_AsGeoJSON(c.punto, 5)::json, 'properties',
        json_build_object('slug', c.slug, 'nombre', c.nombre, 'tipo', t.clave,
            'direccion', c.direccion, 'horario', c.horario))))::text
    FROM territorio_centro c JOIN territorio_tipodecentro t ON t.id = c.tipo_id
    WHERE ST_Transform(c.punto, 3857) && ST_MakeEnvelope(%(oeste)s, %(sur)s, %(este)s, %(norte)s, 3857)
"""
_TODO = """
    SELECT ST_AsMVT(x, 'centros', 4096, 'geom') FROM (
        SELECT ST_AsMVTGeom(ST_Transform(c.punto, 3857),
                   ST_MakeEnvelope(%(oeste)s, %(sur)s, %(este)s, %(norte)s, 3857)) AS geom,
               c.slug, c.nombre, t.clave AS tipo, c.direccion, c.horario
        FROM territorio_centro c JOIN territorio_tipodecentro t ON t.id = c.tipo_id
        WHERE ST_Transform(c.punto, 3857)
              && ST_MakeEnvelope(%(oeste)s, %(sur)s, %(este)s, %(norte)s, 3857)) x
"""


def sembrar(tamano: int) -> None:
    if Alcaldia.objects.count() < 16:
        try:
            call_command("cargar_catalogos", verbosity=0)
        except SystemExit as fin:
            if fin.code:
                raise
    faltan = tamano - Centro.objects.vigentes().count()
    if faltan <= 0:
        return
    ya = Centro.objects.filter(clave__startswith="banco-").count()
    oeste, sur, este, norte = CAJA
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.2026)")
        caja = {"oeste": oeste, "sur": sur, "este": este, "norte": norte}
        cursor.execute(_SEMBRAR, {**caja, "desde": ya, "hasta": ya + faltan - 1})
        cursor.execute("ANALYZE territorio_centro")


def preguntar(sql: str, tesela: Tesela) -> bytes:
    _sql, parametros = sql_de("centros", tesela)
    with connection.cursor() as cursor:
        cursor.execute(sql, parametros)
        valor = cursor.fetchone()[0]
    return valor.encode() if isinstance(valor, str) else bytes(valor)


def guardada(mvt: bytes) -> Callable[[], object]:
    """El límite: los bytes ya hechos, por su llave."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE guardadas (z int, x int, y int, mvt bytea, PRIMARY KEY (z, x, y))"
        )
        cursor.execute("INSERT INTO guardadas VALUES (10, 229, 455, %s)", [mvt])
    sql = "SELECT mvt FROM guardadas WHERE z = %(z)s AND x = 229 AND y = 455"
    return lambda: preguntar(sql, LEJOS)


def de_la_ciudad(z: int) -> Iterator[Tesela]:
    lado = ancho_de_tesela(z)
    (oeste, sur), (este, norte) = a_mercator(*CAJA[:2]), a_mercator(*CAJA[2:])
    for x in range(
        int((oeste + MITAD_DEL_MUNDO) // lado), int((este + MITAD_DEL_MUNDO) // lado) + 1
    ):
        for y in range(
            int((MITAD_DEL_MUNDO - norte) // lado), int((MITAD_DEL_MUNDO - sur) // lado) + 1
        ):
            yield Tesela(z, x, y)


def la_mas_llena() -> Tesela:
    """La del acercamiento 14 con más centros: de las contadas, la que más cuesta leer de uno en uno."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT x / 16, y / 16 FROM territorio_celdadecentros WHERE z = 14 "
            "GROUP BY 1, 2 ORDER BY sum(total) DESC LIMIT 1"
        )
        x, y = cursor.fetchone()
    return Tesela(14, x, y)


def pesos(cerca_de: Tesela) -> dict[str, object]:
    """Bytes de la misma área dicha de cada manera, y las razones que importan."""
    nuestra, geojson, todo = (
        tesela_mvt("centros", LEJOS),
        preguntar(_GEOJSON, LEJOS),
        preguntar(_TODO, LEJOS),
    )
    cerca, geojson_cerca = tesela_mvt("centros", cerca_de), preguntar(_GEOJSON, cerca_de)
    apretada = len(gzip.compress(nuestra, 6))
    return {
        "tesela z10 (bytes, gz)": (len(nuestra), apretada),
        "GeoJSON de su área (bytes, gz)": (len(geojson), len(gzip.compress(geojson, 6))),
        "ST_AsMVT con todo (bytes, gz)": (len(todo), len(gzip.compress(todo, 6))),
        "GeoJSON gz / tesela gz": round(len(gzip.compress(geojson, 6)) / apretada),
        "GeoJSON gz / tesela sin comprimir": round(len(gzip.compress(geojson, 6)) / len(nuestra)),
        "tesela z14 (bytes, gz)": (len(cerca), len(gzip.compress(cerca, 6))),
        "GeoJSON de z14 gz": len(gzip.compress(geojson_cerca, 6)),
        **{
            f"la Ciudad entera a z{z} (gz)": sum(
                len(gzip.compress(tesela_mvt("centros", t), 6)) for t in de_la_ciudad(z)
            )
            for z in (9, 10, 11)
        },
    }


def medir(tamano: int) -> None:
    sembrar(tamano)
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")  # a todos por igual: es de la máquina, no del método
    rehacer = marco.medir("rehacer todas las celdas", [proyeccion.rehacer_celdas], calentar=False)
    cerca = la_mas_llena()
    cliente = Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})

    def vista(t: Tesela) -> Callable[[], object]:
        return lambda: cliente.get(f"/teselas/centros/{t.z}/{t.x}/{t.y}.mvt")

    muchas = {"repeticiones": VUELTAS}
    medidas = [
        marco.medir("tesela z10, por la vista", [vista(LEJOS)], **muchas),
        marco.medir("tesela z10, en SQL", [lambda: tesela_mvt("centros", LEJOS)], **muchas),
        marco.medir(
            "tesela z10 ya guardada (límite)", [guardada(tesela_mvt("centros", LEJOS))], **muchas
        ),
        marco.medir(
            "GeoJSON de esa área",
            [lambda: preguntar(_GEOJSON, LEJOS)],
            repeticiones=VUELTAS_PESADAS,
        ),
        marco.medir(
            "ST_AsMVT con todo", [lambda: preguntar(_TODO, LEJOS)], repeticiones=VUELTAS_PESADAS
        ),
        marco.medir("tesela z14, por la vista", [vista(cerca)], **muchas),
        marco.medir("tesela z14, en SQL", [lambda: tesela_mvt("centros", cerca)], **muchas),
        marco.medir(
            "GeoJSON de z14", [lambda: preguntar(_GEOJSON, cerca)], repeticiones=VUELTAS_PESADAS
        ),
        rehacer,
    ]
    notas = {"centros": Centro.objects.vigentes().count(), **pesos(cerca)}
    notas["GeoJSON / tesela en SQL (veces)"] = round(medidas[3].mediana_ms / medidas[1].mediana_ms)
    marco.informar("mapa", medidas, notas=notas)


if __name__ == "__main__":
    medir(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
