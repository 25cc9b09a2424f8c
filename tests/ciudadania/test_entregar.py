"""La entrega, contra un servidor SMTP de verdad que rechaza, se cae y vuelve."""

from __future__ import annotations

import datetime
from email.message import EmailMessage

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from ciudadania.models import Envio, Suscripcion
from ciudadania.reparto import entrega
from sibis.correo.estados import EstadoEnvio as E
from sibis.correo.reparto import INTENTOS
from tests.fabricas.ciudadania import AvisoFactory, EnvioFactory, SuscripcionFactory

pytestmark = pytest.mark.django_db


def estados() -> dict[str, int]:
    cuenta: dict[str, int] = {}
    for estado in Envio.objects.values_list("estado", flat=True):
        cuenta[estado] = cuenta.get(estado, 0) + 1
    return cuenta


def envios(cuantos: int) -> list[Envio]:
    return [
        EnvioFactory(suscripcion=SuscripcionFactory(correo=f"p{n}@ejemplo.mx"))
        for n in range(cuantos)
    ]


def ya_tocan() -> None:
    Envio.objects.filter(estado=E.PENDIENTE).update(toca_en=timezone.now())


def test_el_correo_llega_completo_en_texto_y_html(cartero):
    envio = EnvioFactory(
        clase="avisos",
        secreto="",
        suscripcion=SuscripcionFactory(confirmada=True, correo="ana@ejemplo.mx", llave="salida"),
    )
    AvisoFactory(suscripcion=envio.suscripcion, envio=envio)

    entrega.repartir()

    (correo,) = cartero.recibidos
    assert correo["To"] == "ana@ejemplo.mx"
    assert str(envio.uid) in correo["Message-ID"]
    assert correo["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/avisos/baja/?llave=salida>" in correo["List-Unsubscribe"]
    assert correo["Auto-Submitted"] == "auto-generated"
    tipos = [parte.get_content_type() for parte in correo.walk()]
    assert tipos == ["multipart/alternative", "text/plain", "text/html"]
    for parte in (correo.get_body(("plain",)), correo.get_body(("html",))):
        assert isinstance(parte, EmailMessage)
        assert "Hoy abre" in parte.get_content()
        assert "ana@" not in parte.get_content()


def test_el_nombre_de_un_programa_no_mete_encabezados_ni_etiquetas(cartero):
    envio = EnvioFactory(
        clase="avisos", secreto="", suscripcion=SuscripcionFactory(confirmada=True)
    )
    malo = "Beca\r\nBcc: otra@ejemplo.mx\r\n\r\n<script>alert(1)</script>"
    type(envio.suscripcion.programa).objects.update(nombre=malo)
    AvisoFactory(suscripcion=envio.suscripcion, envio=envio)

    entrega.repartir()

    (correo,) = cartero.recibidos
    assert correo["Bcc"] is None
    assert "<script>" not in correo.get_body(("html",)).get_content()
    assert estados() == {"enviado": 1}


def test_un_destinatario_rechazado_se_marca_y_los_demas_salen(cartero):
    envios(3)
    cartero.respuestas["p1@ejemplo.mx"] = "550 5.1.1 no existe p1@ejemplo.mx"

    for _ in range(2):
        entrega.repartir()
        ya_tocan()

    assert cartero.destinos == ["p0@ejemplo.mx", "p2@ejemplo.mx"]
    assert estados() == {"enviado": 2, "rechazado": 1}
    malo = Envio.objects.get(estado=E.RECHAZADO)
    assert malo.falla == "SMTPRecipientsRefused 550"  # sin la dirección, que el servidor repite
    assert malo.secreto == ""


def test_un_rechazo_pasajero_se_repite_mas_tarde(cartero):
    envios(1)
    cartero.respuestas["p0@ejemplo.mx"] = "450 buzón lleno"
    entrega.repartir()

    envio = Envio.objects.get()
    assert (envio.estado, envio.intentos) == (E.PENDIENTE, 1)
    assert envio.toca_en > timezone.now() + datetime.timedelta(seconds=50)
    assert entrega.repartir().entregados == 0  # aún no toca
    cartero.respuestas.clear()
    ya_tocan()
    entrega.repartir()
    assert cartero.destinos == ["p0@ejemplo.mx"]


def test_con_el_servidor_caido_no_se_pierde_ninguno_ni_se_gastan_todos(cartero):
    envios(4)
    cartero.apagar()

    entrega.repartir()
    assert estados() == {"pendiente": 4}
    assert sorted(Envio.objects.values_list("intentos", flat=True)) == [0, 0, 0, 1]
    cartero.prender()
    ya_tocan()
    entrega.repartir()

    assert cartero.destinos == [f"p{n}@ejemplo.mx" for n in range(4)]
    assert estados() == {"enviado": 4}


def test_si_el_servidor_muere_a_media_tanda_los_demas_salen_despues_y_una_vez(cartero):
    envios(6)
    cartero.se_cae_tras = 3
    entrega.repartir()
    assert estados() == {"enviado": 3, "pendiente": 3}

    cartero.se_cae_tras = None
    ya_tocan()
    entrega.repartir()

    assert cartero.destinos == [f"p{n}@ejemplo.mx" for n in range(6)]
    assert len({m["Message-ID"] for m in cartero.recibidos}) == 6


def test_tras_dos_dias_se_da_por_perdido_y_se_puede_pedir_otra_vez(cartero):
    envios(1)
    cartero.apagar()
    for _ in range(INTENTOS):
        ya_tocan()
        entrega.repartir()
    assert estados() == {"agotado": 1}
    assert Envio.objects.get().falla == "ConnectionRefusedError"

    cartero.prender()
    call_command("enviar_avisos", "--reintentar")

    assert estados() == {"enviado": 1}
    texto = cartero.recibidos[0].get_body(("plain",)).get_content()
    assert "/avisos/confirmar/?llave=confirmar" in texto


def test_un_reintento_lleva_el_mismo_message_id(cartero):
    """Si el servidor aceptó y el proceso murió antes de anotarlo, el repetido se reconoce."""
    (envio,) = envios(1)
    entrega.repartir()
    # Lo que quedaría en la base si el proceso hubiera muerto entre una cosa y la otra.
    Envio.objects.all().delete()
    envio.pk = None
    envio.save(force_insert=True)
    entrega.repartir()

    assert len(cartero.recibidos) == 2
    assert len({m["Message-ID"] for m in cartero.recibidos}) == 1


def test_el_secreto_se_borra_al_salir_y_se_conserva_mientras_no(cartero):
    envios(1)
    cartero.apagar()
    entrega.repartir()
    assert Envio.objects.get().secreto
    cartero.prender()
    ya_tocan()
    entrega.repartir()
    assert Envio.objects.get().secreto == ""


def test_sin_la_clave_con_que_se_cifro_espera_y_no_se_pierde(settings):
    envios(1)
    settings.SECRET_KEY = "otra-clave-del-todo"
    entrega.repartir()

    envio = Envio.objects.get()
    assert (envio.estado, envio.falla) == (E.PENDIENTE, "sin la clave con que se cifró")
    assert mail.outbox == []


def test_al_rotar_la_clave_todo_se_sigue_leyendo_y_encontrando(settings, visitante):
    suya = SuscripcionFactory(confirmada=True, correo="ana@ejemplo.mx", llave="salida")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "clave-nueva"
    assert visitante.get("/avisos/administrar/?llave=salida").status_code == 200
    visitante.post(
        "/avisos/",
        {"programa": suya.programa.slug, "correo": "ana@ejemplo.mx", "motivos": ["abre"]},
    )
    assert Suscripcion.objects.count() == 1

    call_command("recifrar_avisos")
    settings.SECRET_KEY_FALLBACKS = []

    suya.refresh_from_db()
    assert (suya.correo, suya.llave) == ("ana@ejemplo.mx", "salida")
