"""Del aviso al buzón, contra un servidor SMTP de verdad que rechaza, se cae y vuelve."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import IntegrityError, ProgrammingError
from django.utils import timezone

from sibis.avisos import tasks
from sibis.avisos.models import Aviso, CorreoDeAviso
from sibis.avisos.reparto import entrega, preparacion
from sibis.correo.estados import EstadoEnvio as E
from sibis.correo.reparto import INTENTOS
from tests.avisos.conftest import decir
from tests.fabricas.avisos import AvisoFactory, CorreoDeAvisoFactory
from tests.fabricas.cuentas import UsuarioFactory

pytestmark = pytest.mark.django_db


def estados() -> dict[str, int]:
    return dict(Counter(CorreoDeAviso.objects.values_list("estado", flat=True)))


def ya_tocan() -> None:
    CorreoDeAviso.objects.filter(estado=E.PENDIENTE).update(toca_en=timezone.now())


def pasa_la_pausa() -> None:
    antes = timezone.now() - preparacion.PAUSA - timedelta(seconds=1)
    CorreoDeAviso.objects.update(creado_en=antes)


def personas(cuantas: int) -> list:
    return [UsuarioFactory(username=f"p{n}", email=f"p{n}@ejemplo.mx") for n in range(cuantas)]


def test_el_correo_llega_completo_y_no_dice_el_nombre_de_nadie(cartero, settings):
    settings.URL_PUBLICA = "https://sibis.ejemplo.mx"
    ana = UsuarioFactory(email="ana@ejemplo.mx", first_name="Anastasia")
    decir(ana, texto="Falta la meta física.")

    assert tasks.repartir() == 1

    (correo,) = cartero.recibidos
    suyo = CorreoDeAviso.objects.get()
    assert correo["To"] == "ana@ejemplo.mx"
    assert correo["Subject"] == "Observaron Mi Beca"
    assert correo["Message-ID"] == f"<{suyo.uid}@sibis.ejemplo.mx>"
    assert correo["Auto-Submitted"] == "auto-generated"
    for parte in (correo.get_body(("plain",)), correo.get_body(("html",))):
        assert isinstance(parte, EmailMessage)
        leido = parte.get_content()
        assert "https://sibis.ejemplo.mx/panel/programas/reglaoperacion/7/change/" in leido
        assert "https://sibis.ejemplo.mx/panel/avisos/preferencias/" in leido
        assert "Falta la meta física." in leido
        assert "Anastasia" not in leido
        assert "ana@" not in leido


def test_un_titulo_no_mete_encabezados_ni_etiquetas(cartero):
    decir(UsuarioFactory(), titulo="Beca\r\nBcc: otra\r\n\r\n<script>alert(1)</script>")

    tasks.repartir()

    (correo,) = cartero.recibidos
    assert correo["Bcc"] is None
    assert "<script>" not in correo.get_body(("html",)).get_content()


def test_lo_que_llega_seguido_se_junta_y_lo_urgente_no_espera(cartero):
    ana = UsuarioFactory()
    decir(ana, hecho="uno", titulo="Uno")
    tasks.repartir()
    for hecho in ("dos", "tres"):
        decir(ana, hecho=hecho, titulo=hecho.title())
        tasks.repartir()
    assert len(cartero.recibidos) == 1
    pasa_la_pausa()
    tasks.repartir()
    assert [m["Subject"] for m in cartero.recibidos] == ["Uno", "Dos, y un aviso más"]

    decir(ana, hecho="cuatro", titulo="Cuatro")
    decir(ana, hecho="cinco", titulo="Cinco", urgente=True)
    tasks.repartir()
    assert cartero.recibidos[2]["Subject"] == "Urgente: Cinco, y un aviso más"


def test_un_correo_con_muchos_avisos_manda_a_la_bandeja_por_los_demas(cartero):
    ana = UsuarioFactory()
    for n in range(45):
        decir(ana, hecho=f"h{n}", titulo=f"Aviso {n}")

    tasks.repartir()

    texto = cartero.recibidos[0].get_body(("plain",)).get_content()
    assert "Aviso 39" in texto
    assert "Aviso 40" not in texto
    assert "Y 5 avisos más en tu bandeja." in texto


def test_un_buzon_rechazado_se_marca_y_los_demas_salen(cartero):
    decir(*personas(3))
    cartero.respuestas["p1@ejemplo.mx"] = "550 5.1.1 no existe p1@ejemplo.mx"

    tasks.repartir()
    tasks.repartir()

    assert cartero.destinos == ["p0@ejemplo.mx", "p2@ejemplo.mx"]
    assert estados() == {"enviado": 2, "rechazado": 1}
    malo = CorreoDeAviso.objects.get(estado=E.RECHAZADO)
    assert malo.falla == "SMTPRecipientsRefused 550"  # sin la dirección, que el servidor repite


def test_un_rechazo_pasajero_espera_y_lo_nuevo_no_le_cambia_lo_que_dice(cartero):
    (ana,) = personas(1)
    cartero.respuestas["p0@ejemplo.mx"] = "450 buzón lleno"
    decir(ana, titulo="Primero")
    tasks.repartir()
    decir(ana, hecho="otro", titulo="Segundo")
    tasks.repartir()
    assert estados() == {"pendiente": 1}
    assert CorreoDeAviso.objects.get().toca_en > timezone.now() + timedelta(seconds=50)

    cartero.respuestas.clear()
    ya_tocan()
    tasks.repartir()
    pasa_la_pausa()
    tasks.repartir()

    assert [m["Subject"] for m in cartero.recibidos] == ["Primero", "Segundo"]


def test_con_el_servidor_caido_no_se_pierde_ninguno_ni_se_gastan_todos(cartero):
    decir(*personas(4))
    cartero.apagar()
    tasks.repartir()
    assert estados() == {"pendiente": 4}
    assert sorted(CorreoDeAviso.objects.values_list("intentos", flat=True)) == [0, 0, 0, 1]

    cartero.prender()
    ya_tocan()
    tasks.repartir()

    assert cartero.destinos == [f"p{n}@ejemplo.mx" for n in range(4)]
    assert estados() == {"enviado": 4}


def test_tras_dos_dias_se_da_por_perdido_y_se_puede_repetir(cartero):
    decir(*personas(1))
    cartero.apagar()
    for _ in range(INTENTOS):
        ya_tocan()
        tasks.repartir()
    assert estados() == {"agotado": 1}

    cartero.prender()
    assert entrega.repetir_agotados() == 1
    tasks.repartir()

    assert estados() == {"enviado": 1}
    assert cartero.destinos == ["p0@ejemplo.mx"]


def test_sin_trabajador_cincuenta_avisos_esperan_y_salen_una_vez(cartero):
    gente = personas(10)
    for n in range(50):
        decir(gente[n % 10], hecho=f"h{n}", titulo=f"Aviso {n}")
    assert Aviso.objects.sin_repartir().count() == 50

    for _ in range(3):
        tasks.repartir()

    assert cartero.destinos == [p.email for p in gente]
    lineas = Counter(
        linea
        for correo in cartero.recibidos
        for linea in correo.get_body(("plain",)).get_content().splitlines()
    )
    assert {lineas[f"Aviso {n}"] for n in range(50)} == {1}
    assert Aviso.objects.sin_repartir().count() == 0


@pytest.mark.parametrize(
    ("cuenta", "motivo"),
    [
        ({"email": "demo@sibis.invalid"}, "dirección de ejemplo, que no existe"),
        ({"email": "demo@SIBIS.Invalid."}, "dirección de ejemplo, que no existe"),
        ({"email": ""}, "cuenta sin correo"),
    ],
)
def test_a_donde_no_se_puede_escribir_no_se_intenta(cartero, cuenta, motivo):
    decir(UsuarioFactory(**cuenta))

    tasks.repartir()

    correo = CorreoDeAviso.objects.get()
    assert (correo.estado, correo.falla, correo.intentos) == (E.CANCELADO, motivo, 0)
    assert cartero.recibidos == []


def test_a_quien_suspendieron_despues_o_ya_lo_leyo_no_se_le_escribe(cartero):
    ana, beto = UsuarioFactory(), UsuarioFactory()
    decir(ana, beto)
    type(ana).objects.filter(pk=ana.pk).update(is_active=False)
    Aviso.objects.filter(para=beto).update(leido_en=timezone.now())

    tasks.repartir()

    fallas = CorreoDeAviso.objects.order_by("para_id").values_list("falla", flat=True)
    assert list(fallas) == ["cuenta suspendida", "ya los había leído"]
    assert cartero.recibidos == []


def test_la_base_no_deja_saltarse_el_flujo():
    correo = CorreoDeAvisoFactory(estado=E.RECHAZADO)
    with pytest.raises(ProgrammingError, match="Invalid transition"):
        CorreoDeAviso.objects.filter(pk=correo.pk).update(
            estado=E.ENVIADO, enviado_en=timezone.now()
        )


def test_lo_enviado_lleva_fecha():
    with pytest.raises(IntegrityError, match="correo_de_aviso_enviado_con_fecha"):
        CorreoDeAvisoFactory(estado=E.ENVIADO)


def test_la_base_niega_dos_resumenes_el_mismo_dia():
    uno = CorreoDeAvisoFactory(clase="resumen")
    with pytest.raises(IntegrityError, match="correo_de_aviso_un_resumen_al_dia"):
        CorreoDeAvisoFactory(clase="resumen", para=uno.para)


def test_un_correo_sin_avisos_se_cancela(cartero):
    CorreoDeAvisoFactory()
    entrega.repartir()
    assert estados() == {"cancelado": 1}


def test_juntar_cuesta_lo_mismo_con_mas_gente(django_assert_num_queries):
    for cuantos in (5, 10):
        AvisoFactory.create_batch(cuantos)
        with django_assert_num_queries(4):  # turno, una orden y el punto de guardado
            assert preparacion.juntar() == cuantos
