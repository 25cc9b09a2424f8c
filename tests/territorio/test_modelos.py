"""Alcaldías, colonias y centros: lo que la base de datos no deja pasar y lo que se les puede pedir."""

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from sibis.nucleo.normalizacion import clave_comparable
from sibis.territorio.models import Alcaldia, Centro, Colonia
from tests.fabricas.territorio import (
    AlcaldiaFactory,
    CentroFactory,
    ColoniaFactory,
    TipoDeCentroFactory,
    centro_de,
    cuadro,
)

pytestmark = pytest.mark.django_db

MONO = MultiPolygon(
    Polygon(((-99.1, 19.4), (-99.0, 19.5), (-99.0, 19.4), (-99.1, 19.5), (-99.1, 19.4))), srid=4326
)


@pytest.mark.parametrize("clave", ["09001", "09018", "02CD1", "9010"])
def test_una_clave_que_no_es_del_inegi_no_se_guarda(clave):
    with pytest.raises(IntegrityError):
        AlcaldiaFactory(
            clave=clave, nombre="X", geometria=cuadro(-99.1, 19.4), punto_interior=Point(-99, 19.4)
        )


def test_el_mensaje_de_la_clave_dice_cuales_valen():
    alcaldia = AlcaldiaFactory.build(clave="09010")
    alcaldia.clave = "09001"
    with pytest.raises(ValidationError, match="va de 09002 a 09017"):
        alcaldia.full_clean()


@pytest.mark.parametrize(
    ("geometria", "motivo"),
    [(MONO, "se cruza consigo mismo"), (cuadro(-98.0, 19.4), "sale de la Ciudad")],
)
def test_un_limite_imposible_se_dice_y_la_base_no_lo_admite(geometria, motivo):
    alcaldia = AlcaldiaFactory()
    alcaldia.geometria = geometria
    with pytest.raises(ValidationError, match=motivo):
        alcaldia.full_clean()
    with pytest.raises(IntegrityError):
        alcaldia.save()


def test_que_contiene_responde_la_alcaldia_del_punto():
    alcaldia, _otra = AlcaldiaFactory(clave="09010"), AlcaldiaFactory(clave="09011")
    assert list(Alcaldia.objects.que_contiene(centro_de("09010"))) == [alcaldia]


def test_sin_geometria_no_carga_los_poligonos():
    AlcaldiaFactory()
    (alcaldia,) = Alcaldia.objects.sin_geometria()
    assert alcaldia.get_deferred_fields() == {"geometria", "punto_interior"}


def test_dos_fuentes_pueden_usar_la_misma_clave_de_colonia():
    ColoniaFactory(fuente="IECM", clave="1")
    ColoniaFactory(fuente="SEDUVI", clave="1")
    with pytest.raises(IntegrityError):
        ColoniaFactory(fuente="IECM", clave="1")


@pytest.mark.parametrize("texto", ["peñon banos", "PEÑÓN", "  de los   banos ", "baños, peñon"])
def test_una_colonia_se_busca_sin_acentos_ni_orden(texto):
    colonia = ColoniaFactory(nombre="PEÑÓN DE LOS BAÑOS (PBLO)")
    ColoniaFactory(nombre="Narvarte")
    assert list(Colonia.objects.buscar(texto)) == [colonia]


@pytest.mark.parametrize("punto", [Point(0, 0), Point(19.4, -99.1), Point(-100.9, 19.4)])
def test_un_centro_fuera_de_la_ciudad_no_se_guarda(punto):
    punto.srid = 4326
    centro = CentroFactory.build(
        tipo=TipoDeCentroFactory(), alcaldia=AlcaldiaFactory(), punto=punto
    )
    with pytest.raises(ValidationError, match="fuera de la Ciudad"):
        centro.full_clean()
    with pytest.raises(IntegrityError):
        centro.save()


def test_una_capacidad_de_cero_se_rechaza_diciendo_que_hacer():
    centro = CentroFactory.build(
        tipo=TipoDeCentroFactory(), alcaldia=AlcaldiaFactory(), capacidad=0
    )
    with pytest.raises(ValidationError, match="si no se sabe, déjala vacía"):
        centro.full_clean()


def test_publicos_deja_fuera_a_los_cerrados():
    abierto, _cerrado = CentroFactory(), CentroFactory(cerrado=True)
    assert list(Centro.objects.publicos()) == [abierto]


def test_una_lista_publica_cuesta_una_consulta_y_no_carga_poligonos(django_assert_num_queries):
    CentroFactory.create_batch(3)
    with django_assert_num_queries(1):
        centros = list(Centro.objects.publicos())
        nombres = {(str(c), str(c.tipo), str(c.alcaldia)) for c in centros}
    assert len(nombres) == 3
    assert "geometria" in centros[0].alcaldia.get_deferred_fields()


def test_se_filtra_por_tipo_y_por_alcaldia():
    pilares = CentroFactory(tipo__clave="pilares", alcaldia__clave="09010")
    CentroFactory(tipo__clave="utopia", alcaldia__clave="09010")
    CentroFactory(tipo__clave="pilares", alcaldia__clave="09007")
    assert list(Centro.objects.del_tipo("pilares").en_alcaldia("09010")) == [pilares]
    assert Centro.objects.del_tipo("pilares", "utopia").count() == 3


def test_cerca_de_ordena_y_mide_en_metros():
    tipo, alcaldia = TipoDeCentroFactory(), AlcaldiaFactory()
    este = CentroFactory(tipo=tipo, alcaldia=alcaldia, punto=Point(-99.11, 19.4, srid=4326))
    norte = CentroFactory(tipo=tipo, alcaldia=alcaldia, punto=Point(-99.12, 19.4098, srid=4326))
    cerca = list(Centro.objects.cerca_de(Point(-99.12, 19.4, srid=4326)))
    # Un grado de longitud mide menos que uno de latitud: en grados el orden sería el contrario.
    assert cerca == [este, norte]
    assert [round(c.distancia, -1) for c in cerca] == pytest.approx([1050, 1080], abs=10)


def test_cerca_de_se_combina_con_los_filtros():
    CentroFactory(cerrado=True)
    abierto = CentroFactory(tipo__clave="utopia")
    consulta = Centro.objects.publicos().del_tipo("utopia").cerca_de(centro_de("09010"))
    assert list(consulta) == [abierto]


@pytest.mark.parametrize("texto", ["JALALPA", "jalalpa encinal", "tepito", "Encinal núm. 5"])
def test_un_centro_se_busca_por_nombre_direccion_o_colonia(texto):
    centro = CentroFactory(
        nombre="Jalalpa", direccion="Calle Encinal Núm. 5", colonia="Jalalpa Tepito"
    )
    CentroFactory(nombre="Otro")
    assert list(Centro.objects.buscar(texto)) == [centro]


@pytest.mark.parametrize("texto", ["", "   ", "¿?", "%"])
def test_buscar_sin_palabras_no_filtra(texto):
    CentroFactory()
    assert Centro.objects.buscar(texto).count() == 1


def test_lo_comparable_de_la_base_es_lo_del_nucleo():
    nombre = "  ¡Ñandú!  Güero-Álvarez Nº 3 (U. HAB.)  ÇÀ "
    centro = CentroFactory(nombre=nombre, direccion="")
    centro.refresh_from_db()
    assert centro.comparable == clave_comparable(nombre)
