"""Lo que contesta a quien guarda solo, lo que se pega y lo que espera una sesión perdida."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from padron.servicios import (
    capturas_entrega,
    capturas_renglones,
)
from sibis.bitacora.models import Evento
from tests.fabricas.cuentas import entrar
from tests.padron.carga.archivos import TITULOS, personas
from tests.padron.formulario.conftest import (
    COLUMNAS,
    celdas_de,
    direccion,
    escribir,
    formulario,
)

SOLO = {"HTTP_ACCEPT": "application/json"}


def pegar(filas) -> str:
    return "\n".join("\t".join(f) for f in [TITULOS, *filas])


# --- pegar ---


def test_pegar_ensena_antes_y_despues_inserta(casa, captura, como):
    cliente = como(casa.enlace)
    datos = {"accion": "pegar", "pegado": pegar(personas(12, malas=2))}
    pagina = cliente.post(direccion(captura), datos).content.decode()
    assert "Se entendieron 12 renglones" in pagina
    assert "2 no pueden entrar" in pagina
    assert not captura.renglones.exists()
    datos["accion"] = "insertar"
    pagina = cliente.post(direccion(captura), datos, follow=True).content.decode()
    assert "Se insertaron 12 renglones" in pagina
    assert [r.celdas for r in captura.renglones.puestos()] == celdas_de(12, malas=2)


@pytest.mark.parametrize("accion", ["pegar", "insertar"])
def test_pegar_de_mas_manda_a_subir_el_archivo(casa, captura, como, settings, accion):
    settings.PADRON_CAPTURA_RENGLONES = 5
    datos = {"accion": accion, "pegado": pegar(personas(6))}
    respuesta = como(casa.enlace).post(direccion(captura), datos)
    assert respuesta.status_code == 422
    assert "sube el archivo" in respuesta.content.decode()
    assert not captura.renglones.exists()


# --- con guion ---


def test_solo_guarda_y_contesta_lo_hallado(casa, captura, como):
    clave = uuid.uuid4()
    datos = formulario(
        captura, (clave, celdas_de(1, malas=1)[0]), accion="solo", abiertas=str(clave)
    )
    dicho = como(casa.enlace).post(direccion(captura), datos, **SOLO).json()
    assert dicho["estado"] == "guardado"
    suyo = dicho["renglones"][str(clave)]
    assert (suyo["edicion"], suyo["clase"], suyo["fila"]) == (1, "bloquea", 2)
    assert suyo["dichos"][0][:3] == ["curp", "bloquea", "No deja entrar"]
    assert "<dd>1</dd>" in dicho["totales"]


def test_solo_con_choque_dice_lo_de_la_otra_persona_y_lo_anota(casa, captura, como):
    [clave] = escribir(captura, 1, por=casa.enlace)
    celdas = captura.renglones.get().celdas
    otra = capturas_renglones.Escrito(clave, celdas | {"monto": "777"}, 1)
    capturas_renglones.guardar(captura, [otra], columnas=COLUMNAS, por=casa.colega)
    datos = formulario(captura, (clave, celdas | {"monto": "5"}, 1), accion="solo")
    dicho = como(casa.enlace).post(direccion(captura), datos, **SOLO).json()
    assert dicho["chocan"][str(clave)]["suyo"]["monto"] == "777"
    assert Evento.objects.filter(por=casa.enlace.username, tipo__contains="lectura").exists()


def test_solo_sin_sesion_contesta_401(captura):
    datos = formulario(captura, (uuid.uuid4(), {"nombres": "Ana"}), accion="solo")
    respuesta = Client().post(direccion(captura), datos, **SOLO)
    assert (respuesta.status_code, respuesta.json()["estado"]) == (401, "sin_sesion")


def test_solo_en_una_entregada_lo_dice(casa, captura, como):
    escribir(captura, 1, por=casa.enlace)
    capturas_entrega.entregar(captura, por=casa.enlace, en_cola=False)
    datos = formulario(captura, (uuid.uuid4(), {"nombres": "Ana"}), accion="solo")
    respuesta = como(casa.enlace).post(direccion(captura), datos, **SOLO)
    assert (respuesta.status_code, respuesta.json()["estado"]) == (409, "cerrada")


# --- la sesión que se pierde, sin guion ---


def test_lo_mandado_sin_sesion_espera_cifrado_y_vuelve_a_su_duena(casa, captura, como):
    dentro = como(casa.enlace)
    pagina = dentro.get(direccion(captura)).content.decode()
    firma = re.search(r'name="firma_de_pagina" value="([^"]+)"', pagina)[1]
    clave = uuid.uuid4()
    datos = formulario(captura, (clave, {"nombres": "Leocadia"})) | {
        "firma_de_pagina": firma,
        "de": casa.enlace.username,
    }
    fuera = Client()
    assert fuera.post(direccion(captura), datos).status_code == 302
    assert "Leocadia" not in str(dict(fuera.session))
    guardado = fuera.session["sin_enviar"]
    for quien, la_ve in ((casa.colega, False), (casa.enlace, True)):
        cliente = Client()
        entrar(cliente, quien)
        sesion = cliente.session
        sesion["sin_enviar"] = guardado
        sesion.save()
        pagina = cliente.get(direccion(captura)).content.decode()
        assert ("Leocadia" in pagina) is la_ve
    cliente.post(direccion(captura), datos)
    assert "sin_enviar" not in cliente.session
    assert captura.renglones.get().celdas == {"nombres": "Leocadia"}
