"""La tabla de transiciones: solo pasa lo declarado, y quien no pasa sabe por qué."""

import pytest

from sibis.nucleo.errores import ErrorDeNegocio, TransicionInvalida
from sibis.nucleo.estados import Flujo, Transicion

ABRIR = Transicion("abrir", frozenset({"cerrada", "nueva"}), "abierta", "p.abrir", "La abre.")
CERRAR = Transicion("cerrar", frozenset({"abierta"}), "cerrada", "p.cerrar", "La cierra.")
CLAUSURAR = Transicion(
    "clausurar", frozenset({"cerrada"}), "clausurada", "p.cerrar", "Para siempre."
)
FLUJO = Flujo("nueva", [ABRIR, CERRAR, CLAUSURAR])
ESTADOS = ("nueva", "abierta", "cerrada", "clausurada")


@pytest.mark.parametrize("transicion", list(FLUJO), ids=lambda t: t.nombre)
@pytest.mark.parametrize("estado", ESTADOS)
def test_exigir_pasa_solo_si_la_tabla_lo_dice(estado, transicion):
    if estado in transicion.desde:
        assert FLUJO.exigir(transicion.nombre, estado=estado) is transicion
    else:
        with pytest.raises(TransicionInvalida):
            FLUJO.exigir(transicion.nombre, estado=estado)


def test_exigir_lo_que_no_procede_dice_que_paso_y_que_hacer():
    with pytest.raises(TransicionInvalida) as error:
        FLUJO.exigir("cerrar", estado="nueva")

    assert "cerrar" in error.value.mensaje
    assert "nueva" in error.value.mensaje
    assert "Vuelve a abrir la página" in str(error.value)


def test_exigir_una_accion_que_no_existe_se_niega():
    with pytest.raises(TransicionInvalida, match="No existe la acción «demoler»"):
        FLUJO.exigir("demoler", estado="nueva")


def test_desde_da_las_salidas_en_el_orden_de_la_tabla():
    assert FLUJO.desde("cerrada") == [ABRIR, CLAUSURAR]


def test_desde_un_estado_final_no_sale_nada():
    assert FLUJO.desde("clausurada") == []


def test_pares_son_unicos_y_ordenados_para_el_disparador_de_la_base():
    assert FLUJO.pares() == [
        ("abierta", "cerrada"),
        ("cerrada", "abierta"),
        ("cerrada", "clausurada"),
        ("nueva", "abierta"),
    ]


def test_recorrer_el_flujo_da_toda_la_tabla():
    assert list(FLUJO) == [ABRIR, CERRAR, CLAUSURAR]


def test_una_transicion_no_se_puede_cambiar_en_marcha():
    with pytest.raises(AttributeError):
        ABRIR.hacia = "clausurada"


def test_los_errores_de_negocio_llevan_su_mensaje_y_sus_detalles():
    error = ErrorDeNegocio("Faltan 2 cosas.", detalles=("una", "otra"))

    assert (str(error), error.detalles) == ("Faltan 2 cosas.", ("una", "otra"))
