"""Confirmar, administrar y dejar: abrir un enlace no cambia nada; el botón, sí, y una vez."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from ciudadania.estados import EstadoSuscripcion as E
from ciudadania.estados import Motivo
from ciudadania.models import Envio, Suscripcion
from ciudadania.reparto import entrega
from sibis.bitacora.models import Evento
from sibis.correo.estados import EstadoEnvio
from tests.ciudadania.conftest import enlace, llave_de, ultimo_correo
from tests.fabricas.ciudadania import AvisoFactory, EnvioFactory, SuscripcionFactory

pytestmark = pytest.mark.django_db
CONFIRMAR, BAJA, ADMINISTRAR = "/avisos/confirmar/", "/avisos/baja/", "/avisos/administrar/"


def test_de_punta_a_punta_pedir_confirmar_y_dejar(visitante, programa):
    visitante.post(
        "/avisos/", {"programa": "mi-beca", "correo": "ana@ejemplo.mx", "motivos": ["abre"]}
    )
    ruta = enlace(ultimo_correo().body, "confirmar")
    pagina = visitante.get(ruta)
    assert "Mi Beca" in pagina.content.decode()
    assert Suscripcion.objects.get().estado == E.PENDIENTE

    hecho = visitante.post(CONFIRMAR, {"llave": llave_de(ruta)})
    assert hecho.status_code == 200
    assert "Listo, te avisaremos" in hecho.content.decode()
    assert Suscripcion.objects.get().estado == E.CONFIRMADA

    adios = enlace(mail.outbox[0].body, "baja")
    visitante.post(BAJA, {"llave": llave_de(adios)})
    suscripcion = Suscripcion.objects.get()
    assert suscripcion.estado == E.BAJA
    assert (suscripcion.correo_cifrado, suscripcion.correo_indice) == ("", "")


def test_los_filtros_de_correo_abren_los_enlaces_y_nada_cambia(visitante):
    suya = SuscripcionFactory(llave="salida", confirmar="entrada")

    for _ in range(3):
        for ruta in (f"{CONFIRMAR}?llave=entrada", f"{BAJA}?llave=salida"):
            assert visitante.get(ruta).status_code == 200
            assert visitante.head(ruta).status_code == 200
    suya.refresh_from_db()
    assert suya.estado == E.PENDIENTE


def test_confirmar_dos_veces_da_lo_mismo(visitante):
    SuscripcionFactory(confirmar="entrada")

    primera = visitante.post(CONFIRMAR, {"llave": "entrada"})
    segunda = visitante.post(CONFIRMAR, {"llave": "entrada"})

    assert (primera.status_code, segunda.status_code) == (200, 200)
    assert Suscripcion.objects.get().estado == E.CONFIRMADA
    assert Evento.objects.filter(tipo="avisos.confirmada").count() == 1


def test_un_enlace_vencido_no_confirma_y_dice_que_hacer(visitante):
    suya = SuscripcionFactory(confirmar="entrada")
    Suscripcion.objects.update(confirmar_hasta=timezone.now() - datetime.timedelta(seconds=1))

    respuesta = visitante.post(CONFIRMAR, {"llave": "entrada"})

    assert respuesta.status_code == 410
    assert "venció" in respuesta.content.decode()
    suya.refresh_from_db()
    assert suya.estado == E.PENDIENTE


def test_al_pedir_otra_vez_el_enlace_anterior_deja_de_servir(visitante, programa):
    datos = {"programa": "mi-beca", "correo": "ana@ejemplo.mx", "motivos": ["abre"]}
    visitante.post("/avisos/", datos)
    viejo = enlace(ultimo_correo().body, "confirmar")
    visitante.post("/avisos/", datos)
    nuevo = enlace(ultimo_correo().body, "confirmar")

    assert visitante.post(CONFIRMAR, {"llave": llave_de(viejo)}).status_code == 404
    assert visitante.post(CONFIRMAR, {"llave": llave_de(nuevo)}).status_code == 200


@pytest.mark.parametrize("llave", ["inventada", "\x00", "a" * 5_000, "' OR 1=1 --", "ñ🤖", " "])
@pytest.mark.parametrize("ruta", [CONFIRMAR, BAJA, ADMINISTRAR])
def test_una_llave_falsa_no_abre_nada(visitante, ruta, llave):
    SuscripcionFactory(confirmada=True)

    assert visitante.get(ruta, {"llave": llave}).status_code in {200, 404}
    assert visitante.post(ruta, {"llave": llave}).status_code in {200, 404}
    assert Suscripcion.objects.get().estado == E.CONFIRMADA


@pytest.mark.parametrize("ruta", [CONFIRMAR, BAJA, ADMINISTRAR])
def test_la_llave_vacia_no_es_la_de_quien_ya_la_borro(visitante, ruta):
    """Una baja deja sus huellas vacías: buscar «» no debe encontrarla."""
    SuscripcionFactory(confirmada=True, llave="salida")
    visitante.post(BAJA, {"llave": "salida"})

    assert visitante.post(ruta, {"llave": ""}).status_code == 200
    assert "no está completo" in visitante.post(ruta).content.decode()


def test_la_llave_de_confirmar_no_sirve_para_dejar_ni_al_reves(visitante):
    SuscripcionFactory(confirmar="entrada", llave="salida")

    assert visitante.post(BAJA, {"llave": "entrada"}).status_code == 404
    assert visitante.post(CONFIRMAR, {"llave": "salida"}).status_code == 404
    assert Suscripcion.objects.get().estado == E.PENDIENTE


def test_el_boton_del_programa_de_correo_deja_todo_lo_de_esa_direccion(visitante):
    """RFC 8058: llega del servidor de correo, sin galletas, sin origen y con su propio cuerpo."""
    for n in range(2):
        SuscripcionFactory(confirmada=True, correo="ana@ejemplo.mx", llave=f"salida{n}")
    ajena = SuscripcionFactory(confirmada=True, correo="luis@ejemplo.mx")

    respuesta = visitante.post(
        f"{BAJA}?llave=salida0",
        {"List-Unsubscribe": "One-Click"},
        headers={"origin": "https://correo.example"},
    )

    assert respuesta.status_code == 200
    assert Suscripcion.objects.vivas().get() == ajena


def test_desde_la_pagina_se_deja_una_y_las_demas_siguen(visitante):
    for n in range(2):
        SuscripcionFactory(confirmada=True, correo="ana@ejemplo.mx", llave=f"salida{n}")

    assert "Dejar este y otro más" in visitante.get(f"{BAJA}?llave=salida0").content.decode()
    visitante.post(BAJA, {"llave": "salida0"})

    assert Suscripcion.objects.vivas().get().llave == "salida1"
    assert "Ya no recibirás" in visitante.get(f"{BAJA}?llave=salida0").content.decode()


def test_con_la_baja_la_direccion_desaparece_y_lo_pendiente_no_sale(visitante):
    suya = SuscripcionFactory(confirmada=True, llave="salida")
    envio = EnvioFactory(suscripcion=suya, clase="avisos", secreto="")
    AvisoFactory(suscripcion=suya, envio=envio)

    visitante.post(BAJA, {"llave": "salida"})
    entrega.repartir()

    assert mail.outbox == []
    envio.refresh_from_db()
    assert envio.estado == EstadoEnvio.CANCELADO
    suya.refresh_from_db()
    assert not any([suya.correo_cifrado, suya.correo_indice, suya.llave_cifrada])


def test_quien_se_dio_de_baja_puede_volver_a_pedir(visitante, programa):
    SuscripcionFactory(confirmada=True, programa=programa, correo="ana@ejemplo.mx", llave="salida")
    visitante.post(BAJA, {"llave": "salida"})

    visitante.post(
        "/avisos/", {"programa": "mi-beca", "correo": "ana@ejemplo.mx", "motivos": ["abre"]}
    )

    assert sorted(Suscripcion.objects.values_list("estado", flat=True)) == ["baja", "pendiente"]
    assert ultimo_correo().subject == "Confirma que quieres recibir avisos"


def test_la_pagina_de_administrar_ensena_solo_lo_de_esa_direccion(visitante):
    suya = SuscripcionFactory(confirmada=True, correo="ana@ejemplo.mx", llave="salida")
    otra = SuscripcionFactory(confirmada=True, correo="ana@ejemplo.mx")
    ajena = SuscripcionFactory(confirmada=True, correo="luis@ejemplo.mx")

    html = visitante.get(f"{ADMINISTRAR}?llave=salida").content.decode()

    assert suya.programa.nombre in html
    assert otra.programa.nombre in html
    assert ajena.programa.nombre not in html
    assert "ana@" not in html


def test_las_paginas_de_un_enlace_no_se_guardan_ni_se_indexan(visitante):
    SuscripcionFactory(confirmada=True, llave="salida")
    respuesta = visitante.get(f"{ADMINISTRAR}?llave=salida")

    assert "no-store" in respuesta["Cache-Control"]
    assert 'content="noindex"' in respuesta.content.decode()


def test_el_calendario_propio_se_abre_se_cambia_y_se_cierra(visitante):
    SuscripcionFactory(confirmada=True, llave="salida")
    datos = {"llave": "salida", "cual": "salida"}

    def abrir():
        html = visitante.post(ADMINISTRAR, datos).content.decode()
        return re.search(r"/avisos/calendario\.ics\?llave=([\w-]+)", html)[1]

    primera, segunda = abrir(), abrir()
    assert primera != segunda
    assert visitante.get(f"/avisos/calendario.ics?llave={primera}").status_code == 404
    ics = visitante.get(f"/avisos/calendario.ics?llave={segunda}")
    assert ics.status_code == 200
    assert "private" in ics["Cache-Control"]
    visitante.post(ADMINISTRAR, datos | {"cerrar": "si"})
    assert visitante.get(f"/avisos/calendario.ics?llave={segunda}").status_code == 404


def test_la_bitacora_dice_que_paso_y_no_de_quien(visitante):
    SuscripcionFactory(correo="ana@ejemplo.mx", confirmar="entrada", llave="salida")
    visitante.post(CONFIRMAR, {"llave": "entrada"})
    visitante.post(BAJA, {"llave": "salida"})

    eventos = list(Evento.objects.order_by("id"))
    assert [e.tipo for e in eventos] == ["avisos.confirmada", "avisos.baja"]
    assert {(e.por, e.via, str(e.detalle)) for e in eventos} == {("", "portal", "{}")}


def test_todo_motivo_se_puede_pedir_y_se_lee(visitante):
    SuscripcionFactory(confirmar="entrada")
    html = visitante.get(f"{CONFIRMAR}?llave=entrada").content.decode()

    assert all(str(m.label) in html for m in Motivo)


def test_confirmar_justo_al_darse_de_baja_no_revive(visitante):
    SuscripcionFactory(confirmar="entrada", llave="salida")
    visitante.post(BAJA, {"llave": "salida"})

    assert visitante.post(CONFIRMAR, {"llave": "entrada"}).status_code == 404
    assert Suscripcion.objects.get().estado == E.BAJA
    assert not Envio.objects.filter(estado=EstadoEnvio.PENDIENTE).exists()
