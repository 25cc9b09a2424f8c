"""Ningún arreglo cambia lo que ya se lee bien por algo que diga otra cosa, ni revienta."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from padron.validacion.columnas import POR_IDENTIFICADOR as COLUMNAS
from padron.validacion.columnas.fechas import leer_fecha
from padron.validacion.columnas.montos import Escritura, leer_cantidad
from padron.validacion.piezas import Contexto
from padron.validacion.recetas import TRANSFORMACIONES
from tests.padron.arreglos.celdas import DIA, REGLA, SUYA, caso, hacer

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
