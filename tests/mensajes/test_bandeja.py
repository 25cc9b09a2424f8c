"""La bandeja: lo no leído primero, sus filtros y su búsqueda, con las mismas consultas siempre."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sibis.mensajes.consultas.bandeja import FiltrosDeBandeja, Ver, bandeja, contador
from sibis.mensajes.consultas.busqueda import consulta_de
from sibis.mensajes.consultas.colas import colas
from tests.conftest import negar_escrituras
from tests.fabricas.mensajes import (
    AdjuntoFactory,
    HiloFactory,
    LecturaFactory,
    MencionFactory,
    MensajeFactory,
)

pytestmark = pytest.mark.django_db
BANDEJA = "/panel/mensajes/"


def un_hilo(mundo, asunto="Padrón", texto="Se corrigió la evaluación", **cambios):
    hilo = HiloFactory(
        asunto=asunto, entre=[mundo.iztapalapa, mundo.sebien, mundo.dictamina], **cambios
    )
    mensaje = MensajeFactory(
        hilo=hilo, autor=mundo.enlace, dependencia=mundo.iztapalapa, texto=texto
    )
    return hilo, mensaje


def asuntos(usuario, **filtros):
    return [r.hilo.asunto for r in bandeja(usuario, FiltrosDeBandeja(**filtros)).renglones]


def test_lo_no_leido_va_primero_aunque_sea_mas_viejo(mundo):
    un_hilo(mundo, "Viejo y sin leer")
    _hilo, leido = un_hilo(mundo, "Nuevo y leído")
    LecturaFactory(hasta=leido, usuario=mundo.valida)

    assert asuntos(mundo.valida) == ["Viejo y sin leer", "Nuevo y leído"]
    assert asuntos(mundo.valida, ver=Ver.SIN_LEER) == ["Viejo y sin leer"]
    assert contador(mundo.valida) == ("Mensajes", 1, f"{BANDEJA}?ver=no_leidos")
    (cola,) = [c for c in colas(mundo.valida) if c.pendientes]
    assert (cola.total, cola.pendientes[0].titulo) == (1, "Viejo y sin leer")


def test_los_filtros_dicen_lo_que_prometen(mundo):
    un_hilo(mundo, "De la casa")
    HiloFactory(asunto="Ajeno a mí", expediente=mundo.expediente, entre=[mundo.evalua])
    HiloFactory(
        asunto="Cerrado",
        entre=[mundo.valida],
        cerrado_por=mundo.valida,
        cerrado_en="2026-01-02T10:00-06:00",
    )

    assert set(asuntos(mundo.valida)) == {"De la casa", "Ajeno a mí", "Cerrado"}
    assert set(asuntos(mundo.valida, ver=Ver.MIOS)) == {"De la casa", "Cerrado"}
    assert asuntos(mundo.valida, ver=Ver.CERRADOS) == ["Cerrado"]
    assert set(asuntos(mundo.valida, organo="ALC-09007")) == {"De la casa", "Ajeno a mí"}
    assert asuntos(mundo.valida, organo="ALC-09015") == []


@pytest.mark.parametrize(
    "q", ["evaluaciones", "EVALUACIÓN", "padron", "corrigió padrones", "corrigio  la evaluacion!!"]
)
def test_busca_en_asuntos_y_textos_sin_acentos_ni_plurales(mundo, q):
    un_hilo(mundo)
    un_hilo(mundo, "Otra cosa", "Nada que ver")
    esperado = [] if q == "corrigió padrones" else ["Padrón"]  # una en el asunto y otra en el texto
    assert asuntos(mundo.dictamina, q=q) == esperado


def test_el_extracto_marca_lo_hallado_y_es_texto(mundo):
    un_hilo(mundo, texto="<b>Se corrigió</b> la <i>evaluación</i> del año")

    (renglon,) = bandeja(mundo.dictamina, FiltrosDeBandeja(q="evaluacion")).renglones
    assert [p.texto for p in renglon.extracto if p.hallada] == ["evaluación"]


@pytest.mark.parametrize("q", ["'; DROP TABLE", "a & | !", ":*", "\\", "((", "\x02\x03", "%", "🙂"])
def test_lo_raro_no_rompe_la_busqueda(mundo, en_el_panel, q):
    un_hilo(mundo)
    assert en_el_panel(mundo.valida).get(BANDEJA, {"q": q}).status_code == 200


def test_diez_mil_letras_se_leen_hasta_un_tope(mundo, en_el_panel):
    un_hilo(mundo)
    cliente = en_el_panel(mundo.valida)
    for q in ("a" * 10_000, "palabra " * 1_250, "é" * 10_000):
        inicio = time.monotonic()
        assert cliente.get(BANDEJA, {"q": q}).status_code == 200
        assert time.monotonic() - inicio < 2
    consulta = consulta_de("palabra " * 1_250)
    assert str(consulta).count("palabra") < 60


def test_solo_palabras_vacias_lo_dice(mundo, en_el_panel):
    un_hilo(mundo)
    cliente = en_el_panel(mundo.valida)
    assert "al menos una palabra" in cliente.get(BANDEJA, {"q": "¿?"}).content.decode()
    assert "Ningún hilo lo dice" in cliente.get(BANDEJA, {"q": "zzzz"}).content.decode()


@pytest.mark.parametrize(
    "consulta", ["ver=raro", "pagina=-1", "pagina=999999999999", "organo=%C3", "pagina=a&ver="]
)
def test_una_direccion_mal_tecleada_da_la_bandeja(mundo, en_el_panel, consulta):
    assert en_el_panel(mundo.valida).get(f"{BANDEJA}?{consulta}").status_code == 200


def _consultas(cliente, direccion):
    cliente.get(direccion)  # lo que se calienta una vez
    with (
        CaptureQueriesContext(
            connection,
        ) as hechas,
        connection.execute_wrapper(negar_escrituras),
    ):
        assert cliente.get(direccion).status_code == 200
    return len(hechas)


def _mas_hilos(mundo, cuantos):
    for _n in range(cuantos):
        hilo, mensaje = un_hilo(mundo, expediente=mundo.expediente)
        AdjuntoFactory(mensaje=mensaje)
        MencionFactory(mensaje=mensaje, usuario=mundo.valida)
    return hilo


@pytest.mark.parametrize(
    "direccion",
    [
        BANDEJA,
        f"{BANDEJA}?q=evaluacion",
        f"{BANDEJA}?ver=no_leidos",
        "/panel/mensajes/hilo/",
        "/panel/",
    ],
)
def test_las_listas_cuestan_lo_mismo_con_el_doble(mundo, en_el_panel, direccion):
    cliente = en_el_panel(mundo.valida)
    _mas_hilos(mundo, 4)
    con_n = _consultas(cliente, direccion)
    _mas_hilos(mundo, 4)
    assert _consultas(cliente, direccion) == con_n


def test_un_hilo_cuesta_lo_mismo_con_el_doble_de_mensajes(mundo, en_el_panel):
    cliente = en_el_panel(mundo.valida)
    hilo = _mas_hilos(mundo, 1)

    def mas(cuantos):
        for _n in range(cuantos):
            mensaje = MensajeFactory(hilo=hilo, autor=mundo.enlace, dependencia=mundo.iztapalapa)
            AdjuntoFactory(mensaje=mensaje)
            MencionFactory(mensaje=mensaje, usuario=mundo.valida)
            LecturaFactory(hasta=mensaje)

    mas(5)
    con_n = _consultas(cliente, hilo.get_absolute_url())
    mas(5)
    assert _consultas(cliente, hilo.get_absolute_url()) == con_n


def test_la_bandeja_se_parte_de_25_en_25(mundo, en_el_panel):
    for n in range(26):
        un_hilo(mundo, f"Hilo {n}")
    pagina = en_el_panel(mundo.valida).get(BANDEJA, {"q": "evaluacion", "pagina": 2})
    assert pagina.content.decode().count('class="aviso aviso-nuevo"') == 1
    assert "q=evaluacion&amp;pagina=1" in pagina.content.decode()


def test_la_lista_del_panel_lleva_a_la_pagina_del_hilo(mundo, en_el_panel):
    hilo, _mensaje = un_hilo(mundo)
    cliente = en_el_panel(mundo.valida)
    respuesta = cliente.get(reverse("admin:mensajes_hilo_change", args=[hilo.pk]))
    assert (respuesta.status_code, respuesta["Location"]) == (302, hilo.get_absolute_url())
    assert cliente.get(reverse("admin:mensajes_hilo_add")).status_code == 403
    assert cliente.post(reverse("admin:mensajes_hilo_delete", args=[hilo.pk])).status_code == 403
