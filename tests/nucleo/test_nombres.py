"""Nombres: partirlos, compararlos y reconocer lo que no lo es."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibis.nucleo import nombres
from sibis.nucleo.nombres import Orden, adivinar_orden, comparable, es_relleno, partir

COMA, APELLIDOS, NOMBRES = Orden.COMA, Orden.APELLIDOS_PRIMERO, Orden.NOMBRES_PRIMERO


@pytest.mark.parametrize(
    ("texto", "orden", "partes"),
    [
        ("PALACIOS PEREZ, DAVID", COMA, ("DAVID", "PALACIOS", "PEREZ")),
        ("SANCHEZ, ALBA", COMA, ("ALBA", "SANCHEZ", "")),
        ("DE LA CRUZ DE LA O, ANA", COMA, ("ANA", "DE LA CRUZ", "DE LA O")),
        ("PEREZ DE LEON GARCIA, ANA", COMA, ("ANA", "PEREZ DE LEON", "GARCIA")),
        ("GARCIA MARTINEZ DE CASTRO, ANA", COMA, ("ANA", "GARCIA", "MARTINEZ DE CASTRO")),
        ("ORTEGA Y GASSET LUNA, ANA", COMA, ("ANA", "ORTEGA Y GASSET", "LUNA")),
        ("PÉREZ LÓPEZ JUAN CARLOS", APELLIDOS, ("JUAN CARLOS", "PÉREZ", "LÓPEZ")),
        ("DEL VALLE DEL VALLE LAURA", APELLIDOS, ("LAURA", "DEL VALLE", "DEL VALLE")),
        ("LÓPEZ MARÍA DEL CARMEN", APELLIDOS, ("MARÍA DEL CARMEN", "LÓPEZ", "")),
        ("PÉREZ/LÓPEZ/JUAN", APELLIDOS, ("JUAN", "PÉREZ", "LÓPEZ")),
        ("JUAN CARLOS PÉREZ LÓPEZ", NOMBRES, ("JUAN CARLOS", "PÉREZ", "LÓPEZ")),
        ("JOSE CARLOS DEL VALLE DEL VALLE", NOMBRES, ("JOSE CARLOS", "DEL VALLE", "DEL VALLE")),
        ("MARÍA DEL CARMEN LÓPEZ", NOMBRES, ("MARÍA DEL CARMEN", "LÓPEZ", "")),
        ("Ma. de los Ángeles Ruiz Soto", NOMBRES, ("Ma. de los Ángeles", "Ruiz", "Soto")),
        ("SATURNINO SAN MIGUEL PEÑA", NOMBRES, ("SATURNINO", "SAN MIGUEL", "PEÑA")),
        ("C. LIC. ROSA LUNA VEGA", NOMBRES, ("ROSA", "LUNA", "VEGA")),
        ("ROSA", NOMBRES, ("ROSA", "", "")),
        ("", NOMBRES, ("", "", "")),
        ("DE LA", APELLIDOS, ("DE LA", "", "")),
    ],
)
def test_partir_de(texto, orden, partes):
    partido = partir(texto, orden)
    assert (partido.nombres, partido.primer_apellido, partido.segundo_apellido) == partes


def test_partir_avisa_cuando_se_pudo_de_otro_modo():
    assert partir("LOPEZ MARGARITA LETICIA", APELLIDOS).dudoso
    assert partir("ROSA LUNA", NOMBRES).dudoso
    assert not partir("ROSA LUNA VEGA", NOMBRES).dudoso
    assert not partir("LUNA VEGA, ROSA", COMA).dudoso


@given(st.text("ABÑÉ ,.YDELAMOR", max_size=40), st.sampled_from(Orden))
def test_partir_no_pierde_ni_inventa_palabras(texto, orden):
    partido = partir(texto, orden)
    juntas = f"{partido.nombres} {partido.primer_apellido} {partido.segundo_apellido}"
    original = nombres.sin_tratamiento(" ".join(texto.split()))
    assert sorted(juntas.replace(",", " ").split()) == sorted(original.replace(",", " ").split())


@pytest.mark.parametrize(
    ("muestra", "orden"),
    [
        (["PÉREZ LÓPEZ, JUAN", "RUIZ, ANA", "SOTO DÍAZ JUAN"], COMA),
        (["PÉREZ LÓPEZ JUAN", "GARCÍA RUIZ MARÍA ELENA", "XOSPA DÍAZ LETICIA"], APELLIDOS),
        (["JUAN PÉREZ LÓPEZ", "C. MARÍA ELENA GARCÍA RUIZ", "LETICIA DÍAZ XOSPA"], NOMBRES),
        (["MARTÍN SANTIAGO MARTÍN", "XOSPA LEYTE MOLOTLA"], None),
        (["JUAN PÉREZ LÓPEZ", "PÉREZ LÓPEZ JUAN"], None),
        (["", "JUAN"], None),
        ([], None),
    ],
)
def test_adivinar_orden_de(muestra, orden):
    assert adivinar_orden(muestra) == orden


@pytest.mark.parametrize(
    ("escrito", "queda"),
    [
        ("C. ROSA LUNA", "ROSA LUNA"),
        ("C ROSA LUNA", "ROSA LUNA"),
        ("LIC. ROSA", "ROSA"),
        ("Ing.Rosa", "Rosa"),
        ("DRA ROSA", "ROSA"),
        ("C. PROFR. ROSA", "ROSA"),
        ("Doña Rosa", "Rosa"),
        ("MA. ROSA", "MA. ROSA"),
        ("CELIA", "CELIA"),
        ("DRAGO", "DRAGO"),
        ("C.", "C."),
        ("C. M.", "C. M."),
        ("", ""),
    ],
)
def test_sin_tratamiento_de(escrito, queda):
    assert nombres.sin_tratamiento(escrito) == queda
    assert nombres.tiene_tratamiento(escrito) is (queda != escrito)


@pytest.mark.parametrize(
    "texto",
    [
        "S/N",
        "N/A",
        "NA",
        "s. n.",
        "prueba",
        "PRUEBA 2",
        "NOMBRE",
        "Nombre completo",
        "APELLIDO PATERNO",
        "SIN DATO",
        "sin apellido",
        "0",
        "000",
        "X",
        "xx",
        "aaaa",
        "-",
        "...",
        "*",
        "NULL",
        "no aplica",
        "BENEFICIARIO 14",
        "ninguno",
        "Fulano de tal",
        "pendiente",
    ]
    + ["X" * 3, "X" * 7],
)
def test_es_relleno_lo_que_tapa_un_hueco(texto):
    assert es_relleno(texto)


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "ROSA",
        "ANA",
        "SINAÍ",
        "SINUHÉ",
        "NADIA",
        "NORA",
        "O",
        "DE LA O",
        "XIMENA",
        "XX GARCIA",
        "ROSA 2",
        "ABC DEL RIO",
        "NINA",
        "SANDRA",
        "NULA GARCÍA",
        "DATO MARTÍNEZ",
        "LI",
        "NG",
        "AB",
    ],
)
def test_no_es_relleno_un_nombre_por_raro_que_sea(texto):
    assert not es_relleno(texto)


def test_comparable_deja_igual_lo_que_es_igual():
    assert comparable("MA. DE LOS ÁNGELES") == comparable("María de los Angeles")
    assert comparable("Hdez. Peña") == "hernandez pena"


@given(st.text(max_size=40))
def test_comparable_dos_veces_es_lo_mismo_que_una(texto):
    una = comparable(texto)
    assert comparable(una) == una


def test_comparable_no_cambia_lo_escrito_al_partir():
    assert partir("MA. LUISA LUNA VEGA", NOMBRES).nombres == "MA. LUISA"
