"""Cada defecto de una fila se halla con su código, y no trae otros."""

from __future__ import annotations

import dataclasses

import pytest

from padron.validacion.codigos import CODIGOS, Severidad
from padron.validacion.regla import Regla
from sibis.nucleo.identificadores import digito_verificador
from tests.padron.tabla import REGLA, fila, revisar_tabla

BUENA = fila()
CURP = BUENA["CURP"]


def _con_digito(base: str) -> str:
    return base + digito_verificador(base)


def test_una_fila_buena_no_dice_nada(tmp_path):
    revisada = revisar_tabla(tmp_path, [BUENA])

    assert revisada.hallazgos == []
    assert revisada.resultado.validas == 1
    assert revisada.registros[0]["nombres"] == "Rosa Elena"
    assert revisada.registros[0]["fecha_nacimiento"] == "1980-03-15"
    assert revisada.registros[0]["edad_meses"] == str(44 * 12 + 9)
    assert revisada.registros[0]["alcaldia"] == "09007"
    assert revisada.registros[0]["monto"] == "1200.00"
    assert revisada.registros[0]["tipo_persona"] == "persona"


DE_UNA_FILA = [
    ("obligatorio_vacio", {"NOMBRE(S)": ""}),
    ("obligatorio_vacio", {"MONTO": "ND"}),
    ("curp_forma", {"CURP": CURP[:17]}),
    ("curp_forma", {"CURP": "0" + CURP[1:]}),
    ("curp_fecha", {"CURP": _con_digito(CURP[:4] + "801331" + CURP[10:17])}),
    ("curp_entidad", {"CURP": _con_digito(CURP[:11] + "ZZ" + CURP[13:17])}),
    ("curp_digito", {"CURP": CURP[:17] + str((int(CURP[17]) + 1) % 10)}),
    ("curp_generica", {"CURP": _con_digito("XEXX010101HNEXXXA")}),
    ("sin_curp", {"CURP": ""}),
    ("sin_curp", {"CURP": "S/D"}),
    ("sin_identificador", {"CURP": "", "FOLIO": ""}),
    ("nombre_con_cifras", {"PRIMER APELLIDO": "LUNA2"}),
    ("nombre_de_relleno", {"NOMBRE(S)": "PRUEBA"}),
    ("nombre_con_tratamiento", {"NOMBRE(S)": "Lic. Rosa Elena"}),
    ("fecha_ilegible", {"FECHA DE NACIMIENTO": "marzo"}),
    ("fecha_imposible", {"FECHA DE NACIMIENTO": "31/02/1980"}),
    (
        "fecha_anio_corto",
        {"FECHA DE NACIMIENTO": "15/03/20", "CURP": ""},
    ),  # y sin CURP, que lo diría
    ("fecha_futura", {"FECHA DE NACIMIENTO": "15/03/2040"}),
    ("fecha_de_relleno", {"FECHA DE NACIMIENTO": "01/01/1900"}),
    ("edad_imposible", {"FECHA DE NACIMIENTO": "15/03/1880"}),
    ("sexo_desconocido", {"SEXO": "Z"}),
    ("entidad_desconocida", {"ENTIDAD DE NACIMIENTO": "Atlántida"}),
    ("alcaldia_desconocida", {"ALCALDÍA": "Ecatepec"}),
    ("cp_forma", {"CÓDIGO POSTAL": "9A000"}),
    ("cp_de_otra_alcaldia", {"CÓDIGO POSTAL": "14000"}),
    ("telefono_forma", {"TELÉFONO": "1234"}),
    ("clabe_forma", {"CLABE": "1234"}),
    ("clabe_digito", {"CLABE": "012180001234567890"}),
    ("monto_ilegible", {"MONTO": "mil doscientos"}),
    ("monto_negativo", {"MONTO": "-1200"}),
    ("monto_cero", {"MONTO": "0"}),
    ("monto_mayor_que_regla", {"MONTO": "1,200.01"}),
    ("monto_menor_que_regla", {"MONTO": "600"}),
    ("texto_largo", {"COLONIA": "x" * 300}),
    ("formula", {"COLONIA": "=1+1"}),
    ("apoyo_desconocido", {"MODALIDAD": "Beca escolar"}),
    ("fecha_apoyo_fuera", {"FECHA DE ENTREGA": "10/03/2024"}),
    ("curp_nombre", {"NOMBRE(S)": "Patricia"}),
    ("curp_fecha_distinta", {"FECHA DE NACIMIENTO": "16/03/1980"}),
    ("curp_sexo_distinto", {"SEXO": "H"}),
    ("curp_entidad_distinta", {"ENTIDAD DE NACIMIENTO": "Jalisco"}),
]


@pytest.mark.parametrize(
    ("codigo", "cambios"), DE_UNA_FILA, ids=lambda v: v if isinstance(v, str) else ""
)
def test_cada_defecto_se_halla_con_su_codigo(tmp_path, codigo, cambios):
    sana = fila(NOMBRES="Alma", FOLIO="F-2")  # la segunda fila está bien: a ella no le toca nada
    revisada = revisar_tabla(tmp_path, [{**BUENA, **cambios}, {**sana, "TELÉFONO": "5587654321"}])

    de_paso = (
        {"sin_curp"} if not cambios.get("CURP", "x") and codigo != "sin_identificador" else set()
    )
    assert revisada.codigos(2) == {codigo} | de_paso
    assert revisada.codigos(3) == set()
    bloquea = CODIGOS[codigo].severidad is Severidad.BLOQUEA
    assert revisada.resultado.con_error == int(bloquea)
    assert len(revisada.registros) == 2 - bloquea


@pytest.mark.parametrize(
    ("fecha", "curp", "codigo"),
    [
        ("30/11/2007", True, "edad_menor"),
        ("01/01/2007", True, None),
        ("02/01/2007", True, "edad_menor"),
        ("31/12/1959", True, "edad_mayor"),
        ("02/01/1960", True, None),
        ("01/01/1960", True, "edad_mayor"),
    ],
)
def test_la_edad_se_mide_en_meses_el_dia_que_toca(tmp_path, fecha, curp, codigo):
    """De 18 años cumplidos a un día antes de los 65, al primer día del ejercicio."""
    nueva = {**BUENA, "FECHA DE NACIMIENTO": fecha, "CURP": ""}
    codigos = revisar_tabla(tmp_path, [nueva]).codigos(2) - {"sin_curp", "menor_sin_tutor"}

    assert codigos == ({codigo} if codigo else set())


def test_la_edad_puede_medirse_el_dia_del_apoyo(tmp_path):
    regla = dataclasses.replace(REGLA, fecha_de_la_edad="fecha_del_apoyo")
    joven = {**BUENA, "CURP": "", "FECHA DE NACIMIENTO": "11/03/2007"}

    assert "edad_menor" in revisar_tabla(tmp_path, [joven], regla=regla).codigos(2)
    un_dia_antes = {**joven, "FECHA DE NACIMIENTO": "10/03/2007"}
    assert "edad_menor" not in revisar_tabla(tmp_path, [un_dia_antes], regla=regla).codigos(2)


def test_la_curp_decide_el_siglo_de_un_anio_corto(tmp_path):
    revisada = revisar_tabla(tmp_path, [{**BUENA, "FECHA DE NACIMIENTO": "15/03/80"}])

    assert revisada.codigos(2) == set()
    assert revisada.registros[0]["fecha_nacimiento"] == "1980-03-15"


def test_la_regla_solo_para_mujeres_y_ciertas_alcaldias(tmp_path):
    regla = dataclasses.replace(REGLA, sexo="H", alcaldias=("09002",))

    assert revisar_tabla(tmp_path, [BUENA], regla=regla).codigos(2) == {
        "sexo_fuera_de_regla",
        "alcaldia_fuera_de_regla",
    }


def test_la_colonia_se_busca_en_el_catalogo_sin_sus_ligas(tmp_path):
    regla = dataclasses.replace(REGLA, colonias=(("09007", "san lucas"), ("09014", "del valle")))

    assert revisar_tabla(tmp_path, [BUENA], regla=regla).codigos(2) == set()
    otra = {**BUENA, "COLONIA": "Del Valle"}
    assert revisar_tabla(tmp_path, [otra], regla=regla).codigos(2) == {"colonia_de_otra_alcaldia"}
    ninguna = {**BUENA, "COLONIA": "Narnia"}
    assert revisar_tabla(tmp_path, [ninguna], regla=regla).codigos(2) == {"colonia_desconocida"}


@pytest.mark.parametrize(
    "curp",
    [_con_digito(CURP[:10] + "X" + CURP[11:17]), _con_digito(CURP[:11] + "NE" + CURP[13:17])],
)
def test_se_admiten_sexo_x_y_nacida_en_el_extranjero(tmp_path, curp):
    sexo = "X" if curp[10] == "X" else "M"
    entidad = "NE" if curp[11:13] == "NE" else "Ciudad de México"

    revisada = revisar_tabla(
        tmp_path, [{**BUENA, "CURP": curp, "SEXO": sexo, "ENTIDAD DE NACIMIENTO": entidad}]
    )

    assert revisada.hallazgos == []


def test_la_regla_va_y_vuelve_como_json():
    regla = dataclasses.replace(REGLA, colonias=(("09007", "san lucas"),), alcaldias=("09007",))

    assert Regla.de_json(regla.a_json()) == regla


def test_una_columna_exigida_que_no_viene_se_dice_una_vez(tmp_path):
    sin_monto = {k: v for k, v in BUENA.items() if k != "MONTO"}
    revisada = revisar_tabla(
        tmp_path, [sin_monto, {**sin_monto, "FOLIO": "F-9", "CURP": "", "TELÉFONO": ""}]
    )

    assert (0, "monto", "columna_faltante", "bloquea") in revisada.hallazgos
    assert revisada.resultado.impide_todo
    assert "obligatorio_vacio" not in revisada.codigos(2) | revisada.codigos(3)
