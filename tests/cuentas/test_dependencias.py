import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from sibis.cuentas.models import Denominacion, Dependencia
from sibis.cuentas.tasks import refrescar_denominaciones
from tests.fabricas.cuentas import DenominacionFactory, DependenciaFactory

pytestmark = pytest.mark.django_db
FECHA = datetime.date
DIA = datetime.timedelta(days=1)


@pytest.fixture
def sebien():
    """SEDESO → SIBISO → SEBIEN."""
    dependencia = DependenciaFactory(clave="SEBIEN", denominacion=False)
    for siglas, desde, hasta in [
        ("SEDESO", None, FECHA(2018, 12, 31)),
        ("SIBISO", FECHA(2019, 1, 1), FECHA(2024, 12, 31)),
        ("SEBIEN", FECHA(2025, 1, 1), None),
    ]:
        DenominacionFactory(
            dependencia=dependencia,
            siglas=siglas,
            nombre=f"Secretaría {siglas}",
            vigente_desde=desde,
            vigente_hasta=hasta,
        )
    Dependencia.objects.refrescar_nombres()
    dependencia.refresh_from_db()
    return dependencia


@pytest.mark.parametrize(
    ("fecha", "siglas"),
    [
        (FECHA(2009, 5, 5), "SEDESO"),
        (FECHA(2018, 12, 31), "SEDESO"),
        (FECHA(2019, 1, 1), "SIBISO"),
        (FECHA(2024, 12, 31), "SIBISO"),
        (FECHA(2025, 1, 1), "SEBIEN"),
    ],
)
def test_nombre_a_una_fecha(sebien, fecha, siglas):
    assert sebien.denominacion_en(fecha).siglas == siglas
    assert Dependencia.objects.con_nombre(fecha).get(pk=sebien.pk).siglas_en == siglas


def test_nombre_de_hoy_es_el_que_se_muestra(sebien):
    assert str(sebien) == "SEBIEN"
    assert sebien.nombre_actual == "Secretaría SEBIEN"


def test_con_nombre_cuesta_una_consulta_sean_las_que_sean(sebien, django_assert_num_queries):
    DependenciaFactory.create_batch(6)

    with django_assert_num_queries(1):
        assert (
            len(
                [
                    (d.nombre_en, d.siglas_en)
                    for d in Dependencia.objects.con_nombre(FECHA(2020, 1, 1))
                ]
            )
            == 7
        )


def test_denominaciones_encimadas_las_niega_la_base(sebien):
    with pytest.raises(IntegrityError, match="una_a_la_vez"), transaction.atomic():
        DenominacionFactory(dependencia=sebien, vigente_desde=FECHA(2024, 12, 31))


def test_denominaciones_encimadas_se_explican_en_el_formulario(sebien):
    encimada = DenominacionFactory.build(dependencia=sebien, vigente_desde=FECHA(2024, 12, 31))

    with pytest.raises(ValidationError, match="otra denominación"):
        encimada.full_clean()


@pytest.mark.parametrize("clave", ["2CD14", "02cd14", "02CD144", "AACD14"])
def test_unidad_responsable_mal_escrita_la_niegan_formulario_y_base(clave):
    dependencia = DependenciaFactory(denominacion=False)

    with pytest.raises(ValidationError):
        DenominacionFactory.build(dependencia=dependencia, clave_ur=clave).full_clean()
    with pytest.raises(Exception, match="clave_ur|too long|demasiado largo"), transaction.atomic():
        DenominacionFactory(dependencia=dependencia, clave_ur=clave)


def test_clave_inegi_solo_en_alcaldias():
    with pytest.raises(IntegrityError, match="inegi_solo_alcaldias"):
        DependenciaFactory(tipo="secretaria", clave_inegi="09007")


def test_refrescar_nombres_pone_el_que_empieza_hoy():
    hoy = timezone.localdate()
    dependencia = DependenciaFactory(denominacion=False, nombre="Vieja", siglas="VIEJA")
    DenominacionFactory(dependencia=dependencia, siglas="VIEJA", vigente_hasta=hoy - DIA)
    DenominacionFactory(dependencia=dependencia, siglas="NUEVA", vigente_desde=hoy)
    DenominacionFactory.create(siglas="OTRA")

    refrescar_denominaciones()

    dependencia.refresh_from_db()
    assert dependencia.siglas == "NUEVA"
    assert refrescar_denominaciones() == 0


def test_refrescar_nombres_deja_a_la_extinta_con_el_ultimo_que_tuvo():
    dependencia = DependenciaFactory(denominacion=False, siglas="", nombre="")
    DenominacionFactory(
        dependencia=dependencia, siglas="SEDEREC", vigente_hasta=FECHA(2018, 12, 31)
    )

    Dependencia.objects.refrescar_nombres()

    dependencia.refresh_from_db()
    assert dependencia.siglas == "SEDEREC"
    assert dependencia not in Dependencia.objects.activas()
    assert dependencia in Dependencia.objects.activas(FECHA(2018, 1, 1))


def test_orden_alfabetico_como_en_espanol():
    for nombre in ["Tlalpan", "Álvaro Obregón", "Benito Juárez", "Ñuñoa", "Nativitas"]:
        DependenciaFactory(nombre=nombre)

    assert list(Dependencia.objects.values_list("nombre", flat=True)) == [
        "Álvaro Obregón",
        "Benito Juárez",
        "Nativitas",
        "Ñuñoa",
        "Tlalpan",
    ]


def test_denominacion_en_no_consulta_si_ya_se_trajeron(sebien, django_assert_num_queries):
    [traida] = Dependencia.objects.prefetch_related("denominaciones")

    with django_assert_num_queries(0):
        assert traida.denominacion_en(FECHA(2020, 1, 1)).siglas == "SIBISO"


def test_denominaciones_en_orden_de_fecha(sebien):
    assert [d.siglas for d in Denominacion.objects.all()] == ["SEDESO", "SIBISO", "SEBIEN"]
