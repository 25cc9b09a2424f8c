"""Qué cambió de un año a otro, en oraciones; y entre versiones del mismo año."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.fabricas import programas as f
from tests.programas.paginas import XSS, pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def beca():
    """2024 y 2025 de un programa, con un cambio de cada clase."""
    programa = f.ProgramaFactory(clave="mi-beca", nombre="Mi Beca")
    numeral, tipo = f.ApartadoFactory(numeral="8.3"), f.TipoDeApoyoFactory(nombre="dinero")
    f.en_portal(
        programa=programa,
        ejercicio=2024,
        presupuesto_aprobado=Decimal(1_000_000),
        edad_max_meses=719,
        requisitos=[{"texto": "Vivir en la ciudad"}, {"texto": "Acta de nacimiento"}],
        apoyos=[{"tipo": tipo, "modalidad": "Básica", "monto_minimo": Decimal(600)}],
        metas=[{"cantidad": 100, "unidad": "personas"}],
        textos=[{"apartado": numeral, "texto": "Se responde en quince días."}],
    )
    return f.en_portal(
        programa=programa,
        ejercicio=2025,
        presupuesto_aprobado=Decimal(1_200_000),
        edad_max_meses=779,
        requisitos=[{"texto": "Vivir en la ciudad"}, {"texto": "CURP"}],
        apoyos=[
            {"tipo": tipo, "modalidad": "Básica", "monto_minimo": Decimal(650)},
            {"tipo": tipo, "modalidad": "Con comida", "monto_minimo": Decimal(900)},
        ],
        metas=[{"cantidad": 150, "unidad": "personas"}],
        textos=[{"apartado": numeral, "texto": "Se responde en diez días."}],
    )


def test_lo_dice_en_oraciones(visitante, beca):
    html = pagina(visitante, "/programas/mi-beca/2025/cambios/")

    for dice in (
        "De 2024 a 2025.",
        "Básica: antes $600 al mes; ahora $650 al mes.",
        "Apoyo nuevo: Con comida. $900 al mes",
        "Presupuesto aprobado: sube de $1,000,000 a $1,200,000 (20 % más).",
        "Meta de personas: sube de 100 a 150 (50 % más).",
        "Acta de nacimiento",
        "8.3",
        "<del>quince</del> <ins>diez</ins>",
    ):
        assert dice in html, dice
    assert "Vivir en la ciudad" not in html


def test_la_pagina_del_programa_lleva_a_los_cambios(visitante, beca):
    html = pagina(visitante, "/programas/mi-beca/")

    assert 'href="/programas/mi-beca/2025/cambios/"' in html
    assert "Qué cambió respecto de 2024" in html
    assert "cambios/" not in pagina(visitante, "/programas/mi-beca/2024/")


def test_el_primer_anio_dice_que_no_hay_con_que_comparar(visitante, beca):
    assert "No hay con qué comparar" in pagina(visitante, "/programas/mi-beca/2024/cambios/")


def test_entre_versiones_del_mismo_anio(visitante, beca):
    beca.__class__.objects.filter(pk=beca.pk).update(estado="sustituido")
    f.en_portal(programa=beca.programa, ejercicio=2025, version=2, nombre="Mi Beca Nueva")

    html = pagina(visitante, "/programas/mi-beca/2025/cambios/", version=2, contra=1)
    assert "de la versión 1 a la versión 2" in html
    assert "Nombre: antes Mi Beca; ahora Mi Beca Nueva." in html
    assert "De la versión 1 a la 2" in pagina(visitante, "/programas/mi-beca/2025/cambios/")


def test_dos_iguales_lo_dicen(visitante, beca):
    html = pagina(visitante, "/programas/mi-beca/2025/cambios/", contra=1)

    assert "No cambió nada de lo que se publica aquí" in html


def test_lo_que_una_fuente_calla_no_es_un_cambio(visitante):
    programa = f.ProgramaFactory(clave="callado")
    dicho = {"requisitos": [{"texto": "Traer la CURP"}], "apoyos": [{"modalidad": "Despensa"}]}
    f.en_portal(programa=programa, ejercicio=2023)
    f.en_portal(programa=programa, ejercicio=2024, **dicho)
    f.en_portal(programa=programa, ejercicio=2025)
    ahora_se_dice = pagina(visitante, "/programas/callado/2024/cambios/")
    ya_no_se_dice = pagina(visitante, "/programas/callado/2025/cambios/")

    assert ahora_se_dice.count("La fuente de 2023 no lo decía") == 2
    assert ya_no_se_dice.count("La fuente de 2025 no lo dice") == 2
    for html in (ahora_se_dice, ya_no_se_dice):
        assert "Hay 0 cambios." in html
        assert "Traer la CURP" in html
        assert "Despensa" in html
        assert not re.search(r"Ya no está|>Nuevo<|Apoyo nuevo", html)


@pytest.mark.parametrize("contra", ["0", "-1", "x", "9" * 30, ""])
def test_una_version_imposible_da_400(contra, visitante, beca):
    assert visitante.get(f"/programas/mi-beca/2025/cambios/?contra={contra}").status_code == 400


def test_una_version_repetida_da_400_y_una_que_no_hubo_404(visitante, beca):
    base = "/programas/mi-beca/2025/cambios/"
    assert visitante.get(f"{base}?contra=1&contra=1").status_code == 400
    assert visitante.get(f"{base}?contra=9").status_code == 404


def test_nada_publicado_a_medias_se_asoma_en_la_comparacion(visitante, beca):
    f.ReglaFactory(programa=beca.programa, ejercicio=2025, version=2, nombre="Clandestina")

    base = "/programas/mi-beca/2025/cambios/"
    assert visitante.get(f"{base}?contra=2").status_code == 404
    assert "Clandestina" not in pagina(visitante, base)


def test_lo_escrito_se_escapa(visitante):
    programa = f.ProgramaFactory(clave="raro")
    for ejercicio, texto in ((2024, "uno"), (2025, f"dos {XSS}")):
        f.en_portal(
            programa=programa, ejercicio=ejercicio, queja=texto, requisitos=[{"texto": texto}]
        )
    html = pagina(visitante, "/programas/raro/2025/cambios/")

    assert "&lt;script&gt;" in html
    assert not re.search(r"<script>alert|<img[^>]+onerror", html)
