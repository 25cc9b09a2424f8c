import pytest

from sibis.bitacora.presentadores import frase
from tests.fabricas.bitacora import EventoFactory


def _frase(**campos) -> str:
    return frase(EventoFactory.build(**campos))


def test_frase_de_un_tipo_conocido_usa_su_plantilla_y_el_detalle():
    assert _frase(tipo="sesion.iniciada", por="ana") == "ana entró al sistema"
    assert "adscrita2" in _frase(
        tipo="adscripcion.otorgada", detalle={"cuenta": "adscrita2", "rol": "enlace"}
    )


def test_frase_de_un_tipo_desconocido_dice_lo_que_se_sabe():
    assert (
        _frase(tipo="x.y", objeto_tipo="programas.regla", objeto_id="7") == "clara: x.y en regla 7"
    )


def test_frase_de_una_lectura_dice_que_fueron_datos_personales():
    assert "consultó datos personales" in _frase(tipo="lectura.persona")


def test_frase_de_la_maquina_dice_el_sistema():
    assert _frase(tipo="x.y", por="").startswith("El sistema")


@pytest.mark.parametrize("tipo", ["adscripcion.retirada", "segundo_factor.restablecido"])
def test_frase_de_un_evento_viejo_sin_un_dato_no_falla(tipo):
    assert "—" in _frase(tipo=tipo, detalle={})
