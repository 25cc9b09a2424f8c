"""Las filas por corregir en Excel: texto con sus razones, y constancia de quién la bajó."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse

from padron.consultas import hoja_de_fallidas
from padron.consultas.filas import contexto_de
from padron.consultas.hoja_de_fallidas import partes_de
from padron.exportacion import fallidas
from padron.models import Descarte
from sibis.bitacora.models import Evento
from sibis.cuentas.permisos import Permiso
from tests.fabricas.cuentas import entrar, que_puede
from tests.padron.arreglos.conftest import CURP, FOLIO, descompuesta
from tests.padron.arreglos.hojas import (
    NUESTRAS,
    bajar,
    leer,
)

pytestmark = pytest.mark.django_db


def test_sale_lo_del_archivo_con_su_fila_y_sus_razones(carga):
    encabezado, *renglones = bajar(carga)

    assert encabezado[0] == "Fila"
    assert encabezado[-1] == "Qué corregir"
    assert encabezado[NUESTRAS + CURP] == "CURP"
    assert [r[0] for r in renglones] == ["2", "3", "4"]
    assert renglones[0][NUESTRAS : NUESTRAS + 9] == descompuesta()[0]
    assert "Alcaldía: «Alcaldía» no es una de las 16" in renglones[0][-1]


def test_ninguna_celda_es_una_formula_aunque_lo_parezca(entregada):
    filas = descompuesta()
    filas[0][FOLIO], filas[1][FOLIO] = "=cmd|'/c calc'!A1", "@SUM(A1)"
    contexto = contexto_de(entregada(filas))
    with fallidas.escribir(contexto, partes_de(contexto)[0]) as archivo:
        contenido = archivo.read()

    with zipfile.ZipFile(io.BytesIO(contenido)) as partes:
        hoja = partes.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in hoja
    assert "=cmd|" in hoja
    assert leer(contenido)[1][NUESTRAS + FOLIO] == "=cmd|'/c calc'!A1"


def test_con_mas_filas_de_las_que_caben_salen_varias_hojas(carga, monkeypatch):
    monkeypatch.setattr(hoja_de_fallidas, "TOPE_DE_HOJA", 2)
    contexto = contexto_de(carga)

    partes = partes_de(contexto)

    assert [(p.desde, p.hasta, p.filas) for p in partes] == [(2, 3, 2), (4, 4, 1)]
    with fallidas.escribir(contexto, partes[1]) as archivo:
        assert [r[0] for r in leer(archivo.read())[1:]] == ["4"]


def test_lo_que_quedo_fuera_no_sale(carga, casa):
    Descarte.objects.create(carga=carga, fila=3, motivo="Sobra.", por=casa.enlace)
    assert [r[0] for r in bajar(carga)[1:]] == ["2", "4"]


def test_bajarla_queda_escrito_y_su_nombre_no_dice_nada_de_nadie(client, carga, casa):
    entrar(client, casa.enlace)
    direccion = reverse("admin:padron_fallidas", args=[carga.pk])

    respuesta = client.post(direccion, {"parte": "1"})

    assert respuesta["Content-Disposition"] == (
        f'attachment; filename="{carga.folio}-por-corregir.xlsx"'
    )
    assert len(leer(b"".join(respuesta.streaming_content))) == 4
    (evento,) = Evento.objects.filter(tipo="lectura.carga")
    assert evento.detalle == {"folio": carga.folio, "donde": "hoja", "filas": 3}
    assert client.post(direccion, {"parte": "7"}).status_code == 404


def test_quien_no_ve_datos_personales_no_la_baja(client, carga, casa):
    entrar(client, que_puede(Permiso.PADRON_CARGAR, en=casa.dependencia))
    direccion = reverse("admin:padron_fallidas", args=[carga.pk])

    assert "tu función no permite verlos" in client.get(direccion).content.decode()
    assert client.post(direccion, {"parte": "1"}).status_code == 403
    assert not Evento.objects.filter(tipo="lectura.carga").exists()
