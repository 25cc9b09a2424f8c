"""La regla leída de una vez trae exactamente lo mismo que traería cada relación por su lado."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programas.consultas.capturado import completar
from programas.consultas.publicas import regla_publica, reglas_para_leer
from programas.models import ReglaOperacion
from tests.fabricas import programas as f
from tests.fabricas.territorio import AlcaldiaFactory

pytestmark = pytest.mark.django_db

RELACIONES = (
    "fuentes",
    "requisitos",
    "poblaciones",
    "alineaciones",
    "compatibilidades",
    "apoyos",
    "metas",
    "derechos",
    "grupos",
    "alcaldias",
)


@pytest.fixture
def regla():
    otra = f.en_portal()
    secciones = {n: [{}] * 3 for n in f.SECCIONES if n not in {"poblaciones", "fuentes"}}
    secciones["compatibilidades"] = [{"programa": otra.programa}, {"nombre": "Otro \\ «raro» </b>"}]
    return f.ReglaFactory(
        publicada=True,
        completa=True,
        fuentes=[{"clave": f"f{n}"} for n in range(3)],
        derechos=[f.DerechoSocialFactory(), f.DerechoSocialFactory()],
        grupos=[f.GrupoPrioritarioFactory()],
        alcaldias=[AlcaldiaFactory(), AlcaldiaFactory()],
        **secciones,
    )


def valores(objeto) -> dict:
    """Sus columnas con el tipo de cada valor: 600 no es lo mismo que Decimal('600.00')."""
    ya = objeto.get_deferred_fields()
    columnas = [c.attname for c in objeto._meta.concrete_fields if c.attname not in ya]
    return {c: (type(getattr(objeto, c)), getattr(objeto, c)) for c in columnas}


@pytest.mark.parametrize("relacion", RELACIONES)
def test_cada_renglon_es_igual_al_que_daria_la_relacion(relacion, regla):
    de_una_vez = regla_publica(regla.programa)
    por_partes = reglas_para_leer().get(pk=regla.pk)
    unos, otros = (list(getattr(r, relacion).all()) for r in (de_una_vez, por_partes))

    assert unos
    assert [valores(o) for o in unos] == [valores(o) for o in otros]


def test_tambien_los_nombres_de_la_dependencia(regla):
    de_una_vez = regla_publica(regla.programa).dependencia.denominaciones.all()
    por_partes = reglas_para_leer().get(pk=regla.pk).dependencia.denominaciones.all()

    assert [valores(d) for d in de_una_vez] == [valores(d) for d in por_partes]


def test_es_una_consulta_y_nada_de_lo_suyo_vuelve_a_preguntar(regla):
    suelta = ReglaOperacion.objects.select_related("programa", "dependencia").get(pk=regla.pk)
    with CaptureQueriesContext(connection) as consultas:
        completar(suelta)
        for relacion in RELACIONES:
            for objeto in getattr(suelta, relacion).all():
                for apuntado in ("regla", "fuente", "tipo"):
                    getattr(objeto, apuntado, None)
        for compatibilidad in suelta.compatibilidades.all():
            assert compatibilidad.programa is None or compatibilidad.programa.nombre
        list(suelta.dependencia.denominaciones.all())

    assert len(consultas) == 1


def test_filtrar_lo_leido_sigue_siendo_solo_lo_suyo(regla):
    f.en_portal(completa=True)
    leida = regla_publica(regla.programa)

    assert set(leida.apoyos.filter(pk__gt=0)) == set(regla.apoyos.all())
