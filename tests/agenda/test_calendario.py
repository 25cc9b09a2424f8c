"""La dirección secreta que lee un calendario: se cierra, se cambia, no dice de nadie y contesta 304."""

from __future__ import annotations

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as ajustes
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from sibis.agenda import lecturas
from sibis.agenda.models import LlaveDeAgenda, Vencimiento
from sibis.agenda.servicios import llaves
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.fabricas.agenda import LlaveDeAgendaFactory, VencimientoFactory
from tests.fabricas.cuentas import con_rol, entrar

pytestmark = pytest.mark.django_db
ICS = "/agenda/calendario.ics"


@pytest.fixture
def v() -> Vencimiento:
    en = timezone.localdate() + datetime.timedelta(days=5)
    return VencimientoFactory(vence_el=en, asunto_nombre="Mi Beca")


@pytest.fixture
def enlace(v: Vencimiento):
    return con_rol(roles.EnlaceDeDependencia, en=v.dependencia, first_name="Zenobia")


def sucesos(respuesta) -> list:
    return Calendar.from_ical(respuesta.content).walk("VEVENT")


def test_un_calendario_de_fuera_lee_los_plazos_de_su_dependencia(visitante, v, enlace):
    VencimientoFactory(), VencimientoFactory(dependencia=v.dependencia, cumplido=True)

    respuesta = visitante.get(ICS, {"llave": llaves.renovar(por=enlace)})

    (suceso,) = sucesos(respuesta)
    assert respuesta["Content-Type"] == "text/calendar; charset=utf-8"
    assert suceso["summary"] == f"Vence: {v}"
    assert suceso.decoded("dtstart") == v.vence_el
    assert suceso.decoded("dtend") == v.vence_el + datetime.timedelta(days=1)
    assert str(suceso["url"]) == f"{ajustes.URL_PUBLICA}{v.get_absolute_url()}"
    assert "Ley de Desarrollo Social" in suceso["description"]
    assert suceso["transp"] == "TRANSPARENT"
    texto = respuesta.content.decode()
    assert "private" in respuesta["Cache-Control"]
    for dato in (enlace.username, enlace.email, "Zenobia"):
        assert dato not in texto


def test_el_mismo_plazo_prorrogado_es_el_mismo_suceso_con_otra_fecha(visitante, v, enlace):
    llave = llaves.renovar(por=enlace)
    (antes,) = sucesos(visitante.get(ICS, {"llave": llave}))
    nuevo = v.vence_el + datetime.timedelta(days=9)
    Vencimiento.objects.filter(pk=v.pk).update(prorrogado_al=nuevo)

    (despues,) = sucesos(visitante.get(ICS, {"llave": llave}))

    assert despues["uid"] == antes["uid"]
    assert despues.decoded("dtstart") == nuevo
    assert despues["sequence"] > antes["sequence"]


def test_quien_valida_la_ciudad_ve_juntos_los_iguales(visitante, v):
    VencimientoFactory(obligacion=v.obligacion, vence_el=v.vence_el)

    llave = llaves.renovar(por=con_rol(roles.ValidacionSIBISO))
    (suceso,) = sucesos(visitante.get(ICS, {"llave": llave}))

    assert "2 por cumplir" in suceso["summary"]
    assert f"obligacion={v.obligacion_id}" in str(suceso["url"])


def test_contesta_304_hasta_que_algo_cambia(visitante, v, enlace):
    datos = {"llave": llaves.renovar(por=enlace)}
    primera = visitante.get(ICS, datos)
    condicion = {"if-none-match": primera["ETag"]}
    fecha = {"if-modified-since": primera["Last-Modified"]}

    assert visitante.get(ICS, datos, headers=condicion).status_code == 304
    assert visitante.get(ICS, datos, headers=fecha).status_code == 304
    Vencimiento.objects.filter(pk=v.pk).update(cumplido_que="Gaceta", cumplido_el=v.vence_el)

    otra = visitante.get(ICS, datos, headers=condicion)
    assert (otra.status_code, sucesos(otra)) == (200, [])


@pytest.mark.parametrize("llave", ["", "x", "\x00", "á" * 500, "../..", "%s%s"])
def test_una_llave_mala_no_existe(visitante, llave):
    assert visitante.get(ICS, {"llave": llave}).status_code == 404
    assert visitante.get(ICS).status_code == 404


def test_buena_o_mala_cuesta_la_misma_busqueda(visitante, enlace, django_assert_num_queries):
    llaves.renovar(por=enlace)
    with django_assert_num_queries(1):
        visitante.get(ICS, {"llave": "x"})


def test_cambiada_o_cerrada_la_anterior_deja_de_abrir(visitante, enlace):
    vieja = llaves.renovar(por=enlace)
    nueva = llaves.renovar(por=enlace)

    assert visitante.get(ICS, {"llave": vieja}).status_code == 404
    assert visitante.get(ICS, {"llave": nueva}).status_code == 200
    llaves.revocar(por=enlace)
    assert visitante.get(ICS, {"llave": nueva}).status_code == 404
    with pytest.raises(ErrorDeNegocio):
        llaves.revocar(por=enlace)
    assert Evento.objects.filter(tipo="agenda.direccion_creada").count() == 2


def test_quien_pierde_su_funcion_o_su_cuenta_pierde_su_calendario(visitante, enlace):
    llave = llaves.renovar(por=enlace)
    enlace.adscripciones.update(baja_en=timezone.now(), motivo_de_baja="se fue")
    assert visitante.get(ICS, {"llave": llave}).status_code == 404

    otra = con_rol(roles.EnlaceDeDependencia)
    llave = llaves.renovar(por=otra)
    type(otra).objects.filter(pk=otra.pk).update(is_active=False)
    assert visitante.get(ICS, {"llave": llave}).status_code == 404
    with pytest.raises(SinPermiso):
        llaves.renovar(por=con_rol(roles.AdministracionTecnica))


def test_solo_se_guarda_la_huella_y_la_llave_es_larga(enlace):
    llave = llaves.renovar(por=enlace)

    assert len(llave) >= 43  # 256 bits en base 64
    assert llave not in str(LlaveDeAgenda.objects.values().get())
    assert llave not in str(list(Evento.objects.values()))


def test_la_ultima_lectura_se_asienta_sin_que_leer_escriba(visitante, enlace):
    llave = llaves.renovar(por=enlace)
    visitante.get(ICS, {"llave": llave})  # el visitante falla si un GET escribe
    assert LlaveDeAgenda.objects.get().leida_en is None

    assert lecturas.asentar() == 1
    assert lecturas.asentar() == 0
    assert LlaveDeAgenda.objects.get().leida_en is not None


def test_la_direccion_se_ve_una_sola_vez_y_no_viaja_en_galletas(client, enlace):
    entrar(client, enlace)

    respuesta = client.post("/panel/agenda/calendario/renovar/")

    html = respuesta.content.decode()
    url = html.partition('readonly value="')[2].partition('"')[0]
    llave = parse_qs(urlsplit(url).query)["llave"][0]
    assert client.get(ICS, {"llave": llave}).status_code == 200
    assert llave not in client.get("/panel/agenda/calendario/").content.decode()
    assert llave not in str(respuesta.cookies)
    assert client.get("/panel/agenda/calendario/renovar/").status_code == 405
    assert client.post("/panel/agenda/calendario/cerrar/").status_code == 302
    assert client.get(ICS, {"llave": llave}).status_code == 404


def test_leer_cuesta_lo_mismo_sean_cuantos_sean(visitante, v, enlace, django_assert_num_queries):
    datos = {"llave": llaves.renovar(por=enlace)}
    with django_assert_num_queries(5) as pocas:
        visitante.get(ICS, datos)
    for _n in range(4):
        VencimientoFactory(dependencia=v.dependencia, vence_el=v.vence_el)
    with django_assert_num_queries(len(pocas)):
        visitante.get(ICS, datos)


@pytest.mark.parametrize(
    ("crear", "restriccion"),
    [
        (lambda u: LlaveDeAgendaFactory(usuario=u), "llave_de_agenda_una_viva"),
        (lambda u: LlaveDeAgendaFactory(huella="la-llave"), "llave_de_agenda_solo_huella"),
    ],
)
def test_la_base_rechaza_lo_que_no_puede_ser(crear, restriccion):
    usuario = LlaveDeAgendaFactory().usuario
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        crear(usuario)
