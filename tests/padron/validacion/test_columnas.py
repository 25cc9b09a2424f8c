"""Cada columna lee su propio ejemplo, y lo que la gente escribe de verdad."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padron.validacion.codigos import CODIGOS
from padron.validacion.columnas import COLUMNAS
from padron.validacion.columnas.fechas import Ordenes, leer_fecha, ordenes
from padron.validacion.columnas.montos import Escritura, escritura, leer_cantidad
from padron.validacion.columnas.nombres import leer_completo, orden_de, tipo_por_nombre
from padron.validacion.columnas.persona import leer_edad, leer_sexo, letras
from padron.validacion.columnas.territorio import clave_de_alcaldia, leer_codigo_postal
from padron.validacion.mapeo import adivinar
from padron.validacion.piezas import Contexto, silueta
from tests.padron.tabla import REGLA, revisar_tabla

HOY = datetime.date(2025, 11, 29)


def test_el_ejemplo_de_cada_columna_entra_sin_nada_que_decir(tmp_path):
    """La plantilla llena con sus propios ejemplos: menos lo que se excluye entre sí."""
    aparte = {"nombre_completo", "edad", "denominacion", "tipo_persona"}
    ejemplos = {c.titulo: c.ejemplo for c in COLUMNAS if c.identificador not in aparte}

    revisada = revisar_tabla(tmp_path, [ejemplos])

    assert revisada.hallazgos == []
    assert len(revisada.registros) == 1


def test_cada_codigo_que_una_columna_puede_dar_tiene_su_mensaje():
    for columna in COLUMNAS:
        for codigo in (*columna.codigos, *(c.codigo for c in columna.condiciones)):
            assert codigo in CODIGOS, f"{columna.identificador}: {codigo}"


def test_los_mensajes_solo_citan_lo_que_se_sabe():
    datos = {**REGLA.datos, "titulo": "Columna", "detalle": "algo"}
    for codigo in CODIGOS.values():
        assert codigo.mensaje.format_map(datos)


@pytest.mark.parametrize(
    ("texto", "fecha"),
    [
        ("15/03/1958", (1958, 3, 15)),
        ("15-03-1958", (1958, 3, 15)),
        ("15.03.1958", (1958, 3, 15)),
        ("5/3/1958", (1958, 3, 5)),
        ("1958-03-15", (1958, 3, 15)),
        ("1958/03/15", (1958, 3, 15)),
        ("1958-03-15 00:00:00", (1958, 3, 15)),
        ("15/03/1958 12:00:00 a. m.", (1958, 3, 15)),
        ("15 de marzo de 1958", (1958, 3, 15)),
        ("15-mar-1958", (1958, 3, 15)),
        ("15-MAR.-58", (1958, 3, 15)),
        ("15/Sept/1958", (1958, 9, 15)),
        ("15031958", (1958, 3, 15)),
        ("19580315", (1958, 3, 15)),
        ("21259", (1958, 3, 15)),
        ("21259.0", (1958, 3, 15)),
        ("03/25/1958", (1958, 3, 25)),
    ],
)
def test_las_fechas_se_leen_como_vengan(texto, fecha):
    assert leer_fecha(texto, hoy=HOY, en=Ordenes()).fecha == datetime.date(*fecha)


@given(
    st.dates(datetime.date(1901, 1, 3), HOY),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%Y%m%d"]),
)
def test_toda_fecha_escrita_vuelve_a_ser_ella(fecha, formato):
    if fecha.year < 1910:
        return
    assert leer_fecha(fecha.strftime(formato), hoy=HOY, en=Ordenes()).fecha == fecha


@given(st.text(max_size=30))
def test_ningun_texto_hace_caer_a_las_fechas_ni_a_los_montos(texto):
    leer_fecha(texto, hoy=HOY, en=Ordenes(True, True))
    leer_cantidad(texto, Escritura())
    for columna in COLUMNAS:
        if columna.leer is not None:
            evidencia = columna.preparar([texto], REGLA) if columna.preparar else None
            leido = columna.leer(texto, Contexto(REGLA, evidencia))
            assert len(leido.valores) == len(columna.salidas)
            assert set(leido.codigos) <= set(columna.codigos)


def test_si_la_columna_usa_los_dos_ordenes_una_fecha_dudosa_no_se_adivina():
    orden = ordenes(["25/12/1980", "12/25/1980"], REGLA)
    lectura = leer_fecha("05/06/1980", hoy=HOY, en=orden)

    assert lectura.codigo == "fecha_ambigua"
    assert {lectura.fecha, lectura.otra} == {datetime.date(1980, 6, 5), datetime.date(1980, 5, 6)}


def test_si_la_columna_pone_el_mes_primero_se_lee_asi():
    orden = ordenes(["12/25/1980", "05/06/1980"], REGLA)

    assert leer_fecha("05/06/1980", hoy=HOY, en=orden).fecha == datetime.date(1980, 5, 6)


@pytest.mark.parametrize(
    ("texto", "cantidad"),
    [
        (" 182,580.00 ", "182580.00"),
        ("2.900,00", "2900.00"),
        ("$1,200.00", "1200.00"),
        ("1 200.50", "1200.50"),
        ("1200", "1200"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("1,200", "1200"),
        ("1200.00 M.N.", "1200.00"),
        ("MXN 1,200", "1200"),
        ("1.2E+03", "1200"),
        (".50", "0.50"),
    ],
)
def test_los_montos_se_leen_como_vengan(texto, cantidad):
    assert leer_cantidad(texto, Escritura()) == (Decimal(cantidad), "")


@pytest.mark.parametrize("texto", ["-", "ND", "N/D", "", "  ", "S/D", "no aplica"])
def test_lo_que_no_se_dijo_no_es_cero(texto):
    assert leer_cantidad(texto, Escritura()) == (None, "")


@pytest.mark.parametrize(
    "texto", ["mil", "1200 mensual", "12/5", "1,2,3", "1..2", "#N/A", "1,20,000"]
)
def test_un_monto_que_no_lo_es_se_dice(texto):
    assert leer_cantidad(texto, Escritura()) == (None, "monto_ilegible")


def test_el_punto_dudoso_lo_decide_el_resto_de_la_columna():
    assert leer_cantidad("2.900", escritura(["2.900"], REGLA)) == (None, "monto_ambiguo")
    assert leer_cantidad("2.900", escritura(["2.900", "1.450,50"], REGLA)) == (Decimal(2900), "")
    assert leer_cantidad("2.900", escritura(["2.900", "14.5"], REGLA)) == (None, "monto_ambiguo")
    assert leer_cantidad("2.900", escritura(["14.5", "1.450,50"], REGLA)) == (None, "monto_ambiguo")


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_toda_cantidad_con_comas_o_con_puntos_vuelve_a_ser_ella(cantidad):
    mexicana = f"{cantidad:,.2f}"
    europea = mexicana.replace(",", "_").replace(".", ",").replace("_", ".")
    esperado = "" if cantidad else "monto_cero"

    assert leer_cantidad(mexicana, escritura([mexicana], REGLA)) == (cantidad, esperado)
    assert leer_cantidad(europea, escritura([europea], REGLA)) == (cantidad, esperado)


def test_m_es_mujer_junto_a_h_y_hombre_junto_a_f():
    def lee(texto: str, columna: list[str]) -> str | None:
        return leer_sexo(texto, Contexto(REGLA, letras(columna, REGLA))).valores[0]

    assert lee("M", ["H", "M"]) == "M"
    assert lee("M", ["F", "M"]) == "H"
    assert lee("M", ["F", "H", "M"]) is None
    assert lee("f", ["F", "M"]) == "M"
    assert lee("no binarie", []) == "X"


@pytest.mark.parametrize(
    ("texto", "clave"),
    [
        ("La Magdalena Contreras", "09008"),
        ("MAGDALENA CONTRERAS", "09008"),
        ("Alcaldía Álvaro Obregón", "09010"),
        ("Del. Iztapalapa", "09007"),
        ("G.A.M.", "09005"),
        ("Cuajimalpa", "09004"),
        ("09007", "09007"),
        ("9007", "09007"),
        ("007", "09007"),
        ("7", "09007"),
        ("02CD05", "09004"),
        ("02CD14", "09012"),
        ("02CD01", "09010"),
        ("02CD16", "09013"),
        ("Ecatepec", None),
        ("09001", None),
        ("1", None),
    ],
)
def test_una_alcaldia_se_reconoce_por_nombre_o_clave(texto, clave):
    assert clave_de_alcaldia(texto) == clave


@pytest.mark.parametrize(
    ("texto", "codigo"), [("9290", "09290"), ("09290", "09290"), ("9290.0", "09290"), ("123", None)]
)
def test_al_codigo_postal_se_le_repone_el_cero(texto, codigo):
    assert leer_codigo_postal(texto, Contexto(REGLA)).valores[0] == codigo


@pytest.mark.parametrize(
    ("muestra", "texto", "partes"),
    [
        (["SANCHEZ RUIZ, ALBA"] * 3, "GARCIA LOPEZ, ROSA", ("ROSA", "GARCIA", "LOPEZ")),
        (["GARCIA LOPEZ ROSA MARIA"] * 5, "PEREZ LUNA JOSE LUIS", ("JOSE LUIS", "PEREZ", "LUNA")),
        (["ROSA MARIA GARCIA LOPEZ"] * 5, "JOSE LUIS PEREZ LUNA", ("JOSE LUIS", "PEREZ", "LUNA")),
    ],
)
def test_el_nombre_completo_se_parte_en_el_orden_de_la_columna(muestra, texto, partes):
    leido = leer_completo(texto, Contexto(REGLA, orden_de(muestra, REGLA)))

    assert (leido.valores[0], leido.valores[2], leido.valores[4]) == partes


@pytest.mark.parametrize(
    ("texto", "tipo"),
    [
        ("Cooperativa Nopal Verde S.C. de R.L.", "colectivo"),
        ("Taxis del Sur, S.A. de C.V.", "empresa"),
        ("Comité vecinal Las Peñas", "colectivo"),
        ("Escuela Primaria Benito Juárez", "colectivo"),
        ("María Guadalupe Escobar", ""),
        ("Grupo", "colectivo"),
    ],
)
def test_lo_que_no_es_persona_se_reconoce_por_su_nombre(texto, tipo):
    assert tipo_por_nombre(texto) == tipo


@pytest.mark.parametrize(
    ("texto", "anios"),
    [("45", "45"), ("45 años", "45"), ("45.0", "45"), ("130", None), ("x", None)],
)
def test_la_edad_en_anios(texto, anios):
    assert leer_edad(texto, Contexto(REGLA)).valores[0] == anios


def test_la_silueta_no_deja_ver_el_dato():
    assert silueta("15/03/58") == "99/99/99"
    assert silueta("Ana Luna 2") == "A A 9"


@pytest.mark.parametrize("ajeno", ["GARC800101MDFRRS09", "55 1234 5678", "alguien@ejemplo.mx"])
def test_un_dato_personal_en_una_columna_que_no_es_la_suya_tampoco_se_ve(ajeno):
    """Si se recorrieron las celdas, la forma con que se agrupa no es el dato."""
    alcaldia = next(c for c in COLUMNAS if c.identificador == "alcaldia")

    assert alcaldia.forma_de(ajeno) == silueta(ajeno)
    assert alcaldia.forma_de("Iztapalapaa") == "iztapalapaa"


def test_el_mapeo_se_adivina_por_titulos_de_verdad():
    publica = [
        "X",
        "id_persona",
        "apellido_1",
        "apellido_2",
        "nombre",
        "edad",
        "sexo",
        "alcaldia",
        "cve_alcaldia",
        "colonia",
        "monto_apoyo",
        "tipo_apoyo",
        "nombre_programa",
        "cve_programa",
        "dependencia",
        "cve_dependencia",
        "tipo_persona",
    ]
    lugares = adivinar(publica, [], REGLA).lugares

    assert lugares["nombres"] == publica.index("nombre")
    assert lugares["alcaldia"] == publica.index("alcaldia")
    assert "nombre_completo" not in lugares


def test_un_nombre_sin_apellidos_es_el_nombre_completo():
    assert adivinar(["Expediente", "Nombre", "Ayuda"], [], REGLA).lugares == {
        "folio": 0,
        "nombre_completo": 1,
        "monto": 2,
    }
