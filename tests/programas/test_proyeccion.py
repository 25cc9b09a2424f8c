"""De lo publicado a lo que se busca: la proyección se rehace y nunca se edita."""

from __future__ import annotations

import pytest

from programas import proyeccion
from programas.models import FichaPublica, ReglaOperacion
from tests.fabricas import programas as f
from tests.programas.portal import publicar

pytestmark = pytest.mark.django_db


def test_proyectar_quita_lo_que_ya_no_se_publica_y_no_toca_lo_demas():
    una, otra = publicar("Una", "Otra")
    ReglaOperacion.objects.filter(pk=una.pk).update(estado="sustituido")

    proyeccion.proyectar(una.programa)

    assert [x.regla_id for x in FichaPublica.objects.all()] == [otra.pk]


def test_proyectar_dos_veces_deja_lo_mismo():
    publicar("Una", "Otra")
    antes = list(FichaPublica.objects.order_by("pk").values())

    proyeccion.proyectar()

    assert list(FichaPublica.objects.order_by("pk").values()) == antes


def test_proyectar_una_dependencia_de_clave_larga_no_falla():
    regla = f.ReglaFactory(publicada=True, programa__dependencia__clave="D" * 40)

    assert proyeccion.proyectar(regla.programa) == 1
