"""Corregir en la cuadrícula: celdas, choques, filas fuera y cuándo se puede."""

from __future__ import annotations

import re

import pytest

from padron.consultas.filas import contexto_de, filas_de
from padron.models import Correccion, Descarte
from padron.servicios import correcciones, decisiones
from sibis.nucleo.errores import SinPermiso, TransicionInvalida
from tests.padron.arreglos.conftest import ALCALDIA, NOMBRES, descompuesta
from tests.padron.arreglos.paginas import (
    edicion,
    en,
    guardar,
    url,
)

pytestmark = pytest.mark.django_db


def test_una_celda_corregida_se_anota_contra_el_archivo_y_la_fila_se_revisa_sola(
    enlace, carga, casa
):
    pagina = guardar(enlace, carga, **{"e-2": "0-0", f"c-2-{ALCALDIA}": "Iztapalapa"})

    (una,) = Correccion.objects.all()
    assert (una.fila, una.lugar, una.crudo, una.nuevo) == (2, ALCALDIA, "Ecatepec", "Iztapalapa")
    assert una.por == casa.enlace
    texto = en(pagina)
    assert "Ya podría entrar" in texto
    assert f"El archivo trae «Ecatepec». Lo cambió {casa.enlace}." in texto
    assert "Se guardó 1 fila" in texto
    assert "Hay correcciones que falta revisar" in texto


def test_si_sigue_mal_lo_dice_en_su_celda(enlace, carga):
    pagina = guardar(enlace, carga, **{"e-2": "0-0", f"c-2-{ALCALDIA}": "Toluca"})

    assert 'aria-describedby="h-c-2-6 k-c-2-6"' in en(pagina)
    assert "Ya podría entrar" not in en(pagina)


def test_lo_que_queda_igual_no_se_anota(enlace, carga):
    persona = descompuesta(1, 1)[0]
    campos = {f"c-2-{i}": valor for i, valor in enumerate(persona)}
    pagina = guardar(enlace, carga, **{"e-2": "0-0", **campos})

    assert not Correccion.objects.exists()
    assert "No había nada distinto que guardar" in en(pagina)


def test_dos_personas_en_la_misma_fila_a_una_se_le_dice(enlace, carga):
    vista = enlace.get(url(carga))
    clave = edicion(vista, 2)
    guardar(enlace, carga, **{"e-2": clave, f"c-2-{ALCALDIA}": "Iztapalapa"})

    tarde = guardar(
        enlace,
        carga,
        **{"e-2": clave, f"c-2-{ALCALDIA}": "Tlalpan", "e-3": "0-0", f"c-3-{ALCALDIA}": "Tlalpan"},
    )

    assert tarde.status_code == 409
    texto = en(tarde)
    assert "Alguien cambió la fila 2 mientras la veías" in texto
    assert "Tú escribiste «Tlalpan»." in texto
    # La otra fila de la misma página sí se guardó.
    assert list(Correccion.objects.values_list("fila", "nuevo")) == [
        (2, "Iztapalapa"),
        (3, "Tlalpan"),
    ]


def test_guardar_dos_veces_lo_mismo_no_choca(enlace, carga):
    for _vez in range(2):
        respuesta = guardar(enlace, carga, **{"e-2": "0-0", f"c-2-{ALCALDIA}": "Iztapalapa"})
        assert respuesta.status_code == 200
    assert Correccion.objects.count() == 1


def test_una_fila_sola_responde_solo_su_fila(enlace, carga):
    respuesta = guardar(
        enlace, carga, accion="fila", **{"fila": "2", "e-2": "0-0", f"c-2-{ALCALDIA}": "Iztapalapa"}
    )

    texto = en(respuesta).strip()
    assert texto.startswith("<tr")
    assert "Ya podría entrar" in texto
    assert "<html" not in texto


def test_una_fila_sola_viene_con_las_columnas_en_el_orden_de_su_pagina(enlace, carga):
    """Al quedar bien, la alcaldía ya no iría primero: la fila no puede moverse bajo su encabezado."""

    def titulos(texto):
        return re.findall(r'data-titulo="([^"]+)"', texto)[:9]

    pagina = en(enlace.get(url(carga)))
    orden = re.search(r'name="orden" value="([^"]+)"', pagina)[1]
    assert titulos(pagina)[0] == "Alcaldía"

    campos = {"fila": "2", "orden": orden, "e-2": "0-0", f"c-2-{ALCALDIA}": "Iztapalapa"}
    respuesta = guardar(enlace, carga, accion="fila", **campos)

    assert titulos(en(respuesta)) == titulos(pagina)


@pytest.mark.parametrize(
    "campos",
    [
        {"c-2-999": "x"},
        {"c-2-6": "x" * 10_001},
        {"c-99999-6": "x"},
        {"c-x-y": "x"},
        {"e-999": "0-0", "c-999-6": "x"},
    ],
)
def test_lo_que_no_puede_ser_se_dice_y_no_se_guarda(enlace, carga, campos):
    respuesta = guardar(enlace, carga, **{"e-2": "0-0", **campos})

    assert respuesta.status_code in (200, 409)
    assert not Correccion.objects.exists()


def test_lo_tecleado_como_formula_se_guarda_como_texto_y_avisa(enlace, entregada):
    carga = entregada(descompuesta(1, 5))
    guardar(enlace, carga, **{"e-2": "0-0", "c-2-7": "=cmd|'/c calc'!A1"})
    (fila,) = filas_de(contexto_de(carga), [2])
    assert fila.celda(7) == "=cmd|'/c calc'!A1"
    assert [h.codigo for h in contexto_de(carga).revisar([fila])[2] if h.columna == "folio"] == [
        "formula"
    ]


def test_una_celda_de_varios_renglones_no_cambia_por_verla(enlace, entregada):
    filas = descompuesta(1, 5)
    filas[0][NOMBRES] = "Rosa\nMaría"
    carga = entregada(filas)
    pagina = enlace.post(url(carga), {"accion": "ver", "datos": "si"})
    assert "<textarea" in en(pagina)

    guardar(enlace, carga, **{"e-2": "0-0", f"c-2-{NOMBRES}": "Rosa\r\nMaría"})
    assert not Correccion.objects.exists()


def test_una_fila_se_deja_fuera_con_su_porque_y_puede_volver(enlace, carga, casa):
    pagina = guardar(enlace, carga, **{"e-2": "0-0", "fuera-2": "1", "motivo-2": "Se mudó."})

    assert f"Fuera: Se mudó. ({casa.enlace})" in en(pagina)
    clave = edicion(pagina, 2)
    guardar(enlace, carga, **{"e-2": clave, "vuelve-2": "1"})
    assert list(Descarte.objects.values_list("fuera", flat=True)) == [True, False]


@pytest.mark.parametrize("motivo", ["", "   ", "x" * 201, "Es la CLABE 012180001234567897"])
def test_sin_un_porque_que_se_pueda_escribir_no_se_deja_fuera(enlace, carga, motivo):
    respuesta = guardar(enlace, carga, **{"e-2": "0-0", "fuera-2": "1", "motivo-2": motivo})

    assert respuesta.status_code == 409
    assert not Descarte.objects.exists()


def test_presentada_se_mira_y_no_se_corrige(enlace, entregada, casa):
    carga = entregada(descompuesta(3, 12))
    decisiones.presentar(carga, por=casa.enlace)

    pagina = enlace.get(url(carga))
    assert "se mira y no se corrige" in en(pagina)
    respuesta = guardar(enlace, carga, **{"e-2": "0-0", "c-2-6": "Iztapalapa"})
    assert respuesta.status_code == 200
    assert not Correccion.objects.exists()
    with pytest.raises(TransicionInvalida):
        correcciones.guardar_filas(
            carga, {2: correcciones.Pedido("0-0", {6: "Iztapalapa"})}, por=casa.enlace
        )


def test_solo_quien_carga_guarda(carga, casa):
    with pytest.raises(SinPermiso):
        correcciones.guardar_filas(
            carga, {2: correcciones.Pedido("0-0", {6: "Iztapalapa"})}, por=casa.titular
        )


def test_revisar_de_nuevo_desde_la_cuadricula(enlace, carga):
    guardar(enlace, carga, **{"e-2": "0-0", f"c-2-{ALCALDIA}": "Iztapalapa"})
    respuesta = enlace.post(url(carga), {"accion": "revisar"})

    assert respuesta.status_code == 302
    carga.refresh_from_db()
    assert carga.estado == "en_proceso"
