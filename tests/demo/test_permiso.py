"""Dónde no se siembra: en producción y sobre lo que alguien ya capturó."""

import io

import pytest
from django.core.management import call_command

from sibis.cuentas.models import Usuario
from sibis.demo import permiso
from sibis.nucleo.errores import ErrorDeNegocio
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.programas import ConvocatoriaFactory, ReglaFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("entorno", ["produccion", "Producción", " PRODUCCION "])
def test_en_produccion_se_niega_con_una_oracion(settings, entorno):
    settings.SIBIS_ENTORNO = entorno
    avisos = io.StringIO()
    with pytest.raises(SystemExit) as salida:
        call_command("sembrar_demo", stderr=avisos)
    assert salida.value.code == 1
    assert "no se cambió nada" in avisos.getvalue()
    assert not Usuario.objects.exists()


def test_con_ajustes_de_produccion_y_sin_nombre_de_entorno_se_niega(monkeypatch, settings):
    settings.SIBIS_ENTORNO = ""
    settings.SETTINGS_MODULE = "sibis.settings.produccion"
    with pytest.raises(ErrorDeNegocio, match="producción"):
        permiso.exigir_que_se_pueda()


def test_sobre_una_regla_capturada_se_niega():
    ReglaFactory(capturado_por=UsuarioFactory())
    with pytest.raises(ErrorDeNegocio, match="capturados por personas"):
        permiso.exigir_que_se_pueda()


def test_sobre_una_convocatoria_de_verdad_se_niega():
    ConvocatoriaFactory()
    with pytest.raises(ErrorDeNegocio, match="capturados por personas"):
        permiso.exigir_que_se_pueda()


def test_si_ya_se_sembro_aqui_lo_capturado_despues_no_estorba():
    UsuarioFactory(email="enlace.styfe@demostracion.invalid")
    ConvocatoriaFactory()
    permiso.exigir_que_se_pueda()


def test_forzar_pasa_de_largo_y_sin_catalogos_dice_que_falta(settings, tmp_path):
    settings.SIBIS_ENTORNO, settings.VAR = "produccion", tmp_path
    avisos = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("sembrar_demo", "--forzar", stderr=avisos)
    assert "cargar_catalogos" in avisos.getvalue()
    assert not Usuario.objects.exists()
    assert not (tmp_path / "demo.json").exists()
