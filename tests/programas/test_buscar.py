"""Buscar: qué sale con cada texto y en qué orden."""

from __future__ import annotations

import datetime

import pytest

from programas import proyeccion
from programas.consultas.busqueda import buscar
from programas.consultas.filtros import Filtros
from programas.consultas.resultados import resaltar
from programas.models import ReglaOperacion
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.territorio import AlcaldiaFactory
from tests.programas.portal import hallados, publicar

pytestmark = pytest.mark.django_db


class TestTexto:
    @pytest.mark.parametrize(
        "q",
        [
            "educación",
            "educacion",
            "EDUCACIÓN",
            "educaci\u006f\u0301n",
            "  educación  ",
            "educacion!!",
            "educasion",
            "eduacción",
        ],
    )
    def test_acentos_mayusculas_signos_y_faltas_no_estorban(self, q):
        publicar("Apoyo a la Educación Básica", "Comedores Públicos")

        assert hallados(q) == ["Apoyo a la Educación Básica"]

    @pytest.mark.parametrize("q", ["niñas", "ninas", "NIÑAS", "niña"])
    def test_la_ene_se_encuentra_con_y_sin_tilde(self, q):
        publicar("Becas para Niñas", "Comedores")

        assert hallados(q) == ["Becas para Niñas"]

    @pytest.mark.parametrize("q", ["mujer", "mujeres"])
    def test_singular_y_plural_hallan_lo_mismo(self, q):
        publicar("Apoyo a la mujer", "Casa de las mujeres", "Comedores")

        assert set(hallados(q)) == {"Apoyo a la mujer", "Casa de las mujeres"}

    def test_el_nombre_manda_sobre_el_resumen_y_el_resumen_sobre_el_requisito(self):
        f.ReglaFactory(publicada=True, nombre="C", requisitos=[{"texto": "Entregar una despensa"}])
        f.ReglaFactory(publicada=True, nombre="B", resumen="Da una despensa.")
        f.ReglaFactory(publicada=True, nombre="Despensa")
        proyeccion.proyectar()

        assert hallados("despensa") == ["Despensa", "B", "C"]

    def test_se_encuentra_por_su_nombre_de_antes_y_por_sus_palabras(self):
        f.en_portal(
            nombre="Bienestar para Niños",
            programa__otros_nombres=["Mi Beca"],
            programa__palabras_clave=["kínder"],
        )

        assert hallados("mi beca") == hallados("kinder") == ["Bienestar para Niños"]

    def test_se_encuentra_por_las_siglas_y_por_el_nombre_viejo_de_su_dependencia(self):
        dependencia = DependenciaFactory(siglas="SEBIEN", nombre="Secretaría de Bienestar")
        dependencia.denominaciones.update(vigente_desde=datetime.date(2025, 1, 1))
        dependencia.denominaciones.create(
            nombre="Secretaría de Desarrollo Social",
            siglas="SEDESO",
            vigente_hasta=datetime.date(2018, 12, 31),
        )
        publicar("Comedores", programa__dependencia=dependencia)

        assert hallados("sebien") == hallados("sedeso") == ["Comedores"]

    def test_un_sinonimo_de_la_gente_lleva_al_programa(self):
        f.SinonimoFactory(termino="me quede sin chamba", equivale_a=["seguro de desempleo"])
        publicar("Seguro de Desempleo", "Comedores")

        assert hallados("me quedé sin chamba") == ["Seguro de Desempleo"]

    def test_con_todas_las_palabras_gana_y_no_se_rellena_con_lo_parecido(self):
        publicar("Beca para mujeres", "Beca", "Casa de mujeres")

        assert hallados("beca mujeres") == ["Beca para mujeres"]
        assert not buscar(Filtros(q="beca mujeres")).aproximada

    def test_sin_nada_exacto_da_lo_mas_parecido_y_lo_avisa(self):
        publicar("Beca deportiva", "Comedores")

        assert hallados("beca cuántica") == ["Beca deportiva"]
        assert buscar(Filtros(q="beca cuántica")).aproximada

    @pytest.mark.parametrize(
        ("q", "cuantos"), [("apoyo", 1), ("quiero un apoyo", 1), ("de la", 0), ("para mi", 0)]
    )
    def test_solo_con_palabras_de_relleno_busca_lo_que_algo_dice(self, q, cuantos):
        publicar("Apoyo para el Campo", "Comedores")

        assert buscar(Filtros(q=q)).total == cuantos

    def test_una_palabra_que_nadie_usa_no_halla_nada(self):
        publicar("Beca")

        assert hallados("xilófono") == []

    def test_solo_sale_lo_publicado(self):
        f.ReglaFactory(nombre="Beca en borrador")
        f.ReglaFactory(validada=True, nombre="Beca validada")
        publicar("Beca publicada")

        assert hallados("beca") == ["Beca publicada"]

    def test_cada_programa_sale_una_vez_con_su_ultimo_ejercicio(self):
        programa = f.ProgramaFactory()
        publicar("Beca 2024", programa=programa, ejercicio=2024)
        publicar("Beca 2025", programa=programa, ejercicio=2025)

        assert hallados("beca") == ["Beca 2025"]
        assert hallados("beca", ejercicio=["2024"]) == ["Beca 2024"]
        assert set(hallados("beca", ejercicio=["2024", "2025"])) == {"Beca 2024", "Beca 2025"}


def test_el_filtro_de_alcaldia_incluye_lo_que_es_de_toda_la_ciudad():
    iztapalapa, tlalpan = AlcaldiaFactory(clave="09007"), AlcaldiaFactory(clave="09012")
    publicar("De toda la ciudad")
    publicar("De Iztapalapa", alcaldias=[iztapalapa])
    publicar("De Tlalpan", alcaldias=[tlalpan])
    publicar("De las dos", alcaldias=[iztapalapa, tlalpan])

    hallado = hallados(alcaldia=["09007"])
    assert set(hallado) == {"De toda la ciudad", "De Iztapalapa", "De las dos"}
    assert buscar(Filtros()).facetas["alcaldia"]["09007"] == len(hallado)


class TestOrden:
    def test_sin_texto_van_primero_los_abiertos(self):
        cerrada, abierta = publicar("A cerrada", "B abierta")
        f.ConvocatoriaFactory(programa=abierta.programa)
        f.ConvocatoriaFactory(programa=cerrada.programa, vencida=True)

        assert hallados() == ["B abierta", "A cerrada"]

    @pytest.mark.parametrize(
        ("orden", "esperados"),
        [("nombre", ["Árbol", "Beca", "Zapato"]), ("recientes", ["Beca", "Zapato", "Árbol"])],
    )
    def test_por_nombre_y_por_reciente(self, orden, esperados):
        for nombre, ejercicio in (("Zapato", 2024), ("Árbol", 2023), ("Beca", 2025)):
            publicar(nombre, ejercicio=ejercicio)

        reglas = buscar(Filtros(orden=orden)).reglas
        nombres = dict(ReglaOperacion.objects.values_list("pk", "nombre"))
        assert [nombres[r] for r in reglas] == esperados

    def test_las_paginas_no_repiten_ni_pierden_a_nadie(self):
        publicar(*[f"Beca {n}" for n in range(7)])

        paginas = [buscar(Filtros(q="beca", pagina=p), cuantas=3).reglas for p in (1, 2, 3, 4)]
        assert [len(p) for p in paginas] == [3, 3, 1, 0]
        assert len({r for p in paginas for r in p}) == 7


class TestResaltar:
    def test_marca_las_palabras_buscadas_sin_distinguir_acentos(self):
        assert resaltar("Apoyo a la Educación", ["educacion"]) == (
            "Apoyo a la <mark>Educación</mark>"
        )

    def test_escapa_lo_que_parezca_html(self):
        assert "<script" not in resaltar("<script>beca</script> <b>beca", ["beca", "script"])
