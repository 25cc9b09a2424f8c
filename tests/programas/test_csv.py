"""Los resultados como CSV: las columnas del contrato y ninguna fórmula."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest

from programas import proyeccion
from tests.fabricas import programas as f
from tests.programas.paginas import pagina, regla

__all__ = ["regla"]

pytestmark = pytest.mark.django_db


class TestCsv:
    def leer(self, visitante, **datos) -> list[dict[str, str]]:
        respuesta = visitante.get("/programas/", {**datos, "formato": "csv"})
        assert respuesta.status_code == 200
        texto = respuesta.content.decode("utf-8")
        assert texto.startswith("\ufeff")  # sin la marca, Excel rompe los acentos
        return list(csv.DictReader(StringIO(texto[1:])))

    def test_empieza_con_las_columnas_del_contrato(self, visitante, regla):
        [fila] = self.leer(visitante)

        contrato = ["clave", "nombre", "dependencia", "ejercicio", "tipo", "estado", "url"]
        assert list(fila)[:7] == contrato
        assert [fila[c] for c in contrato] == [
            "mi-beca",
            "Mi Beca",
            regla.dependencia.nombre,
            "2025",
            "programa",
            "cerrado",
            "http://testserver/programas/mi-beca/",
        ]

    def test_sus_cabeceras_lo_vuelven_un_archivo(self, visitante, regla):
        respuesta = visitante.get("/programas/?formato=csv")

        assert respuesta["Content-Type"] == "text/csv; charset=utf-8"
        assert 'filename="programas.csv"' in respuesta["Content-Disposition"]

    def test_trae_lo_mismo_y_en_el_mismo_orden_que_la_pagina(self, visitante):
        for n in range(30):
            f.ReglaFactory(publicada=True, nombre=f"Beca {n:02}")
        f.ReglaFactory(publicada=True, nombre="Beca zeta")
        proyeccion.proyectar()

        filas = self.leer(visitante, q="beca", orden="nombre", pagina=2)
        html = pagina(visitante, "/programas/", q="beca", orden="nombre", pagina=2)
        nombres = [re.sub("<.*?>", "", t) for t in re.findall(r"<h3><a[^>]*>(.*?)</a></h3>", html)]
        assert [fila["nombre"] for fila in filas] == nombres
        assert len(filas) == 7

    @pytest.mark.parametrize("inicio", ["=", "+", "-", "@", "\t", "\r", "\n"])
    def test_una_celda_que_seria_formula_llega_como_texto(self, inicio, visitante):
        f.en_portal(nombre="Planilla", a_quien=f"{inicio}HYPERLINK(1)")

        [fila] = self.leer(visitante, q="planilla")
        assert fila["para_quien"] == f"'{inicio}HYPERLINK(1)"

    def test_sin_resultados_trae_solo_el_encabezado(self, visitante):
        assert self.leer(visitante, q="xilófono") == []

    def test_una_peticion_mala_da_400_y_no_un_archivo(self, visitante):
        respuesta = visitante.get("/programas/?formato=csv&tipo=x")

        assert respuesta.status_code == 400
        assert respuesta["Content-Type"].startswith("text/html")
