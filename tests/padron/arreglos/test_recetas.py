"""Cada transformación por separado: qué arregla, qué deja como está, y que nunca descompone lo bueno."""

from __future__ import annotations

import pytest

from padron.validacion.columnas.fechas import Ordenes
from sibis.nucleo.identificadores import digito_de_clabe
from sibis.nucleo.nombres import Orden
from tests.padron.arreglos.celdas import CURP, DIA, SUYA, hacer


@pytest.mark.parametrize(
    ("receta", "columna", "texto", "queda", "mas"),
    [
        ("fecha_con_siglo", "fecha_nacimiento", "15/03/08", "1908-03-15", {"siglo": "1900"}),
        ("fecha_con_siglo", "fecha_nacimiento", "15/03/08", "2008-03-15", {"siglo": "2000"}),
        (
            "fecha_con_siglo",
            "fecha_nacimiento",
            "05/06/58",
            None,
            {"siglo": "2000"},
        ),  # no ha llegado
        ("fecha_con_siglo", "fecha_nacimiento", "15/03/1958", None, {"siglo": "2000"}),
        ("fecha_con_siglo", "fecha_nacimiento", "nada", None, {"siglo": "2000"}),
        ("fecha_en_orden", "fecha_nacimiento", "05/06/1958", "1958-06-05", {"orden": "dia"}),
        ("fecha_en_orden", "fecha_nacimiento", "05/06/1958", "1958-05-06", {"orden": "mes"}),
        ("fecha_en_orden", "fecha_nacimiento", "25/06/1958", None, {"orden": "mes"}),
        ("fecha_en_orden", "fecha_nacimiento", "05/05/1958", None, {"orden": "mes"}),
        ("fecha_en_orden", "fecha_nacimiento", "05/06/58", None, {"orden": "dia"}),
        (
            "fecha_entre_palabras",
            "fecha_nacimiento",
            "Nació el 15 de marzo de 1958",
            "1958-03-15",
            {},
        ),
        ("fecha_entre_palabras", "fecha_nacimiento", "15MZO1958", "1958-03-15", {}),
        ("fecha_entre_palabras", "fecha_nacimiento", "marzo 15, 1958", "1958-03-15", {}),
        ("fecha_entre_palabras", "fecha_nacimiento", "F.N.: 1958-03-15", "1958-03-15", {}),
        ("fecha_entre_palabras", "fecha_nacimiento", "15 de ma de 1958", None, {}),  # marzo o mayo
        ("fecha_entre_palabras", "fecha_nacimiento", "15 de marzo del 58", None, {}),
        ("fecha_entre_palabras", "fecha_nacimiento", "15/03/1958 o 16/03/1958", None, {}),
        ("fecha_entre_palabras", "fecha_nacimiento", "31 de febrero de 1958", None, {}),
        ("fecha_entre_palabras", "fecha_nacimiento", "15 de marzo de 2058", None, {}),
        ("monto_con_punto", "monto", "2.900", "2900.00", {"punto": "miles"}),
        ("monto_con_punto", "monto", "2.900", "2.90", {"punto": "decimal"}),
        ("monto_con_punto", "monto", "2,900.00", None, {"punto": "decimal"}),
        ("monto_entre_palabras", "monto", "Mil doscientos (1,200.00)", "1200.00", {}),
        ("monto_entre_palabras", "monto", "1,200.00 o 1,300.00", None, {}),
        ("monto_entre_palabras", "monto", "debe -1,200.00", None, {}),
        ("monto_entre_palabras", "monto", "12OO pesos", None, {}),
        ("letra_m", "sexo", "m", "Mujer", {"es": "mujer"}),
        ("letra_m", "sexo", "M", "Hombre", {"es": "hombre"}),
        ("letra_m", "sexo", "Mujer", None, {"es": "hombre"}),
        ("telefono_solo_cifras", "telefono", "55-1234-5678 ext. 12", "5512345678", {}),
        ("telefono_solo_cifras", "telefono", "+52 (55) 1234 5678", "5512345678", {}),
        ("telefono_solo_cifras", "telefono", "5512345678 / 5587654321", None, {}),
        ("telefono_solo_cifras", "telefono", "12345678", None, {}),
        ("codigo_postal", "codigo_postal", "C.P. 9290", "09290", {}),
        ("codigo_postal", "codigo_postal", "9290.0", "09290", {}),
        ("codigo_postal", "codigo_postal", "52000", None, {}),
        ("codigo_postal", "codigo_postal", "929", None, {}),
        ("codigo_postal", "codigo_postal", "Calle 9 núm. 290", None, {}),
        ("curp_sin_adornos", "curp", f"«{CURP[:4]}.{CURP[4:]}»", CURP, {}),
        ("curp_sin_adornos", "curp", f"{CURP[:17]}{(int(CURP[17]) + 1) % 10}.", None, {}),
        ("curp_sin_adornos", "curp", "XEXX010101HNEXXXA4", None, {}),
        ("alcaldia_sin_adornos", "alcaldia", "Alc. Iztapalapa, CDMX", "Iztapalapa", {}),
        ("alcaldia_sin_adornos", "alcaldia", "09007 IZTAPALAPA", "Iztapalapa", {}),
        ("alcaldia_sin_adornos", "alcaldia", "09012 Iztapalapa", None, {}),
        ("alcaldia_sin_adornos", "alcaldia", "Ecatepec", None, {}),
        ("sin_signo_de_formula", "observaciones", "=ROSA", "ROSA", {}),
        ("sin_signo_de_formula", "observaciones", "=cmd|'/c calc'!A1", None, {}),
        ("nombre_sin_signos", "nombres", "12.- ROSA *", "ROSA", {}),
        ("nombre_sin_signos", "nombres", "R0SA", None, {}),
        ("nombre_sin_signos", "nombres", "ROSA2 LUNA", None, {}),
        ("nombre_sin_signos", "nombres", "1234", None, {}),
        ("vaciar", "telefono", "123", "", {}),
        ("vaciar", "alcaldia", "x y z", None, {}),  # la regla la pide y nada la suple
    ],
)
def test_una_celda(receta, columna, texto, queda, mas):
    evidencia = DIA if columna == "fecha_nacimiento" else None
    assert hacer(receta, texto, columna=columna, evidencia=evidencia, **mas) == queda


def test_sin_saber_el_orden_de_la_columna_un_anio_corto_dudoso_no_se_toca():
    """«05/06/08» con día y mes cambiables: decir el siglo no basta."""
    assert hacer("fecha_con_siglo", "05/06/08", columna="fecha_nacimiento", siglo="2000") is None


def test_en_una_columna_con_el_mes_primero_se_lee_asi():
    evidencia = Ordenes(mes_primero=True)
    queda = hacer(
        "fecha_con_siglo", "05/06/08", columna="fecha_nacimiento", evidencia=evidencia, siglo="2000"
    )
    assert queda == "2008-05-06"


def test_la_curp_decide_entre_las_lecturas_y_solo_entre_ellas():
    def de(texto):
        return hacer("fecha_de_la_curp", texto, columna="fecha_nacimiento", otras=SUYA)

    assert de("15/03/58") == "1958-03-15"
    assert de("03/15/58") == "1958-03-15"
    assert de("16/03/58") is None
    assert hacer("fecha_de_la_curp", "15/03/58", columna="fecha_nacimiento") is None  # sin CURP


@pytest.mark.parametrize(
    ("columna", "queda"),
    [("sexo", "M"), ("fecha_nacimiento", "1958-03-15"), ("entidad_nacimiento", "OC")],
)
def test_de_la_curp_solo_si_es_de_esa_persona(columna, queda):
    receta = f"{columna}_de_la_curp"

    assert hacer(receta, "?", columna=columna, otras=SUYA) == queda
    assert hacer(receta, "?", columna=columna, otras={**SUYA, "nombres": "Pedro"}) is None
    mala = CURP[:17] + str((int(CURP[17]) + 1) % 10)
    assert hacer(receta, "?", columna=columna, otras={**SUYA, "curp": mala}) is None
    assert (
        hacer(receta, "?", columna=columna, otras={"curp": CURP}) is None
    )  # sin nombre no se sabe


def test_de_la_curp_tambien_con_el_nombre_en_una_sola_celda():
    otras = {"curp": CURP, "nombre_completo": "LUNA VEGA ROSA"}
    assert hacer("sexo_de_la_curp", "?", columna="sexo", otras=otras) == "M"


def test_el_nombre_se_pone_en_el_orden_de_su_columna_si_la_curp_dice_que_venia_al_reves():
    def de(texto, orden):
        return hacer(
            "nombre_en_otro_orden",
            texto,
            columna="nombre_completo",
            otras={"curp": CURP},
            evidencia=orden,
        )

    assert de("ROSA LUNA VEGA", Orden.APELLIDOS_PRIMERO) == "LUNA VEGA ROSA"
    assert de("LUNA VEGA ROSA", Orden.NOMBRES_PRIMERO) == "ROSA LUNA VEGA"
    assert de("LUNA VEGA ROSA", Orden.APELLIDOS_PRIMERO) is None  # ya estaba bien
    assert de("PEDRO CANO LIRA", Orden.APELLIDOS_PRIMERO) is None  # es de otra persona


def test_a_una_clabe_se_le_repone_su_cero_solo_si_cumple_con_su_digito():
    base = "01218000123456789"
    clabe = base + digito_de_clabe(base)

    assert hacer("clabe_con_cero", clabe[1:], columna="clabe") == clabe
    mal = clabe[1:-1] + str((int(clabe[-1]) + 1) % 10)
    assert hacer("clabe_con_cero", mal, columna="clabe") is None
    assert hacer("clabe_solo_cifras", f"{clabe[:3]} {clabe[3:]}.", columna="clabe") == clabe


def test_lo_obligatorio_se_vacia_solo_si_otra_columna_lo_dice():
    assert hacer("vaciar", "01/01/1900", columna="fecha_nacimiento") is None
    assert hacer("vaciar", "01/01/1900", columna="fecha_nacimiento", otras=SUYA) == ""
    assert hacer("vaciar", CURP, columna="curp") is None
    assert hacer("vaciar", CURP, columna="curp", otras={"folio": "F-1"}) == ""
