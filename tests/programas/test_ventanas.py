"""Si hoy se puede pedir: sale de las fechas, al segundo."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from programas.consultas.busqueda import buscar
from programas.consultas.filtros import Filtros
from programas.consultas.resultados import pagina_de_busqueda
from tests.fabricas import programas as f

pytestmark = pytest.mark.django_db


class TestVentanas:
    """El estado de hoy sale de las fechas, al segundo, y lo dicen igual la lista y la página."""

    @pytest.fixture
    def regla(self):
        return f.en_portal()

    def estado(self, regla) -> tuple[str, datetime.datetime | None]:
        [resultado] = pagina_de_busqueda(Filtros()).resultados
        return resultado.estado, resultado.estado_texto

    @pytest.fixture
    def ahora(self):
        """El reloj de la base está quieto dentro de la transacción de la prueba."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            return cursor.fetchone()[0]

    @pytest.mark.parametrize(
        ("abre", "cierra", "estado"),
        [
            (-10, 0, "cerrado"),  # al segundo de cerrar, ya cerró
            (-10, 1, "abierto"),
            (0, 10, "abierto"),  # al segundo de abrir, ya abrió
            (1, 10, "cerrado"),
            (-10, None, "abierto"),
        ],
    )
    def test_al_segundo_de_abrir_y_de_cerrar(self, abre, cierra, estado, regla, ahora):
        microsegundo = datetime.timedelta(microseconds=1)
        convocatoria = f.ConvocatoriaFactory(
            programa=regla.programa,
            abre=ahora + abre * microsegundo,
            cierra=None if cierra is None else ahora + cierra * microsegundo,
        )

        assert self.estado(regla)[0] == convocatoria.estado(ahora) == estado
        assert buscar(Filtros(valores={"estado": (estado,)})).total == 1

    @pytest.mark.parametrize(
        ("modos", "gana"),
        [
            (["pausada", "lista_de_espera", "normal"], "abierto"),
            (["pausada", "lista_de_espera"], "lista_de_espera"),
            (["pausada"], "pausado"),
            ([], "cerrado"),
        ],
    )
    def test_con_varias_a_la_vez_gana_la_que_mas_sirve(self, modos, gana, regla):
        for modo in modos:
            f.ConvocatoriaFactory(programa=regla.programa, modo=modo)

        assert self.estado(regla)[0] == gana

    def test_la_fecha_de_cierre_es_de_la_ventana_que_da_el_estado(self, regla):
        abierta = f.ConvocatoriaFactory(programa=regla.programa)
        f.ConvocatoriaFactory(
            programa=regla.programa,
            lista_de_espera=True,
            cierra=abierta.cierra + datetime.timedelta(days=90),
        )

        dia = timezone.localdate(abierta.cierra).day
        assert f"hasta el {dia} de" in self.estado(regla)[1]

    def test_una_abierta_sin_fin_no_toma_prestado_el_cierre_de_otra(self, regla):
        f.ConvocatoriaFactory(programa=regla.programa, cierra=None)
        f.ConvocatoriaFactory(programa=regla.programa, pausada=True)

        assert self.estado(regla) == ("abierto", "Abierto")

    def test_cerrada_que_abrira_dice_cuando_y_con_minusculas(self, regla):
        futura = f.ConvocatoriaFactory(programa=regla.programa, futura=True)
        f.ConvocatoriaFactory(programa=regla.programa, vencida=True)

        estado, texto = self.estado(regla)
        assert estado == "cerrado"
        assert texto.startswith(f"Cerrado; abre el {timezone.localdate(futura.abre).day} de ")
        assert texto == texto[0] + texto[1:].lower()

    def test_sin_convocatorias_se_dice_que_no_hay_publicada(self, regla):
        assert self.estado(regla) == ("cerrado", "Sin convocatoria publicada")

    def test_la_convocatoria_de_otro_anio_no_abre_este(self, regla):
        f.ConvocatoriaFactory(programa=regla.programa, ejercicio=2024)

        assert self.estado(regla)[0] == "cerrado"
