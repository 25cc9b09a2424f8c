"""Las letras mal leídas se enderezan; las bien leídas no se tocan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibis.nucleo.codificacion import enderezar

EN_ESPANOL = st.text(st.sampled_from("abnoz ÁÉÍÓÚÜÑáéíóúüñ¿¡«»°º“”…–—'., 09"), max_size=40)


@given(EN_ESPANOL)
def test_lo_leido_en_latin_1_vuelve_a_ser_lo_que_era(texto):
    assert enderezar(texto.encode().decode("latin-1")) == texto


@given(EN_ESPANOL)
def test_lo_bien_leido_no_se_toca(texto):
    assert enderezar(texto) == texto


@pytest.mark.parametrize("leido", ["«JOSÉ»", "Ã", "â", "10 Â", "São Paulo"])
def test_lo_que_solo_se_parece_se_queda(leido):
    assert enderezar(leido) == leido


def test_una_palabra_mal_leida_entre_otras_bien_leidas():
    assert enderezar("Niñez y AlcaldÃ\xada “uno” â€œdosâ€\x9d") == "Niñez y Alcaldía “uno” “dos”"
