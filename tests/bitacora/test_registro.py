import datetime
from decimal import Decimal

import pytest
from django.db import transaction

from sibis.bitacora.datos_personales import DatoPersonalEnBitacora
from sibis.bitacora.models import Evento
from sibis.bitacora.registro import Via, por_via, registrar, registrar_lectura
from tests.fabricas.cuentas import DependenciaFactory, UsuarioFactory

pytestmark = pytest.mark.django_db


def test_registrar_guarda_quien_que_y_donde():
    usuario, dependencia = UsuarioFactory(), DependenciaFactory()

    evento = registrar(
        "regla.publicada", dependencia, por=usuario, dependencia=dependencia, gaceta="1234"
    )

    evento.refresh_from_db()
    assert (evento.tipo, evento.objeto_tipo, evento.objeto_id) == (
        "regla.publicada",
        "cuentas.dependencia",
        str(dependencia.pk),
    )
    assert (evento.por_id, evento.por) == (usuario.pk, usuario.username)
    assert evento.dependencia == dependencia.clave
    assert evento.detalle == {"gaceta": "1234"}


def test_registrar_lo_que_hace_la_maquina_queda_sin_persona():
    evento = registrar("corte.generado", None, por=None)

    assert (evento.por_id, evento.por, evento.objeto_tipo) == (None, "", "")


def test_registrar_lectura_lleva_su_propio_tipo():
    persona = UsuarioFactory()

    assert registrar_lectura("persona", persona, por=UsuarioFactory()).tipo == "lectura.persona"


def test_registrar_guarda_fechas_y_dinero_como_texto():
    evento = registrar("x", None, por=None, dia=datetime.date(2026, 1, 2), monto=Decimal("10.50"))

    evento.refresh_from_db()
    assert evento.detalle == {"dia": "2026-01-02", "monto": "10.50"}


@pytest.mark.parametrize(
    "detalle",
    [
        {"curp": "x"},
        {"CURP": "x"},
        {"Nombre": "x"},
        {"fecha_nacimiento": "x"},
        {"antes": {"primer_apellido": "x"}},
        {"cambios": [{"telefono": "x"}]},
        {"clave": "GARC800101HDFRRL09"},
        {"nota": "escríbele a ana@ejemplo.mx"},
        {"cuenta": "012180015678912345"},
    ],
)
def test_registrar_con_datos_personales_se_niega_y_no_repite_el_valor(detalle):
    with pytest.raises(DatoPersonalEnBitacora) as error:
        registrar("x", None, por=None, **detalle)

    assert "GARC" not in str(error.value)
    assert not Evento.objects.exists()


def test_registrar_se_deshace_con_el_acto():
    with transaction.atomic():
        registrar("x", None, por=None)
        transaction.set_rollback(True)

    assert not Evento.objects.exists()


def test_via_es_el_panel_para_las_personas_y_se_puede_decir_otra():
    usuario = UsuarioFactory()

    assert registrar("x", None, por=usuario).via == Via.PANEL
    with por_via(Via.ORDEN):
        assert registrar("x", None, por=usuario).via == Via.ORDEN
    assert registrar("x", None, por=None).via == Via.SIN_DECIR
