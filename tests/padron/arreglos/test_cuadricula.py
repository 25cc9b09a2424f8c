"""La cuadrícula: ver sin datos, verlos dejando constancia, filtrar y avanzar."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from padron.models import Correccion, Hallazgo
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.permisos import Permiso
from tests.conftest import negar_escrituras
from tests.fabricas.cuentas import con_rol, entrar, que_puede
from tests.padron.arreglos.conftest import CURP, NOMBRES, descompuesta
from tests.padron.arreglos.paginas import (
    en,
    guardar,
    url,
)
from tests.padron.carga.archivos import personas

pytestmark = pytest.mark.django_db


def test_se_ve_sin_datos_personales_y_sin_escribir_nada(enlace, carga):
    persona = personas(1)[0]
    enlace.get(url(carga))  # la sesión se estrena una vez
    with connection.execute_wrapper(negar_escrituras):
        pagina = enlace.get(url(carga))

    texto = en(pagina)
    assert "«Alcaldía» no es una de las 16 alcaldías" in texto
    assert persona[CURP] not in texto
    assert persona[NOMBRES] not in texto
    assert "Ecatepec" in texto  # no es de nadie
    assert "no-store" in pagina["Cache-Control"]


def test_ver_los_datos_deja_constancia(enlace, carga, casa):
    pagina = enlace.post(url(carga), {"accion": "ver", "datos": "si", "ir": "1"})

    assert personas(1)[0][CURP] in en(pagina)
    (lectura,) = Evento.objects.filter(tipo="lectura.carga")
    assert lectura.detalle == {"folio": carga.folio, "donde": "filas", "filas": 3}
    assert lectura.por == casa.enlace.username


def test_quien_no_ve_datos_personales_no_los_ve_aunque_los_pida(client, carga, casa):
    entrar(client, que_puede(Permiso.PADRON_CARGAR, en=casa.dependencia))

    assert "Ver los datos" not in en(client.get(url(carga)))
    respuesta = client.post(url(carga), {"accion": "ver", "datos": "si"})
    assert respuesta.status_code == 403
    assert personas(1)[0][CURP] not in en(respuesta)


def test_la_de_otra_dependencia_no_existe(client, carga):
    entrar(client, con_rol(roles.EnlaceDeDependencia))
    nombres = ("padron_filas", "padron_fallidas", "padron_subir_fallidas", "padron_arreglos")
    for nombre in nombres:
        direccion = reverse(f"admin:{nombre}", args=[carga.pk])
        assert client.get(direccion).status_code == 404
        assert client.post(direccion, {"accion": "guardar"}).status_code == 404
    arreglar = reverse("admin:padron_arreglar_patron", args=[carga.pk])
    assert client.get(arreglar, {"codigo": "curp_forma", "columna": "curp"}).status_code == 404


def test_quien_confirma_la_mira_y_no_la_corrige(client, carga, casa):
    entrar(client, casa.titular)
    pagina = client.get(url(carga))

    assert pagina.status_code == 200
    assert "Guardar lo corregido" not in en(pagina)
    assert guardar(client, carga, **{"e-2": "0-0", "c-2-6": "Iztapalapa"}).status_code == 403
    assert not Correccion.objects.exists()


def test_se_filtra_por_error_por_gravedad_y_por_fila(enlace, entregada):
    filas = descompuesta(2, 12)
    filas[5][CURP] = "HELM80"
    carga = entregada(filas)

    def vistas(**consulta):
        return re.findall(r'data-fila="(\d+)"', en(enlace.get(url(carga, **consulta))))

    assert vistas() == ["2", "3", "7"]
    assert vistas(codigo="alcaldia_desconocida", columna="alcaldia") == ["2", "3"]
    assert vistas(patron="curp_forma|curp") == ["7"]
    assert vistas(ver="bloquea", fila="7") == ["7"]
    assert vistas(fila="4") == []
    assert vistas(ver="fuera") == []
    for basura in ({"fila": "x"}, {"ver": "nada"}, {"patron": "x|y"}, {"desde": "z"}):
        assert vistas(**basura) == ["2", "3", "7"]


def sembrar(carga, cuantas):
    """Más filas que esperan, sin pasar por el motor."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO padron_filaenespera (pasada_id, fila, bloqueada, celdas) "
            "SELECT %(p)s, n, true, celdas FROM generate_series(1000, 999 + %(n)s) n, "
            "(SELECT celdas FROM padron_filaenespera WHERE pasada_id = %(p)s LIMIT 1) una",
            {"p": carga.pasada_id, "n": cuantas},
        )


def test_cincuenta_por_pagina_de_ida_y_vuelta(enlace, carga):
    sembrar(carga, 100)

    def numeros(pagina):
        return [int(n) for n in re.findall(r'data-fila="(\d+)"', en(pagina))]

    primera = enlace.get(url(carga))
    segunda = enlace.get(url(carga, desde=numeros(primera)[-1]))
    tercera = enlace.get(url(carga, desde=numeros(segunda)[-1]))
    assert [len(numeros(p)) for p in (primera, segunda, tercera)] == [50, 50, 3]
    assert "Siguientes" not in en(tercera)
    assert "Anteriores" not in en(primera)
    vuelta = enlace.get(url(carga, hasta=numeros(segunda)[0]))
    assert numeros(vuelta) == numeros(primera)


def test_con_el_doble_de_filas_las_mismas_consultas(enlace, carga):
    def consultas():
        with CaptureQueriesContext(
            connection,
        ) as hechas:
            enlace.get(url(carga))
        return len(hechas)

    enlace.get(url(carga))
    antes = consultas()
    sembrar(carga, 20)
    for fila in range(1000, 1020):
        Hallazgo.objects.create(
            pasada=carga.pasada, fila=fila, columna="curp", codigo="curp_forma", severidad="bloquea"
        )
    assert consultas() == antes
