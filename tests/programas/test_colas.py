"""Lo que espera a cada quien al entrar: ni lo ajeno, ni lo que ya hizo."""

from __future__ import annotations

import pytest
from django.conf import settings

from programas.consultas.colas import colas
from programas.models import ReglaOperacion
from programas.servicios import revision
from sibis.cuentas import roles
from sibis.cuentas.models import Dependencia
from sibis.nucleo.errores import SinPermiso
from tests.conftest import mientras_dure
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def personal(django_db_setup, django_db_blocker):
    """Quienes miran, con una regla suya en cada estado y otras tantas ajenas."""
    with mientras_dure(django_db_blocker):
        suya = DependenciaFactory()
        for duena in ({"programa__dependencia": suya}, {}):
            for rasgo in ("enviada", "observada", "validada", "aprobada", "publicada", "retirada"):
                f.ReglaFactory(nombre=rasgo, **{rasgo: True}, **duena)
            f.ReglaFactory(nombre="borrador", **duena)
        rectora = DependenciaFactory(clave=settings.DEPENDENCIA_RECTORA)
        yield {
            "enlace": con_rol(roles.EnlaceDeDependencia, en=suya),
            "titular": con_rol(roles.TitularQueFirma, en=suya),
            "validadora": con_rol(roles.ValidacionSIBISO, en=rectora),
        }


@pytest.fixture
def enlace(personal):
    return personal["enlace"]


@pytest.fixture
def titular(personal):
    return personal["titular"]


@pytest.fixture
def validadora(personal):
    return personal["validadora"]


def vistas(usuario) -> dict[str, list[str]]:
    """De cada cola, en qué estado están las reglas que muestra."""
    return {c.titulo: sorted(p.titulo.split()[0] for p in c.pendientes) for c in colas(usuario)}


def test_al_enlace_lo_suyo_que_se_captura(enlace):
    assert vistas(enlace) == {
        "Observadas: corrígelas": ["observada"],
        "Borradores que estás escribiendo": ["borrador"],
    }


def test_a_la_titular_lo_suyo_por_firmar(titular):
    assert vistas(titular) == {"Por firmar y enviar": ["borrador", "observada"]}


def test_a_la_validadora_lo_de_toda_la_ciudad(validadora):
    assert vistas(validadora) == {
        "Por revisar": ["enviada", "enviada"],
        "Aprobadas, esperan Gaceta": ["aprobada", "aprobada"],
    }


@pytest.mark.parametrize("rol", [roles.Analista, roles.Auditoria, roles.AdministracionTecnica])
def test_a_quien_no_decide_nada_no_le_espera_nada(rol, personal):
    assert vistas(con_rol(rol)) == {}


def test_cada_pendiente_lleva_a_su_regla_y_la_cola_dice_su_total(enlace):
    cola = colas(enlace)[0]

    assert cola.total == len(cola.pendientes) == 1
    assert cola.pendientes[0].url.startswith("/panel/programas/reglaoperacion/")
    assert "estado__in=observado" in cola.url_todos


def test_las_consultas_no_crecen_con_los_pendientes(enlace, django_assert_num_queries):
    enlace.adscripciones_vigentes()
    with django_assert_num_queries(4):
        colas(enlace)
    for _ in range(3):
        f.ReglaFactory(programa__dependencia=enlace.adscripciones.get().dependencia)
    with django_assert_num_queries(4):
        colas(enlace)


def reglas_en_cola(usuario, titulo: str) -> set[int]:
    urls = [p.url for c in colas(usuario) if c.titulo == titulo for p in c.pendientes]
    return {int(url.rstrip("/").split("/")[-2]) for url in urls}


@pytest.mark.parametrize(
    ("rol", "en"),
    [
        (roles.ValidacionSIBISO, "rectora"),
        (roles.ValidacionSIBISO, "otra"),
        (roles.DictamenEVALUA, "otra"),
        (roles.DictamenEVALUA, "rectora"),
    ],
)
@pytest.mark.parametrize(
    ("titulo", "paso", "estado"),
    [
        ("Por revisar", "tomar", "enviado"),
        ("Por dictaminar", "tomar-dictamen", "validado"),
        ("Aprobadas, esperan Gaceta", "publicar", "aprobado"),
    ],
)
def test_la_cola_tiene_justo_lo_que_el_servicio_dejaria_decidir(
    rol, en, titulo, paso, estado, personal
):
    rectora = Dependencia.objects.get(clave=settings.DEPENDENCIA_RECTORA)
    otra = DependenciaFactory()
    quien = con_rol(rol, en={"rectora": rectora, "otra": otra}[en])
    rasgo = {"enviado": "enviada", "validado": "validada", "aprobado": "aprobada"}[estado]
    for duena in (rectora, otra, DependenciaFactory()):
        f.ReglaFactory(programa__dependencia=duena, **{rasgo: True})
        f.ReglaFactory(programa__dependencia=duena, capturado_por=quien, **{rasgo: True})

    def deja(regla: ReglaOperacion) -> bool:
        try:
            revision.exigir(paso, regla, por=quien)
        except SinPermiso:
            return False
        return True

    todas = ReglaOperacion.objects.filter(estado=estado)
    permitidas = {regla.pk for regla in todas if deja(regla)}
    assert reglas_en_cola(quien, titulo) == permitidas
