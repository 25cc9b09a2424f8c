"""Qué arreglos se ofrecen para cada error, y en qué orden."""

from __future__ import annotations

from padron.validacion.codigos import CODIGOS
from padron.validacion.recetas import POR_IDENTIFICADOR, TRANSFORMACIONES, Caso, sugeridas
from tests.padron.arreglos.celdas import REGLA, caso


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
