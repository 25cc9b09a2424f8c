"""Comparar textos y listas: puro, y con palabras completas."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sibis.nucleo.diferencias import (
    CAMBIA,
    IGUAL,
    NUEVO,
    QUITADO,
    Trozo,
    de_lista,
    de_texto,
    por_palabras,
)

PALABRAS = st.lists(
    st.sampled_from(["vivir", "en", "la", "ciudad", "tener", "más", "de", "18", "años"]),
    max_size=12,
)


def test_lo_que_solo_cambia_de_espacios_no_cambia():
    assert de_texto("Vivir  en la\nCiudad", "Vivir en la Ciudad ") == []


def test_se_senalan_las_palabras_nuevas_y_las_quitadas():
    assert por_palabras("Se responde en quince días", "Se responde en diez días hábiles") == (
        Trozo(IGUAL, "Se responde en"),
        Trozo(QUITADO, "quince"),
        Trozo(NUEVO, "diez"),
        Trozo(IGUAL, "días"),
        Trozo(NUEVO, "hábiles"),
    )


def test_de_lo_que_sigue_igual_queda_solo_lo_de_alrededor():
    largo = " ".join(f"palabra{n}" for n in range(200))
    primero, *_resto = por_palabras(f"{largo} quince", f"{largo} diez")

    assert primero.texto.startswith("[…]")
    assert primero.texto.endswith("palabra199")
    assert len(primero.texto.split()) < 20


def test_un_texto_que_aparece_o_desaparece_es_nuevo_o_quitado():
    assert [c.clase for c in de_texto("", "Ahora sí")] == [NUEVO]
    assert [c.clase for c in de_texto("Antes sí", " ")] == [QUITADO]


def test_un_parrafo_larguisimo_se_muestra_entero_sin_compararlo():
    antes, ahora = " ".join(["a", "b"] * 2_000), " ".join(["b", "a"] * 2_000)

    assert {t.clase for t in por_palabras(antes, ahora)} == {QUITADO, NUEVO}


def test_en_una_lista_lo_parecido_es_un_cambio_y_lo_demas_entra_o_sale():
    cambios = de_lista(
        ["Vivir en la Ciudad", "No trabajar en el gobierno", "Acta de nacimiento"],
        ["No trabajar en el gobierno de la Ciudad", "Vivir en la Ciudad", "Comprobante"],
    )

    assert [c.clase for c in cambios] == [CAMBIA, NUEVO, QUITADO]
    assert cambios[1].texto == "Comprobante"
    assert cambios[2].texto == "Acta de nacimiento"


def test_cambiar_el_orden_no_es_un_cambio():
    assert de_lista(["a b", "c d"], ["c d", "a b"]) == []


@given(PALABRAS, PALABRAS)
def test_de_los_trozos_se_recuperan_los_dos_textos(antes, ahora):
    trozos = por_palabras(" ".join(antes), " ".join(ahora))

    sin_nuevo = " ".join(t.texto for t in trozos if t.clase != NUEVO)
    sin_quitado = " ".join(t.texto for t in trozos if t.clase != QUITADO)
    assert sin_nuevo.split() == antes
    assert sin_quitado.split() == ahora
