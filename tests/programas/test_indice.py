"""Lo que cada proceso tiene en memoria nunca es de antes: la base avisa de todo lo que cambia."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from programas.consultas import indice
from programas.consultas.busqueda import buscar
from programas.consultas.filtros import Filtros, opciones
from programas.consultas.ventanas import Plazo, proximo_cambio, ventana, ventanas_de
from programas.models import Convocatoria, FichaPublica, GrupoPrioritario
from tests.fabricas import programas as f
from tests.programas.portal import hallados, publicar

pytestmark = pytest.mark.django_db


def abiertas() -> int:
    return buscar(Filtros(valores={"estado": ("abierto",)})).total


class TestAlDia:
    def test_sin_cambios_no_se_vuelve_a_leer(self, django_assert_num_queries):
        publicar("Beca")
        primero = opciones().indice

        with django_assert_num_queries(1):
            assert opciones().indice is primero

    def test_una_convocatoria_escrita_a_mano_en_sql_se_nota(self):
        regla = f.en_portal()
        assert abiertas() == 0

        convocatoria = f.ConvocatoriaFactory(programa=regla.programa)
        assert abiertas() == 1
        with connection.cursor() as cursor:
            cursor.execute("UPDATE programas_convocatoria SET modo = 'pausada'")
        assert abiertas() == 0
        Convocatoria.objects.filter(pk=convocatoria.pk).delete()
        assert buscar(Filtros()).facetas["estado"] == {"cerrado": 1}

    def test_una_ficha_que_se_quita_deja_de_salir(self):
        publicar("Beca", "Comedor")
        assert len(hallados()) == 2

        FichaPublica.objects.filter(nombre_comparable="beca").delete()
        assert hallados() == ["Comedor"]

    def test_un_catalogo_que_cambia_de_nombre_se_lee_con_el_nuevo(self):
        grupo = f.GrupoPrioritarioFactory(clave="g", nombre="viejo")
        f.en_portal(grupos=[grupo])
        assert opciones().nombre("grupo", "g") == "viejo"

        GrupoPrioritario.objects.update(nombre="nuevo")
        assert opciones().nombre("grupo", "g") == "nuevo"

    def test_lo_deshecho_no_se_queda_en_memoria(self):
        publicar("Beca")
        revision = indice.momento().revision
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT antes")
            cursor.execute("DELETE FROM programas_fichapublica")
            assert hallados() == []
            cursor.execute("ROLLBACK TO SAVEPOINT antes")

        assert indice.momento().revision == revision
        assert hallados() == ["Beca"]

    def test_la_revision_no_se_repite_aunque_se_vacie_su_tabla(self):
        publicar("Beca")
        antes = indice.momento().revision
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM programas_revisiondelportal")
        publicar("Comedor")

        assert indice.momento().revision > antes


class TestConjuntos:
    @pytest.mark.parametrize("lugares", [[], [0], [7], [8], [0, 1, 63, 64, 999]])
    def test_de_lugares_a_bits_y_de_vuelta(self, lugares):
        assert list(indice.lugares(indice._conjunto(lugares, 1_000))) == lugares

    @pytest.mark.parametrize(
        ("una", "otra", "minimo", "maximo"),
        [("mi beca", "mi beca", 1, 1), ("mi beca", "mi becas", 0.5, 0.9),
         ("mi beca", "comedor", 0, 0.1), ("", "", 0, 0)],
    )  # fmt: skip
    def test_el_parecido_va_de_nada_a_todo(self, una, otra, minimo, maximo):
        parecido = indice.parecido(indice.huella_de_texto(una), indice.huella_de_texto(otra))
        assert minimo <= parecido <= maximo


class TestEstados:
    AHORA = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    HORA = datetime.timedelta(hours=1)

    def test_se_rehacen_justo_cuando_algo_abre_o_cierra(self):
        plazos = [Plazo(self.AHORA + self.HORA, self.AHORA + 2 * self.HORA, "normal", False)]

        assert proximo_cambio(plazos, self.AHORA) == self.AHORA + self.HORA
        assert proximo_cambio(plazos, self.AHORA + self.HORA) == self.AHORA + 2 * self.HORA
        assert proximo_cambio(plazos, self.AHORA + 2 * self.HORA) is None
        assert [ventana(plazos, self.AHORA + n * self.HORA).estado for n in (0, 1, 2)] == [
            "cerrado",
            "abierto",
            "cerrado",
        ]

    def test_el_mismo_indice_contesta_bien_antes_y_despues(self):
        regla = f.en_portal()
        abre = timezone.now() + self.HORA
        f.ConvocatoriaFactory(programa=regla.programa, abre=abre, cierra=abre + self.HORA)
        ind = opciones().indice

        estados = [next(iter(ind.estados(abre + n * self.HORA))) for n in (-1, 0, 1, 0, -1)]
        assert estados == ["cerrado", "abierto", "cerrado", "abierto", "cerrado"]

    def test_la_lista_y_la_pagina_dicen_lo_mismo(self):
        regla = f.en_portal()
        f.ConvocatoriaFactory(programa=regla.programa)
        llave = (regla.programa_id, regla.ejercicio)
        todo = opciones()

        assert ventanas_de([llave])[llave] == todo.indice.ventana(llave, todo.momento.ahora)
