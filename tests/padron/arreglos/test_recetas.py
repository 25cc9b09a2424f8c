"""Cada transformación por separado: qué arregla, qué deja como está, y que nunca descompone lo bueno."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padron.validacion.codigos import CODIGOS
from padron.validacion.columnas import POR_IDENTIFICADOR as COLUMNAS
from padron.validacion.columnas.fechas import Ordenes, leer_fecha
from padron.validacion.columnas.montos import Escritura, leer_cantidad
from padron.validacion.piezas import Contexto
from padron.validacion.recetas import POR_IDENTIFICADOR, TRANSFORMACIONES, Caso, Renglon, sugeridas
from padron.validacion.regla import ApoyoDeRegla, Regla
from sibis.nucleo.identificadores import digito_de_clabe, formar_curp
from sibis.nucleo.nombres import Orden

REGLA = Regla(
    "p",
    "Programa",
    2025,
    edad_min_meses=18 * 12,
    alcaldias=("09007",),
    apoyos=(ApoyoDeRegla("Apoyo mensual", maximo=Decimal(1200)),),
    hoy="2025-11-01",
)
CURP = formar_curp(
    nombres="Rosa",
    primer_apellido="Luna",
    segundo_apellido="Vega",
    nacimiento=datetime.date(1958, 3, 15),
    sexo="M",
    entidad="OC",
    homoclave="0",
)
SUYA = {"curp": CURP, "nombres": "Rosa", "primer_apellido": "Luna", "segundo_apellido": "Vega"}


def hacer(receta, texto, *, columna, otras=None, evidencia=None, **parametros):
    evidencias = {} if evidencia is None else {columna: evidencia}
    renglon = Renglon({**(otras or {}), columna: texto}, REGLA, evidencias, columna)
    return POR_IDENTIFICADOR[receta].aplicar(texto, renglon, parametros)


def caso(codigo, columna, forma="", columnas=("curp", "nombres", "fecha_nacimiento")):
    return Caso(codigo, columna, forma, REGLA, frozenset((*columnas, columna)))


DIA = Ordenes(dia_primero=True)


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


# --- nunca descompone lo bueno ------------------------------------------------------------------

FECHAS = st.dates(datetime.date(1910, 1, 1), datetime.date(2025, 10, 1))
FORMAS = st.sampled_from(("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"))
DE_FECHA = [
    ("fecha_con_siglo", {"siglo": "1900"}),
    ("fecha_con_siglo", {"siglo": "2000"}),
    ("fecha_entre_palabras", {}),
]


@given(fecha=FECHAS, forma=FORMAS, receta=st.sampled_from(DE_FECHA))
def test_una_fecha_que_se_lee_bien_dice_lo_mismo_despues(fecha, forma, receta):
    texto, (nombre, parametros) = fecha.strftime(forma), receta
    hoy = datetime.date(2025, 11, 1)
    if leer_fecha(texto, hoy=hoy, en=DIA).codigo:
        return
    queda = hacer(nombre, texto, columna="fecha_nacimiento", evidencia=DIA, **parametros)
    assert queda is None or leer_fecha(queda, hoy=hoy, en=DIA).fecha == fecha


@given(fecha=FECHAS)
def test_ordenar_no_toca_lo_que_solo_se_lee_de_una_manera(fecha):
    if fecha.day <= 12 and fecha.day != fecha.month:
        return
    for orden in ("dia", "mes"):
        assert (
            hacer("fecha_en_orden", f"{fecha:%d/%m/%Y}", columna="fecha_nacimiento", orden=orden)
            is None
        )


@given(texto=st.from_regex(r"\$?[0-9]{1,3}(,[0-9]{3}){0,2}(\.[0-9]{2})?", fullmatch=True))
def test_una_cantidad_que_se_lee_bien_no_se_toca(texto):
    if leer_cantidad(texto, Escritura())[1]:
        return
    assert hacer("monto_con_punto", texto, columna="monto", punto="miles") is None
    assert hacer("monto_con_punto", texto, columna="monto", punto="decimal") is None
    assert hacer("monto_entre_palabras", texto, columna="monto") is None


@given(texto=st.text(alphabet="0123456789 -.()/+extEXT", max_size=25))
def test_un_telefono_arreglado_son_diez_cifras_que_ya_venian(texto):
    queda = hacer("telefono_solo_cifras", texto, columna="telefono")
    if queda is not None:
        assert len(queda) == 10
        assert queda in "".join(c for c in texto if c.isdigit())


@given(texto=st.text(max_size=30))
def test_ninguna_revienta_con_lo_que_sea_ni_inventa_letras_en_un_nombre(texto):
    queda = hacer("nombre_sin_signos", texto, columna="nombres")
    if queda is not None:
        limpio = COLUMNAS["nombres"].leer(queda, Contexto(REGLA))
        assert "nombre_con_cifras" not in limpio.codigos
        assert (
            set(queda.split()) <= set(texto.replace("\xa0", " ").split()) | {queda}
            or queda in texto
        )


@given(texto=st.text(max_size=30))
def test_ninguna_revienta(texto):
    for t in TRANSFORMACIONES:
        for columna in t.columnas or {"alcaldia", "telefono"}:
            el_caso = caso(next(iter(t.codigos)), columna)
            dichos = {
                p.nombre: p.opciones(el_caso)[0][0] for p in t.parametros if p.opciones(el_caso)
            }
            if len(dichos) == len(t.parametros):
                hacer(t.identificador, texto, columna=columna, otras=SUYA, **dichos)


# --- qué se ofrece ------------------------------------------------------------------------------


def ids(*dicho, **mas):
    return [t.identificador for t in sugeridas(caso(*dicho, **mas))]


def test_se_ofrece_lo_que_deduce_antes_que_lo_que_quita():
    hay = ids("fecha_anio_corto", "fecha_nacimiento", "99/99/99")
    assert hay == [
        "fecha_de_la_curp",
        "fecha_con_siglo",
        "fecha_nacimiento_de_la_curp",
        "dejar_fuera",
    ]


def test_lo_que_dice_la_curp_se_escribe_en_la_otra_columna():
    (t, *_resto) = sugeridas(caso("curp_fecha_distinta", "curp"))
    assert t.identificador == "fecha_nacimiento_de_la_curp"
    assert t.destino(caso("curp_fecha_distinta", "curp")) == "fecha_nacimiento"


def test_sin_columna_de_curp_no_se_ofrece_lo_que_sale_de_ella():
    sin = Caso("fecha_anio_corto", "fecha_nacimiento", "", REGLA, frozenset({"fecha_nacimiento"}))
    assert "fecha_de_la_curp" not in [t.identificador for t in sugeridas(sin)]


def test_un_valor_mal_escrito_propone_el_que_mas_se_parece():
    el_caso = caso("alcaldia_desconocida", "alcaldia", "iztapalaapa")
    (t,) = [t for t in sugeridas(el_caso) if t.identificador == "cambiar_valor"]
    assert t.parametros[0].propuesta(el_caso) == "Iztapalapa"
    lejos = caso("alcaldia_desconocida", "alcaldia", "ecatepec")
    assert t.parametros[0].propuesta(lejos) == ""


def test_un_dato_personal_nunca_se_cambia_por_otro_de_golpe():
    assert "cambiar_valor" not in ids("nombre_con_cifras", "nombres", "A9")


def test_lo_que_no_se_puede_deducir_solo_se_puede_dejar_fuera():
    assert ids("curp_digito", "curp", "AAAA999999AAAAAA99") == ["dejar_fuera"]


def test_un_parametro_que_no_es_de_la_lista_no_vale():
    t = POR_IDENTIFICADOR["fecha_con_siglo"]
    el_caso = caso("fecha_anio_corto", "fecha_nacimiento")
    assert t.valida(el_caso, {"siglo": "1900"}) == {"siglo": "1900"}
    assert t.valida(el_caso, {"siglo": "1800"}) is None
    assert t.valida(el_caso, {}) is None


def test_los_identificadores_no_se_repiten_y_citan_codigos_que_existen():
    assert len(POR_IDENTIFICADOR) == len(TRANSFORMACIONES)
    for t in TRANSFORMACIONES:
        assert t.codigos <= CODIGOS.keys(), t.identificador
        assert t.titulo
        assert t.explicacion
