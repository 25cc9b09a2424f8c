"""Pedir avisos: la misma respuesta siempre, y nada guardado en claro."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from ciudadania.estados import EstadoSuscripcion as E
from ciudadania.models import Envio, Suscripcion
from ciudadania.reparto import entrega
from tests.ciudadania.conftest import enlace, ultimo_correo
from tests.fabricas.catalogos import GrupoPrioritarioFactory
from tests.fabricas.ciudadania import SuscripcionFactory

pytestmark = pytest.mark.django_db
AVISOS = "/avisos/"
TODOS = ["abre", "cierra", "entrega", "regla"]


def pedir(visitante, programa, correo="ana@ejemplo.mx", **extra):
    datos = {"programa": programa.slug, "correo": correo, "motivos": TODOS, **extra}
    return visitante.post(AVISOS, datos)


def test_el_pedido_manda_un_correo_y_no_suscribe_a_nadie_todavia(visitante, programa):
    respuesta = pedir(visitante, programa)

    assert respuesta.status_code == 302
    assert respuesta["Location"] == reverse("ciudadania:revisa")
    suscripcion = Suscripcion.objects.get()
    assert suscripcion.estado == E.PENDIENTE
    assert ultimo_correo().to == ["ana@ejemplo.mx"]
    assert "Mi Beca" in mail.outbox[0].body
    assert "/avisos/confirmar/?llave=" in mail.outbox[0].body


def test_la_direccion_no_esta_en_claro_en_ninguna_columna(visitante, programa):
    pedir(visitante, programa, correo="Ana.Perez@Ejemplo.mx")

    with connection.cursor() as cursor:
        for tabla in ("suscripcion", "envio", "aviso"):
            cursor.execute(f"SELECT to_jsonb(t)::text FROM ciudadania_{tabla} t")
            for (renglon,) in cursor.fetchall():
                assert "ejemplo" not in renglon.lower()
                assert "perez" not in renglon.lower()


def test_la_llave_de_confirmar_no_esta_en_la_base(visitante, programa):
    pedir(visitante, programa)
    llave = enlace(ultimo_correo().body, "confirmar").partition("llave=")[2]

    with connection.cursor() as cursor:
        for tabla in ("suscripcion", "envio"):
            cursor.execute(f"SELECT to_jsonb(t)::text FROM ciudadania_{tabla} t")
            assert all(llave not in renglon for (renglon,) in cursor.fetchall())


def contestado(respuesta):
    return respuesta.status_code, respuesta["Location"], respuesta.content


def test_la_respuesta_es_la_misma_este_o_no_la_direccion(visitante, programa):
    SuscripcionFactory(confirmada=True, programa=programa, correo="ya@ejemplo.mx")
    SuscripcionFactory(programa=programa, correo="espera@ejemplo.mx")

    respuestas = {
        contestado(pedir(visitante, programa, correo=correo))
        for correo in ("nueva@ejemplo.mx", "ya@ejemplo.mx", "espera@ejemplo.mx")
    }
    assert len(respuestas) == 1


def test_a_quien_ya_los_recibe_se_le_dice_solo_a_ella_y_nada_cambia(visitante, programa):
    suya = SuscripcionFactory(
        confirmada=True, programa=programa, correo="ya@ejemplo.mx", motivos=["abre"]
    )

    pedir(visitante, programa, correo="YA@ejemplo.mx".lower())

    assert ultimo_correo().subject == "Ya recibes estos avisos"
    suya.refresh_from_db()
    assert suya.motivos == ["abre"]
    assert Suscripcion.objects.count() == 1


def test_pasado_su_tope_una_direccion_no_recibe_mas_confirmaciones(visitante, programa, settings):
    for _ in range(settings.AVISOS_POR_DIRECCION + 4):
        assert pedir(visitante, programa).status_code == 302

    assert Envio.objects.count() == settings.AVISOS_POR_DIRECCION
    entrega.repartir()
    assert len(mail.outbox) == 1  # las anteriores se cancelaron: su enlace ya no servía


def test_mil_pedidos_de_una_conexion_no_pasan(visitante, programa, settings):
    estados = [pedir(visitante, programa, correo=f"p{n}@ejemplo.mx").status_code for n in range(30)]

    assert estados.count(302) == settings.AVISOS_POR_CLIENTE
    assert set(estados[settings.AVISOS_POR_CLIENTE :]) == {429}
    assert Suscripcion.objects.count() == settings.AVISOS_POR_CLIENTE


def test_sin_cache_queda_el_freno_de_la_base(visitante, programa, settings):
    settings.AVISOS_SIN_CONFIRMAR_POR_HORA = 3
    estados = []
    for n in range(6):
        cache.clear()
        estados.append(pedir(visitante, programa, correo=f"p{n}@ejemplo.mx").status_code)

    assert estados == [302, 302, 302, 302, 429, 429]


def test_la_trampa_contesta_lo_mismo_y_no_guarda(visitante, programa):
    respuesta = pedir(visitante, programa, sitio_web="https://spam.example")

    assert respuesta["Location"] == reverse("ciudadania:revisa")
    assert not Suscripcion.objects.exists()


@pytest.mark.parametrize(
    "correo",
    [
        "",
        "sin-arroba",
        "a@b",
        "ana@ejemplo.mx\nBcc: otra@ejemplo.mx",
        "ana@ejemplo.mx\r\nBcc: otra@ejemplo.mx",
        "ana\x00@ejemplo.mx",
        "<ana@ejemplo.mx>",
        "Ana <ana@ejemplo.mx>",
        "ana@ejemplo.mx, otra@ejemplo.mx",
        '"ana b"@ejemplo.mx',
        "x" * 65 + "@ejemplo.mx",
        "a@" + "x" * 300 + ".mx",
        "a@" + "ñ" * 80 + ".mx",
        "ana@ejemplo..mx",
    ],
)
def test_un_correo_que_no_lo_es_se_dice_y_no_se_guarda(visitante, programa, correo):
    respuesta = pedir(visitante, programa, correo=correo)

    assert respuesta.status_code == 422
    assert "Hay algo que corregir" in respuesta.content.decode()
    assert not Suscripcion.objects.exists()


def test_un_dominio_con_acentos_se_escribe_como_viaja(visitante, programa):
    pedir(visitante, programa, correo="ana@Cañón.MX")

    assert Suscripcion.objects.get().correo == f"ana@{'cañón'.encode('idna').decode()}.mx"
    assert ultimo_correo().to[0].startswith("ana@xn--")


def test_por_perfil_hacen_falta_filtros_y_deben_existir(visitante):
    GrupoPrioritarioFactory(clave="mayores", nombre="Personas mayores")
    vacio = visitante.post(AVISOS, {"correo": "ana@ejemplo.mx", "motivos": TODOS})
    ajeno = visitante.post(
        AVISOS, {"correo": "ana@ejemplo.mx", "motivos": TODOS, "grupo": "no-existe"}
    )
    bueno = visitante.post(
        AVISOS, {"correo": "ana@ejemplo.mx", "motivos": TODOS, "grupo": "mayores"}
    )

    assert (vacio.status_code, ajeno.status_code, bueno.status_code) == (422, 422, 302)
    suscripcion = Suscripcion.objects.get()
    assert suscripcion.perfil == {"grupo": ["mayores"]}
    assert "Personas mayores" in ultimo_correo().body


@pytest.mark.parametrize("basura", ["no-existe", "\x00", "a" * 5000, "'; --", "🤖"])
def test_una_direccion_con_basura_muestra_el_formulario_a_secas(visitante, programa, basura):
    for campo in ("programa", "grupo", "derecho", "alcaldia"):
        assert visitante.get(AVISOS, {campo: basura}).status_code == 200
        assert visitante.post(AVISOS, {campo: basura, "correo": "a@b.mx"}).status_code == 422


def test_la_direccion_llena_el_formulario(visitante, programa):
    GrupoPrioritarioFactory(clave="mayores", nombre="Personas mayores")
    de_programa = visitante.get(AVISOS, {"programa": "mi-beca"}).content.decode()
    de_filtros = visitante.get(AVISOS, {"grupo": ["mayores", "raro"]}).content.decode()

    assert "Avísame de Mi Beca" in de_programa
    assert 'value="mi-beca"' in de_programa
    assert '<option value="mayores" selected>' in de_filtros


@pytest.mark.parametrize(
    ("cabeceras", "estado"),
    [
        ({}, 302),
        ({"origin": "http://testserver"}, 302),
        ({"sec-fetch-site": "same-origin"}, 302),
        ({"referer": "http://testserver/avisos/"}, 302),
        ({"origin": "https://malo.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"referer": "https://malo.example/x"}, 403),
    ],
)
def test_otro_sitio_no_puede_llenar_el_formulario_por_nadie(visitante, programa, cabeceras, estado):
    datos = {"programa": programa.slug, "correo": "ana@ejemplo.mx", "motivos": TODOS}

    assert visitante.post(AVISOS, datos, headers=cabeceras).status_code == estado
    assert Suscripcion.objects.count() == (estado == 302)


def test_no_deja_galletas_ni_abre_sesion(visitante, programa):
    assert not visitante.get(AVISOS).cookies
    assert not pedir(visitante, programa).cookies
    assert not visitante.cookies


def test_el_correo_sale_en_el_idioma_de_la_pagina_en_que_se_pidio(visitante, programa):
    datos = {"programa": programa.slug, "correo": "ana@ejemplo.mx", "motivos": TODOS}
    visitante.post("/en/avisos/", datos)

    assert Suscripcion.objects.get().idioma == "en"
    assert "/en/avisos/confirmar/?llave=" in ultimo_correo().body


def test_dos_pedidos_distintos_de_una_persona_son_dos(visitante, programa):
    GrupoPrioritarioFactory(clave="mayores")
    pedir(visitante, programa)
    visitante.post(AVISOS, {"correo": "ana@ejemplo.mx", "motivos": TODOS, "grupo": "mayores"})

    assert Suscripcion.objects.count() == 2
    assert Envio.objects.filter(dia=timezone.localdate()).count() == 2
