"""Planear jornadas y anotar lotes desde sus páginas."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse

from padron.models import JornadaDeEntrega, LoteDeEntregas
from padron.servicios import lotes_de_entregas as lotes
from programas.models import FechaDeEntrega
from tests.fabricas.entregas import InstrumentoDeEntregaFactory, JornadaDeEntregaFactory, hace
from tests.fabricas.territorio import CentroFactory
from tests.padron.entregas.escenas import cuentas_en_sql, cuentas_guardadas, escena
from tests.padron.entregas.paginas import como, de, texto

pytestmark = pytest.mark.django_db


def crear(suya, **cambios):
    datos = {
        "programa": suya.carga.programa_id,
        "ejercicio": suya.carga.ejercicio,
        "primer_dia": "2025-06-02",
        "grupos": 3,
        "dias": 1,
        "instrumento": InstrumentoDeEntregaFactory().pk,
        "centro": CentroFactory(nombre="PILARES Inventado").clave,
    }
    return datos | cambios


def test_planear_primero_se_ve_y_despues_se_crea():
    suya = escena()
    cliente, url = como(suya.enlace), reverse("admin:padron_jornadadeentrega_add")
    previa = cliente.post(url, crear(suya, ver="1"))
    assert "Así quedaría" in texto(previa)
    assert JornadaDeEntrega.objects.count() == 1

    assert cliente.post(url, crear(suya, crear="1")).status_code == 302
    nuevas = JornadaDeEntrega.objects.exclude(pk=suya.jornada.pk).order_by("desde")
    assert [j.estado for j in nuevas] == ["planeada"] * 3
    assert sum(j.esperadas for j in nuevas) == 6
    assert {j.desde.weekday() < 5 for j in nuevas} == {True}


@pytest.mark.parametrize(
    ("cambios", "dicho"),
    [
        ({"centro": "no existe"}, "No hay un centro"),
        ({"centro": ""}, "uno de los dos"),
        ({"lugar": "El kiosco"}, "uno de los dos"),
        ({"grupos": 28}, "27"),
        ({"tardia_desde": "2025-07-01"}, "de qué día a qué día"),
        ({"programa": 0}, "Programa"),
    ],
)
def test_planear_mal_se_dice(cambios, dicho):
    suya = escena()
    url = reverse("admin:padron_jornadadeentrega_add")
    respuesta = como(suya.enlace).post(url, crear(suya, crear="1", **cambios))
    assert respuesta.status_code == 422
    assert dicho in texto(respuesta)
    assert JornadaDeEntrega.objects.count() == 1


def test_un_nombre_de_centro_que_es_de_varios_dice_cuales():
    suya = escena()
    CentroFactory(nombre="PILARES Norte", clave="pilares-norte")
    CentroFactory(nombre="PILARES Norponiente", clave="pilares-norponiente")
    url = reverse("admin:padron_jornadadeentrega_add")
    respuesta = como(suya.enlace).post(url, crear(suya, crear="1", centro="PILARES Nor"))
    assert "pilares-norponiente" in texto(respuesta)


def test_el_programa_de_otra_dependencia_no_se_puede_planear():
    suya, otra = escena(), escena()
    url = reverse("admin:padron_jornadadeentrega_add")
    respuesta = como(suya.enlace).post(url, crear(suya, crear="1", programa=otra.carga.programa_id))
    assert respuesta.status_code == 422


def test_publicar_cambiar_y_cancelar_desde_la_pagina():
    suya = escena()
    jornada = JornadaDeEntregaFactory(
        programa=suya.carga.programa, dependencia=suya.carga.dependencia, desde=hace(-5)
    )
    cliente = como(suya.enlace)
    assert cliente.post(de(jornada, "jornada_paso", "publicar")).status_code == 302
    assert cliente.post(de(jornada, "jornada_paso", "publicar")).status_code == 422
    datos = {
        "desde": hace(-6).isoformat(),
        "hasta": hace(-6).isoformat(),
        "letra_desde": "A",
        "letra_hasta": "Z",
        "instrumento": jornada.instrumento_id,
        "lugar": "El kiosco",
    }
    assert cliente.post(de(jornada, "jornada_cambiar"), datos).status_code == 302
    assert FechaDeEntrega.objects.filter(lugar="El kiosco", desde=hace(-6)).exists()
    malos = datos | {"letra_desde": "Z", "letra_hasta": "A"}
    respuesta = cliente.post(de(jornada, "jornada_cambiar"), malos)
    assert "La última letra va antes" in texto(respuesta)
    assert cliente.post(de(jornada, "jornada_paso", "cancelar")).status_code == 422
    cancelada = cliente.post(de(jornada, "jornada_paso", "cancelar"), {"motivo": "Lluvia."})
    assert cancelada.status_code == 302
    assert cliente.get(de(jornada, "jornada_paso", "volar")).status_code == 404


def test_un_lote_de_la_lista_pegada_a_lo_anotado_y_deshacerlo():
    suya = escena()
    enlace, titular = como(suya.enlace), como(suya.titular)
    datos = {"que": "todas_menos", "fecha": hace(1).isoformat(), "lista": "F-0001\nNADIE"}
    previa = enlace.post(de(suya.jornada, "lote_nuevo"), datos, follow=True)
    assert "Se anotarían 6 personas" in texto(previa)
    assert "F-0001" not in texto(previa)

    lote = LoteDeEntregas.objects.get()
    hecho = enlace.post(de(suya.jornada, "lote_acto", lote.pk, "confirmar"), follow=True)
    assert "Se hicieron 6 anotaciones" in texto(hecho)

    enlace.post(de(suya.jornada, "lote_deshacer", lote.pk), {"motivo": "Otra jornada."})
    vuelta = LoteDeEntregas.objects.get(origen=lote)
    enlace.post(de(suya.jornada, "lote_acto", vuelta.pk, "confirmar"))
    suyo = de(suya.jornada, "lote_de_entregas", vuelta.pk)
    assert "Confirmar la devolución" not in texto(enlace.get(suyo))
    assert "Confirmar la devolución" in texto(titular.get(suyo))
    titular.post(de(suya.jornada, "lote_acto", vuelta.pk, "confirmar-devolucion"))
    assert suya.fresca().monto_neto == 0
    assert cuentas_guardadas(suya.jornada) == cuentas_en_sql(suya.jornada)


@pytest.mark.parametrize(
    ("contenido", "codigo"),
    [(b"F-0001\r\nF-0002", 302), ("F-0001,Ñ".encode("cp1252"), 302), (b"PK\x03\x04\x00", 422)],
)
def test_un_lote_desde_un_archivo(contenido, codigo):
    suya = escena()
    archivo = io.BytesIO(contenido)
    archivo.name = "lista.csv"
    datos = {"que": "entregar_lista", "fecha": hace(1).isoformat(), "archivo": archivo}
    assert como(suya.enlace).post(de(suya.jornada, "lote_nuevo"), datos).status_code == codigo


def test_un_paso_de_lote_que_no_existe_o_de_otra_jornada():
    suya, otra = escena(), escena()
    lote = lotes.preparar(
        suya.jornada, que="todas_menos", fecha=hace(1), claves=[], por=suya.enlace
    )
    cliente = como(suya.enlace)
    assert cliente.post(de(suya.jornada, "lote_acto", lote.pk, "volar")).status_code == 404
    assert cliente.get(de(otra.jornada, "lote_de_entregas", lote.pk)).status_code == 404
    assert cliente.get(de(suya.jornada, "lote_acto", lote.pk, "confirmar")).status_code == 405
