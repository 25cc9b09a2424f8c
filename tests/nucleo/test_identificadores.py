"""CURP, CLABE y RFC: lo que dicen, lo que deberían decir y lo que se enseña de ellas."""

import datetime
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibis.nucleo import identificadores as ids
from sibis.nucleo.bancos import banco_de_clabe
from sibis.nucleo.entidades import CLAVES, ENTIDADES, clave_de_entidad
from sibis.nucleo.identificadores import Curp, CurpInvalida, raiz_y_consonantes

ROSA = {
    "nombres": "Rosa Elena",
    "primer_apellido": "Luna",
    "segundo_apellido": "Vega",
    "nacimiento": datetime.date(1985, 3, 9),
    "sexo": "M",
    "entidad": "DF",
    "homoclave": "0",
}
SIN_DIGITO = "LUVR850309MDFNGS0"
LETRAS = st.text("ABCDEFGHIJKLMNÑOPQRSTUVWXYZÁÉÍÓÚÜ '.-/", min_size=1, max_size=25)


@pytest.mark.parametrize(
    ("nombres", "primero", "segundo", "raiz", "consonantes"),
    [
        ("Rosa Elena", "Luna", "Vega", "LUVR", "NGS"),
        ("María Fernanda", "Pérez", "Díaz", "PEDF", "RZR"),
        ("Ma. de los Ángeles", "Pérez", "Díaz", "PXDA", "RZN"),
        ("María José", "Pérez", "Díaz", "PEDJ", "RZS"),
        ("José María", "Pérez", "Díaz", "PEDM", "RZR"),
        ("María", "Pérez", "Díaz", "PEDM", "RZR"),
        ("J. Guadalupe", "Pérez", "Díaz", "PEDG", "RZD"),
        ("José", "Peña", "Ñuño", "PEXJ", "XXS"),
        ("Ana", "Oñate", "Ríos", "OARA", "XSN"),
        ("Ana", "de la Cruz", "Ríos", "CURA", "RSN"),
        ("Ana", "de la O", "Ríos", "OXRA", "XSN"),
        ("Ana", "Argüelles", "Ríos", "AURA", "RSN"),
        ("Ana", "Pérez Nieto", "Ríos", "PERA", "RSN"),
        ("Alicia", "Cacho", "Castro", "CXCA", "CSL"),
        ("Ana", "Luna", "", "LUXA", "NXN"),
        ("Ana", "", "Luna", "LUXA", "NXN"),
        ("Juan José", "D/Amico", "Álvarez", "DXAJ", "XLN"),
        ("Io", "Ich", "Po", "IXPI", "CXX"),
    ],
)
def test_raiz_y_consonantes_de(nombres, primero, segundo, raiz, consonantes):
    assert raiz_y_consonantes(nombres, primero, segundo) == (raiz, consonantes)


def test_formar_curp_de_una_persona_conocida():
    curp = ids.formar_curp(**ROSA)
    assert curp[:17] == SIN_DIGITO
    assert Curp.leer(curp).texto == curp


@pytest.mark.parametrize("molesta", sorted(ids.MOLESTAS))
def test_ninguna_palabra_molesta_queda_en_una_raiz(molesta):
    raiz, _ = raiz_y_consonantes(molesta[3], molesta[:2], molesta[2])
    assert raiz == molesta[0] + "X" + molesta[2:]


@given(LETRAS, LETRAS, LETRAS)
def test_lo_que_se_forma_siempre_se_puede_leer(nombres, primero, segundo):
    datos = {
        **ROSA,
        "nombres": nombres,
        "primer_apellido": primero,
        "segundo_apellido": segundo,
    }
    curp = Curp.leer(ids.formar_curp(**datos))
    assert (curp.nacimiento, curp.sexo, curp.entidad) == (datetime.date(1985, 3, 9), "M", "DF")
    assert raiz_y_consonantes(nombres, primero, segundo) == (curp.raiz, curp.consonantes)


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
    st.sampled_from("HMX"),
    st.sampled_from(sorted(CLAVES)),
)
def test_leer_devuelve_lo_que_se_puso(nacimiento, sexo, entidad):
    homoclave = "0" if nacimiento.year < 2000 else "A"
    datos = {"nacimiento": nacimiento, "sexo": sexo, "entidad": entidad, "homoclave": homoclave}
    curp = Curp.leer(ids.formar_curp(**{**ROSA, **datos}))
    assert {k: getattr(curp, k) for k in datos} == datos


def _con_digito(base: str) -> str:
    return base + ids.digito_verificador(base)


@pytest.mark.parametrize(
    ("texto", "codigo"),
    [
        ("", "curp_forma"),
        ("LUVR850309", "curp_forma"),
        ("LBVR850309MDFNGS05", "curp_forma"),
        ("LUVR850309ZDFNGS05", "curp_forma"),
        ("LUVR85030٩MDFNGS05", "curp_forma"),
        ("LUVR850309MDFNGS0\n5X", "curp_forma"),
        (_con_digito("LUVR850230MDFNGS0"), "curp_fecha"),
        (_con_digito("LUVR000229MDFNGS0"), "curp_fecha"),
        (_con_digito("LUVR850309MQQNGS0"), "curp_entidad"),
    ],
)
def test_leer_dice_la_primera_falla(texto, codigo):
    with pytest.raises(CurpInvalida) as error:
        Curp.leer(texto)
    assert error.value.codigo == codigo


def test_leer_acepta_el_29_de_febrero_de_2000():
    assert Curp.leer(_con_digito("LUVR000229MDFNGSA")).nacimiento == datetime.date(2000, 2, 29)


@given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_el_digito_delata_un_caracter_cambiado_salvo_los_que_pesan_lo_mismo(lugar, letra):
    otra = SIN_DIGITO[:lugar] + letra + SIN_DIGITO[lugar + 1 :]
    valor = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ")}
    salto = (valor[letra] - valor[SIN_DIGITO[lugar]]) * (18 - lugar)
    cambia = ids.digito_verificador(otra) != ids.digito_verificador(SIN_DIGITO)
    assert cambia == (salto % 10 != 0)


def test_leer_digito_equivocado():
    buena = _con_digito(SIN_DIGITO)
    with pytest.raises(CurpInvalida, match="curp_digito"):
        Curp.leer(buena[:17] + str((int(buena[17]) + 1) % 10))


def test_leer_perdona_espacios_guiones_y_minusculas():
    assert Curp.leer(" luvr-850309 mdfngs0" + ids.digito_verificador(SIN_DIGITO)).raiz == "LUVR"


@given(st.text(max_size=30))
def test_leer_cualquier_cosa_no_revienta(texto):
    with suppress(CurpInvalida):
        assert len(Curp.leer(texto).texto) == 18


def test_es_generica_la_de_nadie():
    assert ids.es_generica("XEXX010101HNEXXXA4")
    assert ids.es_generica("XAXX010101MDFXXX01")
    assert ids.es_generica("XXXX800101HDFXXX01")
    assert not ids.es_generica(_con_digito(SIN_DIGITO))


def test_una_curp_escrita_no_ensena_a_la_persona():
    curp = Curp.leer(_con_digito(SIN_DIGITO))
    assert str(curp) == "LUVR" + "*" * 14 == ids.ocultar(curp.texto)
    assert ids.ocultar("LUVR85") == "*" * 6
    assert ids.ocultar("") == ""


# --- Entidades


def test_las_entidades_son_32_y_el_extranjero():
    assert len(ENTIDADES) == len(CLAVES) == 33
    assert [e.inegi for e in ENTIDADES if e.inegi] == [f"{n:02}" for n in range(1, 33)]


def test_ninguna_forma_de_escribir_una_entidad_es_de_dos():
    formas = [f for e in ENTIDADES for f in {e.clave, e.nombre, *e.sinonimos}]
    assert len({clave_de_entidad(f) for f in formas}) == 33
    for entidad in ENTIDADES:
        for forma in (entidad.clave, entidad.nombre, entidad.inegi, *entidad.sinonimos):
            assert not forma or clave_de_entidad(forma) == entidad.clave


@pytest.mark.parametrize(
    ("escrita", "clave"),
    [
        ("CDMX", "DF"),
        ("distrito federal", "DF"),
        ("D.F.", "DF"),
        ("Edo. de México", "MC"),
        ("ESTADO DE MEXICO", "MC"),
        ("Coahuila de Zaragoza", "CL"),
        ("9", "DF"),
        ("Nueva York", None),
        ("", None),
    ],
)
def test_clave_de_entidad_de(escrita, clave):
    assert clave_de_entidad(escrita) == clave


# --- CLABE y RFC


def test_clabe_conocida_del_manual():
    """El ejemplo que se repite en los manuales de la CLABE."""
    assert ids.clabe_valida("032180000118359719")
    assert not ids.clabe_valida("032180000118359710")
    assert not ids.clabe_valida("03218000011835971")
    assert not ids.clabe_valida("０32180000118359719")


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 9))
def test_el_digito_de_la_clabe_delata_una_cifra_cambiada(base, lugar, salto):
    otra = base[:lugar] + str((int(base[lugar]) + salto) % 10) + base[lugar + 1 :]
    assert ids.clabe_valida(base + ids.digito_de_clabe(base))
    assert ids.digito_de_clabe(otra) != ids.digito_de_clabe(base)


def test_banco_de_clabe_por_sus_tres_cifras():
    assert banco_de_clabe("166180000118359719") == "Banco del Bienestar"
    assert banco_de_clabe("999180000118359719") is None


@pytest.mark.parametrize(
    ("rfc", "es"),
    [
        ("LUVR850309AB1", True),
        ("ABC850309AB1", True),
        ("Ñ&A850309ABA", True),
        ("LUVR851309AB1", False),
        ("LUVR850309", False),
        ("LUVR850309ABC", False),
    ],
)
def test_forma_rfc_de(rfc, es):
    assert ids.forma_rfc(rfc) is es
