"""«¿Cuándo me toca?»: la función pura, la página pública y el apartado del programa."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from padron.consultas.cuando_me_toca import citas_de
from padron.models import JornadaDeEntrega
from tests.fabricas import programas as f
from tests.fabricas.entregas import JornadaDeEntregaFactory, hace
from tests.fabricas.territorio import AlcaldiaFactory, CentroFactory

pytestmark = pytest.mark.django_db


def jornadas(programa, **otros):
    comun = {"programa": programa, "publicada": True} | otros
    return [
        JornadaDeEntregaFactory(**comun, desde=hace(-3), letra_desde="A", letra_hasta="N"),
        JornadaDeEntregaFactory(
            **comun,
            desde=hace(-5),
            letra_desde="Ñ",
            letra_hasta="Z",
            tardia_desde=hace(-9),
            tardia_hasta=hace(-10),
            tardia_documento="comprobante",
        ),
    ]


def direccion(programa, letra=None) -> str:
    url = reverse("padron:cuando_me_toca", args=[programa.slug, 2025])
    return url if letra is None else f"{url}?letra={letra}"


def test_cada_letra_tiene_sus_ventanas():
    suyas = jornadas(f.ProgramaFactory())
    assert [c.letras for c in citas_de("N", suyas, alcaldias={})] == ["A a N"]
    assert [(c.letras, c.extemporanea) for c in citas_de("Ñ", suyas, alcaldias={})] == [
        ("Ñ a Z", False),
        ("Ñ a Z", True),
    ]


def test_en_dos_lugares_se_ofrecen_los_dos_y_se_dice_para_quien():
    AlcaldiaFactory(clave="09007")
    programa = f.ProgramaFactory()
    suyas = [*jornadas(programa), *jornadas(programa, alcaldias=["09007"])]
    citas = citas_de("A", suyas, alcaldias={"09007": "Iztapalapa"})
    assert [c.alcaldias for c in citas] == [(), ("Iztapalapa",)]


def test_la_pagina_pregunta_y_contesta_sin_guardar(visitante):
    regla = f.en_portal(ejercicio=2025)
    jornadas(regla.programa)
    pregunta = visitante.get(direccion(regla.programa)).content.decode()
    assert "¿Con qué letra empieza tu primer apellido?" in pregunta

    respuesta = visitante.get(direccion(regla.programa, "ñ")).content.decode()
    assert "Primer apellido con Ñ" in respuesta
    assert "comprobante" in respuesta
    assert not visitante.cookies


@pytest.mark.parametrize("letra", ["3", "AB", "López", "<", "%00", "🏛", "a" * 3000])
def test_lo_que_no_es_una_letra_se_dice(visitante, letra):
    regla = f.en_portal(ejercicio=2025)
    jornadas(regla.programa)
    assert visitante.get(direccion(regla.programa), {"letra": letra}).status_code == 400


def test_sin_jornadas_la_pagina_lo_dice_y_un_borrador_no_existe(visitante):
    regla = f.en_portal(ejercicio=2025)
    assert "no ha publicado" in visitante.get(direccion(regla.programa)).content.decode()
    assert visitante.get(direccion(f.ProgramaFactory())).status_code == 404


def test_lo_que_ya_paso_se_dice_aparte(visitante):
    regla = f.en_portal(ejercicio=2025)
    JornadaDeEntregaFactory(programa=regla.programa, publicada=True)
    pagina = visitante.get(direccion(regla.programa, "A")).content.decode()
    assert "Ya pasaron" in pagina
    assert "No hay un día por venir" in pagina


@pytest.mark.parametrize("estado", ["planeada", "cancelada"])
def test_solo_lo_publicado_sale(visitante, estado):
    regla = f.en_portal(ejercicio=2025)
    JornadaDeEntregaFactory(programa=regla.programa, estado=estado, desde=hace(-3))
    assert "no ha publicado" in visitante.get(direccion(regla.programa)).content.decode()
    assert "cuando-me-toca" not in visitante.get(regla.get_absolute_url()).content.decode()


def test_el_apartado_sale_en_la_pagina_del_programa(visitante):
    regla = f.en_portal(ejercicio=2025)
    jornadas(regla.programa)
    pagina = visitante.get(regla.get_absolute_url()).content.decode()
    assert 'id="cuando-me-toca"' in pagina
    assert direccion(regla.programa) in pagina


def test_las_mismas_consultas_con_el_doble(visitante):
    regla = f.en_portal(ejercicio=2025)

    def consultas():
        with CaptureQueriesContext(connection) as hechas:
            assert visitante.get(direccion(regla.programa, "A")).status_code == 200
        return len(hechas)

    jornadas(regla.programa, alcaldias=["09007"])
    consultas()
    pocas = consultas()
    for _ in range(3):
        jornadas(regla.programa, centro=CentroFactory(), alcaldias=["09007"])
    assert JornadaDeEntrega.objects.count() == 8
    assert consultas() == pocas
