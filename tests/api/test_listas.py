"""Las listas: su forma, sus páginas y sus filtros."""

from __future__ import annotations

import datetime
from decimal import Decimal
from urllib.parse import urlsplit

import pytest

from programas.models import Convocatoria
from tests.fabricas import programas as f
from tests.fabricas.territorio import CentroFactory

pytestmark = pytest.mark.django_db


def todas(pedir, ruta: str, llave: str) -> list[object]:
    """Siguiendo `siguiente` hasta el final."""
    vistas, pagina = [], pedir(ruta)
    while True:
        assert set(pagina) >= {"resultados", "siguiente", "total"}
        vistas += [r[llave] for r in pagina["resultados"]]
        if pagina["siguiente"] is None:
            assert len(vistas) == pagina["total"]
            return vistas
        partes = urlsplit(pagina["siguiente"])
        pagina = pedir(f"{partes.path}?{partes.query}")


def test_programas_por_paginas_sin_repetir_ni_saltar(pedir):
    claves = {f.en_portal().programa.clave for _ in range(7)}

    vistas = todas(pedir, "programas?limite=3&orden=nombre", "clave")
    assert len(vistas) == 7
    assert set(vistas) == claves


def test_centros_por_paginas_en_orden_de_clave(pedir):
    for n in (3, 1, 2, 5, 4):
        CentroFactory(clave=f"centro-{n}")

    assert todas(pedir, "centros?limite=2", "id") == [f"centro-{n}" for n in range(1, 6)]


def test_convocatorias_que_abren_a_la_vez_no_se_pierden_entre_paginas(pedir):
    programa = f.en_portal().programa
    for _ in range(5):
        f.ConvocatoriaFactory(
            programa=programa, abre=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
        )

    vistas = todas(pedir, "convocatorias?limite=2", "id")
    assert vistas == sorted(Convocatoria.objects.values_list("pk", flat=True))


def test_los_filtros_son_los_del_buscador(pedir):
    salud = f.DerechoSocialFactory(clave="salud")
    con = f.en_portal(derechos=[salud], ejercicio=2025).programa
    f.en_portal(ejercicio=2024)

    for consulta in ("derecho=salud", "ejercicio=2025", f"dependencia={con.dependencia.clave}"):
        claves = [r["clave"] for r in pedir(f"programas?{consulta}")["resultados"]]
        assert claves == [con.clave], consulta
    assert pedir("programas?ejercicio=2001")["total"] == 0


def test_un_parametro_repetido_es_uno_u_otro(pedir):
    f.en_portal(ejercicio=2025)
    f.en_portal(ejercicio=2024)

    assert pedir("programas?ejercicio=2025&ejercicio=2024&ejercicio=2025")["total"] == 2


def test_un_parametro_que_no_existe_se_ignora(pedir):
    f.en_portal()

    assert pedir("programas?color=azul&__proto__=1")["total"] == 1


def test_los_centros_son_geojson_y_lista(pedir, visitante):
    CentroFactory(clave="a")
    coleccion = pedir("centros")

    assert visitante.get("/api/v1/centros")["Content-Type"] == "application/geo+json"
    assert coleccion["type"] == "FeatureCollection"
    assert coleccion["resultados"] == coleccion["features"]
    rasgo = coleccion["features"][0]
    assert rasgo["geometry"]["type"] == "Point"
    assert rasgo["properties"]["pagina"] == "http://testserver/centros/a/"


def test_los_centros_de_un_programa(pedir):
    sede = f.SedeFactory(centro__clave="suyo")
    CentroFactory(clave="ajeno")

    centros = pedir(f"centros?programa={sede.programa.clave}")
    assert [c["id"] for c in centros["resultados"]] == ["suyo"]


def test_las_abiertas_y_las_que_no(pedir):
    programa = f.en_portal().programa
    abierta = f.ConvocatoriaFactory(programa=programa)
    cerrada = f.ConvocatoriaFactory(
        programa=programa, abre="2020-01-01T00:00Z", cierra="2020-02-01T00:00Z"
    )

    assert [c["id"] for c in pedir("convocatorias?abiertas=true")["resultados"]] == [abierta.pk]
    assert [c["id"] for c in pedir("convocatorias?abiertas=false")["resultados"]] == [cerrada.pk]


def test_un_programa_trae_sus_reglas_su_calendario_y_sus_lugares(pedir):
    regla = f.en_portal(completa=True, ejercicio=2025)
    f.en_portal(programa=regla.programa, ejercicio=2024)
    f.FechaDeEntregaFactory(programa=regla.programa)
    f.SedeFactory(programa=regla.programa, centro__clave="aqui")
    programa = pedir(f"programas/{regla.programa.clave}")

    assert [r["ejercicio"] for r in programa["reglas"]] == [2025, 2024]
    assert programa["regla"]["presupuesto_aprobado"] == "1000000.00"
    assert Decimal(programa["regla"]["apoyos"][0]["monto_minimo"]) == 600
    assert programa["regla"]["apoyos"][0]["monto_maximo"] is None
    assert len(programa["entregas"]) == 1
    assert programa["centros"] == ["aqui"]
    partes = urlsplit(programa["reglas"][1]["api"])
    assert pedir(partes.path)["ejercicio"] == 2024


def test_una_regla_sustituida_se_sigue_leyendo(pedir):
    vieja = f.ReglaFactory(sustituida=True, version=1, ejercicio=2025)
    f.en_portal(programa=vieja.programa, version=2, ejercicio=2025)

    assert pedir(f"reglas/{vieja.programa.clave}.2025.1")["vigente"] is False
    assert pedir(f"reglas/{vieja.programa.clave}.2025.2")["vigente"] is True


def test_un_borrador_no_existe_para_la_api(pedir):
    borrador = f.ReglaFactory(completa=True)

    pedir(f"programas/{borrador.programa.clave}", estado=404)
    pedir(f"reglas/{borrador.programa.clave}.{borrador.ejercicio}.1", estado=404)
    assert pedir("programas")["total"] == 0


def test_una_cifra_se_cita_y_se_vuelve_a_obtener(pedir):
    f.en_portal(ejercicio=2025)
    primera = pedir("cifras/programas_publicados")
    assert primera["valor"] == 1
    assert primera["id"] == "programas_publicados;2025"

    otra = pedir(urlsplit(primera["api"]).path)
    assert otra["sha256"] == primera["sha256"]
    f.en_portal(ejercicio=2025)
    assert pedir(f"cifras/{primera['id']}")["sha256"] != primera["sha256"]


def test_toda_cifra_anunciada_contesta(pedir):
    cifras = pedir("cifras?limite=200")["resultados"]
    assert len(cifras) >= 6
    for definicion in cifras:
        for por in definicion["dimensiones"]:
            assert pedir(f"cifras/{definicion['clave']};por={por}")["por"] == por


def test_los_valores_de_cada_catalogo_sirven_en_su_filtro(pedir):
    f.en_portal(
        completa=True,
        derechos=[f.DerechoSocialFactory()],
        grupos=[f.GrupoPrioritarioFactory()],
    )
    for catalogo in pedir("catalogos?limite=200")["resultados"]:
        opciones = pedir(urlsplit(catalogo["api"]).path, {"limite": 3})["resultados"]
        donde = "centros" if catalogo["nombre"] == "tipos-de-centro" else "programas"
        for opcion in opciones:
            pedir(donde, {catalogo["parametro"]: opcion["clave"]})


def test_la_raiz_dice_por_donde_empezar(pedir):
    for nombre, url in pedir("/api/v1/").items():
        assert pedir(urlsplit(url).path), nombre


@pytest.mark.parametrize("ruta", ["programas", "convocatorias", "centros"])
def test_una_lista_cuesta_lo_mismo_con_mas_renglones(
    ruta, visitante, django_assert_max_num_queries
):
    for _ in range(6):
        regla = f.en_portal(completa=True)
        f.ConvocatoriaFactory(programa=regla.programa)
        CentroFactory()

    visitante.get(f"/api/v1/{ruta}")
    with django_assert_max_num_queries(9):
        assert visitante.get(f"/api/v1/{ruta}?limite=6").status_code == 200
