"""La página donde se teclea: quién la ve, y sin guion lo hace todo."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from padron.consultas.captura import huella_de
from padron.servicios import (
    capturas,
    capturas_entrega,
    capturas_renglones,
    decisiones,
)
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from tests.fabricas.cuentas import con_rol
from tests.padron.carga.archivos import TITULOS
from tests.padron.carga.conftest import correr
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


# --- quién ---


@pytest.mark.parametrize("que", ["hoja", "entregar", "descartar"])
def test_otra_dependencia_no_existe(captura, como, que):
    ajena = como(con_rol(roles.EnlaceDeDependencia))
    assert ajena.get(direccion(captura, que)).status_code == 404
    assert ajena.post(direccion(captura, que), {"accion": "ver"}).status_code == 404
    assert ajena.post(direccion(captura, "reabrir")).status_code == 404


def test_quien_solo_confirma_no_la_ve(casa, captura, como):
    assert como(casa.titular).get(direccion(captura)).status_code == 404


def test_sin_sesion_lleva_a_entrar(captura):
    assert Client().get(direccion(captura)).status_code == 302


def test_lo_que_otra_persona_tecleo_se_pide_y_queda_escrito(casa, captura, como):
    escribir(captura, 2, por=casa.enlace)
    curp = captura.renglones.first().celdas["curp"]
    colega = como(casa.colega)
    antes = Evento.objects.count()
    pagina = colega.get(direccion(captura)).content.decode()
    assert curp not in pagina
    assert Evento.objects.count() == antes
    colega.post(direccion(captura), {"accion": "ver"})
    assert curp in colega.get(direccion(captura)).content.decode()
    leida = Evento.objects.latest("pk")
    assert (leida.por, leida.objeto_id) == (casa.colega.username, str(captura.pk))


def test_lo_propio_se_ve_sin_pedirlo_y_no_se_guarda_en_cache(casa, captura, como):
    escribir(captura, 1, por=casa.enlace)
    respuesta = como(casa.enlace).get(direccion(captura))
    assert captura.renglones.get().celdas["curp"] in respuesta.content.decode()
    assert "no-store" in respuesta["Cache-Control"]


def test_mirar_no_escribe(casa, captura, como):
    escribir(captura, 2, por=casa.enlace)
    cliente = como(casa.enlace)
    cliente.get(direccion(captura))
    for url in (
        direccion(captura),
        direccion(captura, "entregar"),
        direccion(captura, "descartar"),
    ):
        with CaptureQueriesContext(
            connection,
        ) as hechas:
            cliente.get(url)
        escriben = [q["sql"] for q in hechas if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"])]
        assert escriben == []


def test_las_mismas_consultas_con_el_doble(casa, captura, como):
    cliente = como(casa.enlace)
    escribir(captura, 4, por=casa.enlace)
    cliente.get(direccion(captura))
    with CaptureQueriesContext(connection) as pocas:
        cliente.get(direccion(captura))
    escribir(captura, 8, por=casa.enlace, semilla=2)
    with CaptureQueriesContext(connection) as muchas:
        cliente.get(direccion(captura))
    assert len(muchas) == len(pocas)


def test_guardar_hace_las_mismas_consultas_con_el_doble(casa, captura, como):
    cliente = como(casa.enlace)
    cuentas = []
    for semilla, cuantos in ((1, 1), (2, 3), (3, 6)):
        nuevos = [(uuid.uuid4(), c) for c in celdas_de(cuantos, semilla=semilla)]
        with CaptureQueriesContext(connection) as hechas:
            cliente.post(direccion(captura), formulario(captura, *nuevos))
        cuentas.append(len(hechas))
    assert cuentas[1] == cuentas[2]


# --- sin guion ---


def test_la_pagina_trae_diez_renglones_vacios_y_las_columnas_de_la_regla(casa, captura, como):
    pagina = como(casa.enlace).get(direccion(captura)).content.decode()
    assert pagina.count('class="fila-nuevo"') == 10
    assert 'data-columna="curp"' in pagina
    assert 'data-columna="nombres"' in pagina
    assert 'data-columna="escolaridad"' not in pagina


def test_guardar_y_revisar_dice_lo_hallado_junto_a_su_celda(casa, captura, como):
    cliente = como(casa.enlace)
    nuevos = [(uuid.uuid4(), c) for c in celdas_de(3, malas=1)]
    respuesta = cliente.post(direccion(captura), formulario(captura, *nuevos), follow=True)
    pagina = respuesta.content.decode()
    assert "Se guardaron 3 renglones" in pagina
    mala = f"{nuevos[0][0]}-curp"
    celda = pagina[pagina.index(f'id="{mala}"') :][:1600]
    assert 'aria-invalid="true"' in celda
    assert f'aria-describedby="d-{mala}"' in celda
    assert "No deja entrar" in celda
    assert f'href="#{mala}"' in pagina, "el resumen lleva a la celda"
    assert "<dt>No entran así</dt><dd>1</dd>" in re.sub(r"\s*\n\s*", "", pagina)


def test_una_repetida_se_dice(casa, captura, como):
    celdas = celdas_de(1)[0]
    cliente = como(casa.enlace)
    datos = formulario(captura, (uuid.uuid4(), celdas), (uuid.uuid4(), celdas))
    pagina = cliente.post(direccion(captura), datos, follow=True).content.decode()
    assert "La fila es idéntica a otra anterior" in pagina


def test_quien_ya_esta_en_el_padron_se_dice(casa, captura, como):
    escribir(captura, 2, por=casa.enlace)
    carga = correr(capturas_entrega.entregar(captura, por=casa.enlace, en_cola=False))
    decisiones.aplicar(carga, por=casa.titular)
    otra = capturas.empezar(
        programa=casa.programa, ejercicio=2025, periodo="anual", por=casa.enlace
    )
    escribir(otra, 3, por=casa.enlace)
    pagina = como(casa.enlace).get(direccion(otra)).content.decode()
    assert "La persona ya está en el padrón de este programa" in pagina
    assert "<dt>No entran así</dt><dd>2</dd>" in re.sub(r"\s*\n\s*", "", pagina)


def test_quitar_se_deshace_desde_la_pagina(casa, captura, como):
    [clave] = escribir(captura, 1, por=casa.enlace)
    cliente = como(casa.enlace)
    respuesta = cliente.post(direccion(captura), {"accion": f"quitar:{clave}"}, follow=True)
    assert f"devolver:{clave}" in respuesta.content.decode()
    cliente.post(direccion(captura), {"accion": f"devolver:{clave}"})
    assert captura.renglones.puestos().count() == 1


def test_duplicar_guarda_antes_lo_escrito(casa, captura, como):
    clave = uuid.uuid4()
    datos = formulario(captura, (clave, celdas_de(1)[0]), accion=f"duplicar:{clave}")
    como(casa.enlace).post(direccion(captura), datos)
    assert captura.renglones.count() == 2


def test_el_choque_ensena_los_dos_textos_y_no_encima(casa, captura, como):
    [clave] = escribir(captura, 1, por=casa.enlace)
    celdas = captura.renglones.get().celdas
    huella = huella_de(celdas, COLUMNAS)
    suyo = capturas_renglones.Escrito(clave, celdas | {"nombres": "Suya"}, 1)
    capturas_renglones.guardar(captura, [suyo], columnas=COLUMNAS, por=casa.colega)
    datos = formulario(captura, (clave, celdas | {"nombres": "Mía"}, 1, huella))
    respuesta = como(casa.enlace).post(direccion(captura), datos)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert 'value="Mía"' in pagina
    assert "<strong>Suya</strong>" in pagina
    assert captura.renglones.get().celdas["nombres"] == "Suya"


def test_lo_que_no_cabe_no_se_pierde(casa, captura, como):
    datos = formulario(captura, (uuid.uuid4(), {"nombres": "Ana", "folio": "x" * 600}))
    respuesta = como(casa.enlace).post(direccion(captura), datos)
    assert respuesta.status_code == 422
    assert 'value="Ana"' in respuesta.content.decode()


def test_mas_columnas_se_eligen(casa, captura, como):
    cliente = como(casa.enlace)
    datos = {"accion": "columnas", "columna": ["escolaridad", "zz"]}
    pagina = cliente.post(direccion(captura), datos, follow=True).content.decode()
    assert 'data-columna="escolaridad"' in pagina
    assert 'data-columna="curp"' in pagina, "las obligatorias no se ocultan"


def test_entrada_rara_no_es_un_500(casa, captura, como):
    cliente = como(casa.enlace)
    raras = [
        {"accion": "quitar:zz"},
        {"accion": "duplicar:"},
        {"accion": "nada"},
        {"accion": "pegar", "pegado": "\x00"},
        {"accion": "insertar"},
        {"c-zz-curp": "x"},
        {f"c-{'-' * 36}-curp": "x", "e-": "-1"},
        {"pagina": "9" * 40, "accion": "guardar"},
    ]
    for datos in raras:
        assert cliente.post(direccion(captura), datos).status_code < 500, datos
    for pagina in ("0", "-1", "99999", "x"):
        assert cliente.get(direccion(captura), {"pagina": pagina}).status_code == 200
