"""Las teselas dicen lo mismo que la tabla: cada centro una vez, en cada acercamiento."""

from __future__ import annotations

import datetime
import gzip
from collections import Counter
from random import Random

import mapbox_vector_tile
import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sibis.territorio import proyeccion, tasks
from sibis.territorio.ciudad import CAJA
from sibis.territorio.consultas import teselas as consultas
from sibis.territorio.consultas.teselas import huella_de_capa
from sibis.territorio.models import CeldaDeCentros, Centro
from sibis.territorio.teselas import (
    MITAD_DEL_MUNDO,
    ULTIMO_ZOOM_CONTADO,
    Tesela,
    a_mercator,
    ancho_de_tesela,
)
from tests.fabricas.territorio import (
    AlcaldiaFactory,
    CentroFactory,
    ColoniaFactory,
    TipoDeCentroFactory,
    centro_de,
)

pytestmark = pytest.mark.django_db

CONTADOS = range(8, 15)


@pytest.fixture
def muchos() -> None:
    """Regados y amontonados, de tres tipos; uno cerrado, uno que abre mañana, dos encimados."""
    azar, alcaldia = Random(7), AlcaldiaFactory(clave="09015")
    tipos = [TipoDeCentroFactory(clave=c) for c in ("pilares", "cais", "utopia")]
    oeste, sur, este, norte = CAJA
    puntos = [
        Point(azar.uniform(oeste, este), azar.uniform(sur, norte), srid=4326) for _ in range(120)
    ]
    puntos += [Point(-99.13 + azar.gauss(0, 0.002), 19.43, srid=4326) for _ in range(60)]
    puntos += [Point(-99.2, 19.3, srid=4326)] * 2
    for punto in puntos:
        CentroFactory(alcaldia=alcaldia, tipo=azar.choice(tipos), punto=punto)
    CentroFactory(alcaldia=alcaldia, tipo=tipos[0], cerrado=True)
    manana = timezone.localdate() + datetime.timedelta(days=1)
    CentroFactory(alcaldia=alcaldia, tipo=tipos[0], vigente_desde=manana)
    proyeccion.rehacer_celdas()


def de_la_ciudad(z: int) -> list[Tesela]:
    """Todas las que la tocan en ese acercamiento."""
    lado = ancho_de_tesela(z)
    (x0, y0), (x1, y1) = a_mercator(CAJA[0], CAJA[3]), a_mercator(CAJA[2], CAJA[1])
    return [
        Tesela(z, x, y)
        for x in range(int((x0 + MITAD_DEL_MUNDO) // lado), int((x1 + MITAD_DEL_MUNDO) // lado) + 1)
        for y in range(int((MITAD_DEL_MUNDO - y0) // lado), int((MITAD_DEL_MUNDO - y1) // lado) + 1)
    ]


def pedir(visitante, capa: str, z: int, x: int, y: int, **cabeceras: str):
    return visitante.get(f"/teselas/{capa}/{z}/{x}/{y}.mvt", headers=cabeceras)


def rasgos(visitante, z: int, capa: str = "centros") -> list[dict]:
    """Los rasgos de toda la Ciudad, leídos como los lee un mapa."""
    juntos = []
    for t in de_la_ciudad(z):
        respuesta = pedir(visitante, capa, t.z, t.x, t.y)
        assert respuesta.status_code == 200
        if respuesta.content:
            juntos += mapbox_vector_tile.decode(respuesta.content)[capa]["features"]
    return [rasgo["properties"] for rasgo in juntos]


def por_tipo_en_la_tabla() -> Counter[str]:
    return Counter(Centro.objects.vigentes().values_list("tipo__clave", flat=True))


@pytest.mark.parametrize("z", CONTADOS)
def test_cada_centro_esta_en_una_sola_celda_de_cada_acercamiento(z, muchos):
    celdas = CeldaDeCentros.objects.filter(z=z)

    assert celdas.aggregate(suma=Sum("total"))["suma"] == Centro.objects.vigentes().count() == 182
    assert sum((Counter(c.tipos) for c in celdas), Counter()) == por_tipo_en_la_tabla()
    assert all(sum(c.tipos.values()) == c.total for c in celdas)


@pytest.mark.parametrize("z", [0, 5, 8, 10, 14])
def test_las_teselas_de_lejos_suman_lo_que_dice_la_tabla(z, muchos, visitante):
    leidas = rasgos(visitante, z)

    ajenas = {"total_centros", "slug", "nombre"}
    por_tipo = Counter()
    for celda in leidas:
        por_tipo.update({t: n for t, n in celda.items() if t not in ajenas})
    assert por_tipo == por_tipo_en_la_tabla()
    assert sum(celda["total_centros"] for celda in leidas) == 182


def test_de_cerca_cada_centro_abierto_aparece_una_vez(muchos, visitante):
    slugs = [punto["slug"] for punto in rasgos(visitante, ULTIMO_ZOOM_CONTADO + 1)]

    assert sorted(slugs) == sorted(Centro.objects.vigentes().values_list("slug", flat=True))


def test_una_tesela_muy_llena_cuenta_todos_aunque_no_los_nombre(muchos, visitante, monkeypatch):
    """Escribir mil nombres que no caben en la pantalla es lo que hace lenta una tesela."""
    sin_tope = consultas._PUNTOS
    monkeypatch.setattr(consultas, "_PUNTOS", sin_tope.replace("cuantos <= 400", "cuantos <= 10"))

    puntos = rasgos(visitante, ULTIMO_ZOOM_CONTADO + 1)
    assert len(puntos) == 182
    nombrados = [p for p in puntos if "slug" in p]
    assert 0 < len(nombrados) < 182
    assert all("tipo" in p for p in puntos)


def test_un_centro_en_el_lindero_de_dos_teselas_cae_en_una(visitante):
    """En la orilla exacta entre dos columnas, del 11 al 15."""
    lado = ancho_de_tesela(11)
    x = round((a_mercator(-99.14, 0)[0] + MITAD_DEL_MUNDO) / lado) * lado - MITAD_DEL_MUNDO
    centro = CentroFactory(punto=Point(x / MITAD_DEL_MUNDO * 180, 19.3, srid=4326))
    proyeccion.rehacer_celdas()

    for z in (11, 12, 13, 14, 15):
        assert [r["slug"] for r in rasgos(visitante, z)] == [centro.slug], z


def test_una_celda_de_un_solo_centro_lo_nombra_y_una_de_varios_no(visitante):
    solo = CentroFactory(alcaldia__clave="09002")
    for _ in range(2):
        CentroFactory(alcaldia__clave="09009")
    proyeccion.rehacer_celdas()

    celdas = rasgos(visitante, 10)
    assert {c.get("slug") for c in celdas if c["total_centros"] == 1} == {solo.slug}
    assert all("slug" not in c for c in celdas if c["total_centros"] == 2)


@pytest.mark.parametrize(
    "ruta",
    [
        "centros/30/1/1",
        "centros/19/117000/233000",
        "centros/10/0/0",
        "centros/10/1024/455",
        "centros/10/229/9999999999999999999999",
        f"centros/10/{'9' * 5000}/455",
        "centros/-1/229/455",
        "centros/10/-229/455",
        "centros/10/x/455",
        "centros/10/229.5/455",
        "nada/10/229/455",
        "centros/10/229/455.png",
    ],
)
def test_lo_que_no_es_una_tesela_de_la_ciudad_da_404(ruta, visitante):
    with CaptureQueriesContext(connection) as preguntas:
        assert visitante.get(f"/teselas/{ruta}.mvt").status_code == 404
    assert len(preguntas) == 0


def test_sin_centros_la_tesela_es_valida_y_esta_vacia(visitante):
    respuesta = pedir(visitante, "centros", 10, 229, 455)

    assert (respuesta.status_code, respuesta.content) == (200, b"")
    assert respuesta["Content-Type"] == "application/vnd.mapbox-vector-tile"


def test_parametros_de_mas_no_cambian_nada(muchos, visitante):
    normal = pedir(visitante, "centros", 10, 229, 455).content
    assert visitante.get("/teselas/centros/10/229/455.mvt", {"x": "9" * 5000}).content == normal


def test_viaja_comprimida_y_se_puede_guardar(muchos, visitante):
    sencilla = pedir(visitante, "centros", 10, 229, 455)
    comprimida = pedir(visitante, "centros", 10, 229, 455, accept_encoding="gzip, br")

    assert comprimida["Content-Encoding"] == "gzip"
    assert gzip.decompress(comprimida.content) == sencilla.content
    assert "public" in sencilla["Cache-Control"]
    assert "Accept-Encoding" in sencilla["Vary"]


def test_la_misma_tesela_se_contesta_sin_cuerpo_hasta_que_cambia_un_centro(muchos, visitante):
    huella = pedir(visitante, "centros", 10, 229, 455)["ETag"]
    with CaptureQueriesContext(connection) as preguntas:
        repetida = pedir(visitante, "centros", 10, 229, 455, if_none_match=huella)
    assert (repetida.status_code, repetida.content, len(preguntas)) == (304, b"", 1)

    Centro.objects.filter(pk=Centro.objects.vigentes().first().pk).delete()
    tasks.actualizar_celdas()
    nueva = pedir(visitante, "centros", 10, 229, 455, if_none_match=huella)
    assert nueva.status_code == 200
    assert nueva["ETag"] != huella


def test_las_consultas_de_una_tesela_no_crecen_con_los_centros(visitante):
    cuentas = []
    for _ in range(2):
        for _ in range(5):
            CentroFactory(alcaldia__clave="09015")
        proyeccion.rehacer_celdas()
        for z, x, y in ((10, 229, 455), (15, 7359, 14595)):
            with CaptureQueriesContext(connection) as preguntas:
                pedir(visitante, "centros", z, x, y)
            cuentas.append(len([c for c in preguntas if "SAVEPOINT" not in c["sql"]]))
    assert len(set(cuentas)) == 1
    assert cuentas[0] <= 3


class TestLimites:
    def test_las_alcaldias_traen_su_clave_y_su_nombre(self, visitante):
        AlcaldiaFactory(clave="09015")
        assert rasgos(visitante, 9, "alcaldias")[0] == {"clave": "09015", "nombre": "Cuauhtémoc"}

    def test_las_colonias_se_dibujan_de_cerca(self, visitante):
        ColoniaFactory(nombre="La Condesa", alcaldia__clave="09015")
        ColoniaFactory(nombre="La de antes", alcaldia__clave="09015", vigente_hasta="2019-12-31")

        assert rasgos(visitante, 11, "colonias") == []
        assert {c["nombre"] for c in rasgos(visitante, 12, "colonias")} == {"La Condesa"}

    def test_cargar_otro_limite_cambia_la_huella(self):
        assert huella_de_capa("colonias").startswith("colonias-0-")
        ColoniaFactory()
        assert not huella_de_capa("colonias").startswith("colonias-0-")


def test_la_geometria_de_una_tesela_conocida():
    """10/229/455 es el centro de la Ciudad: su orilla oeste es 229 anchos desde la orilla del mundo."""
    oeste, sur, este, norte = Tesela(10, 229, 455).caja
    lon, lat = a_mercator(*centro_de("09015").coords)

    assert este - oeste == pytest.approx(39135.758, abs=0.01)
    assert norte - sur == pytest.approx(este - oeste)
    assert oeste == pytest.approx(229 * 39135.7585 - MITAD_DEL_MUNDO, abs=0.1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_X(p), ST_Y(p) FROM ST_Transform(%s::geometry, 3857) p",
            [centro_de("09015").ewkt],
        )
        assert cursor.fetchone() == pytest.approx((lon, lat))
