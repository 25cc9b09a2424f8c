"""Quien opera el sistema ve qué no salió y puede pedir otro intento; no lee ningún aviso."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sibis.avisos.consultas.colas import colas
from sibis.avisos.models import CorreoDeAviso
from sibis.avisos.servicios.operar import repetir_agotados
from sibis.bitacora.models import Evento
from sibis.bitacora.presentadores import frase
from sibis.cuentas.permisos import Permiso
from sibis.cuentas.roles import Alcance, Analista
from sibis.nucleo.errores import SinPermiso
from tests.fabricas.avisos import AvisoFactory, CorreoDeAvisoFactory
from tests.fabricas.cuentas import con_rol, entrar, que_puede

pytestmark = pytest.mark.django_db
LISTA = "/panel/avisos/correodeaviso/"


@pytest.fixture
def opera(client):
    return entrar(client, que_puede(Permiso.SISTEMA_OPERAR, alcance=Alcance.CIUDAD))


def test_espera_a_quien_opera_lo_que_no_salio_y_a_nadie_mas(opera):
    hace_rato = timezone.now() - timedelta(minutes=20)
    atorados = {
        CorreoDeAvisoFactory(estado="rechazado", falla="SMTPRecipientsRefused 550").pk,
        CorreoDeAvisoFactory(intentos=2, falla="ConnectionRefusedError").pk,
        CorreoDeAvisoFactory(toca_en=hace_rato).pk,  # nadie lo ha llevado
    }
    CorreoDeAvisoFactory()
    CorreoDeAvisoFactory(estado="cancelado")
    CorreoDeAvisoFactory(estado="enviado", enviado_en=timezone.now())

    (cola,) = colas(opera)

    assert set(CorreoDeAviso.objects.atorados().values_list("pk", flat=True)) == atorados
    assert cola.total == len(cola.pendientes) == 3
    assert colas(con_rol(Analista)) == []


def test_si_el_trabajador_murio_se_ve_aunque_no_haya_ningun_correo(opera):
    hace_rato = timezone.now() - timedelta(minutes=20)
    AvisoFactory()  # recién dicho: todavía es normal
    AvisoFactory(por_correo="nunca", creado_en=hace_rato)
    AvisoFactory(para=CorreoDeAvisoFactory().para, creado_en=hace_rato)  # espera a otro suyo
    assert colas(opera)[0].total == 0

    AvisoFactory(creado_en=hace_rato)

    (cola,) = colas(opera)
    assert cola.total == 1
    assert "detenido" in cola.pendientes[0].titulo
    assert cola.pendientes[0].detalle.startswith("1 aviso espera")


def test_repetir_devuelve_a_la_fila_lo_agotado_y_queda_en_la_bitacora(client, opera):
    agotado = CorreoDeAvisoFactory(estado="agotado", intentos=12)
    rechazado = CorreoDeAvisoFactory(estado="rechazado", intentos=1)
    assert "Repetir el correo agotado" in client.get(LISTA).content.decode()

    respuesta = client.post(f"{LISTA}repetir/", follow=True)

    assert "volvió a la fila" in respuesta.content.decode()
    agotado.refresh_from_db()
    rechazado.refresh_from_db()
    assert (agotado.estado, agotado.intentos, rechazado.estado) == ("pendiente", 0, "rechazado")
    evento = Evento.objects.get(tipo="avisos.correos_repetidos")
    assert evento.por == opera.username
    assert "1" in frase(evento)


def test_sin_nada_agotado_no_hay_boton_ni_rastro(client, opera):
    assert "Repetir" not in client.get(LISTA).content.decode()
    respuesta = client.post(f"{LISTA}repetir/", follow=True)
    assert "No había correos agotados." in respuesta.content.decode()
    assert not Evento.objects.filter(tipo="avisos.correos_repetidos").exists()


def test_quien_no_opera_no_ve_la_lista_ni_repite(client):
    cuenta = entrar(client, con_rol(Analista))
    agotado = CorreoDeAvisoFactory(estado="agotado")

    assert client.get(LISTA).status_code == 403
    client.post(f"{LISTA}repetir/")
    with pytest.raises(SinPermiso):
        repetir_agotados(por=cuenta)
    agotado.refresh_from_db()
    assert agotado.estado == "agotado"
    assert client.get(f"{LISTA}repetir/").status_code == 405


def test_la_lista_y_la_ficha_se_miran_sin_leer_avisos_ni_direcciones(client, opera):
    aviso = AvisoFactory(titulo="Secreto a voces", correo=CorreoDeAvisoFactory())
    for url in (LISTA, f"{LISTA}{aviso.correo_id}/change/", f"{LISTA}?estado__exact=pendiente"):
        respuesta = client.get(url)
        html = respuesta.content.decode()
        assert respuesta.status_code == 200
        assert "Secreto" not in html
        assert aviso.correo.para.email not in html
        assert 'name="_save"' not in html
    assert "correo " in client.get(f"{LISTA}?atorados=si").content.decode()


def test_la_lista_cuesta_lo_mismo_con_el_doble(client, opera):
    CorreoDeAvisoFactory.create_batch(5)
    client.get(LISTA)
    with CaptureQueriesContext(connection) as pocos:
        client.get(LISTA)
    CorreoDeAvisoFactory.create_batch(5)
    with CaptureQueriesContext(connection) as muchos:
        client.get(LISTA)
    assert len(muchos) == len(pocos)
