"""La alcaldía se reconoce como la escribe la gente, o por dónde cae el punto."""

import pytest

from sibis.nucleo.errores import ErrorDeNegocio
from sibis.territorio.importacion.ubicacion import Ubicador
from sibis.territorio.models import Alcaldia

ZOCALO = (-99.1332, 19.4326)


@pytest.fixture
def ubicador(ciudad):
    return Ubicador(Alcaldia.objects.all())


@pytest.mark.parametrize(
    ("texto", "clave"),
    [
        ("Álvaro Obregón", "09010"),
        ("ALVARO  OBREGON", "09010"),
        ("Alcaldía Álvaro Obregón.", "09010"),
        ("La Magdalena Contreras", "09008"),
        ("magdalena contreras", "09008"),
        ("Delegación Cuajimalpa", "09004"),
        ("Cuajimalpa de Morelos", "09004"),
        ("Gustavo A. Madero", "09005"),
        ("GAM", "09005"),
        ("G. A. Madero", "09005"),
        ("09015", "09015"),
        ("9015", "09015"),
        ("015", "09015"),
    ],
)
def test_se_reconoce_por_nombre_o_clave(ubicador, texto, clave):
    assert ubicador.por_texto(texto).clave == clave


@pytest.mark.parametrize(
    "texto", ["", "Ecatepec", "Miguel", "La", "09001", "09018", "02CD14", "Benito Juárez, Q. Roo"]
)
def test_lo_que_no_es_una_alcaldia_no_se_adivina(ubicador, texto):
    assert ubicador.por_texto(texto) is None


def test_un_punto_cae_en_su_alcaldia(ubicador):
    cerca = ubicador.por_punto(*ZOCALO)
    assert (cerca.alcaldia.clave, cerca.metros) == ("09015", 0)


def test_un_punto_de_fuera_dice_a_cuantos_metros_queda(ubicador):
    neza = ubicador.por_punto(-98.99, 19.41)
    assert 2_000 < neza.metros < 8_000


def test_sin_alcaldias_cargadas_se_dice_que_hacer(db):
    with pytest.raises(ErrorDeNegocio, match="cargar_catalogos"):
        Ubicador(Alcaldia.objects.all())
