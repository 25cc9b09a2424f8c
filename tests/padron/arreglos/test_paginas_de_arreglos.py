"""Las páginas de un patrón y de lo recordado."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.urls import reverse

from padron.models import Correccion
from sibis.bitacora.models import Evento
from tests.conftest import negar_escrituras
from tests.padron.arreglos.conftest import con_fechas_cortas
from tests.padron.arreglos.paginas import (
    en,
)

pytestmark = pytest.mark.django_db


def arreglar(carga, **consulta):
    base = reverse("admin:padron_arreglar_patron", args=[carga.pk])
    datos = {"codigo": "fecha_anio_corto", "columna": "fecha_nacimiento", "forma": "99/99/99"}
    return base + "?" + "&".join(f"{c}={v}" for c, v in {**datos, **consulta}.items())


def test_la_pagina_de_un_patron_ensena_que_cambiaria_sin_datos_y_sin_escribir(enlace, entregada):
    carga = entregada(con_fechas_cortas(12, 4))
    corta = con_fechas_cortas(12, 4)[0][4]
    enlace.get(arreglar(carga))
    with connection.execute_wrapper(negar_escrituras):
        pagina = enlace.get(arreglar(carga, receta="fecha_con_siglo", siglo="1900"))

    texto = en(pagina)
    assert "Arreglar 4 filas" in texto
    assert "9999-99-99" in texto
    assert corta not in texto


def test_la_pagina_de_un_patron_ensena_los_datos_si_se_piden_y_lo_anota(enlace, entregada):
    carga = entregada(con_fechas_cortas(12, 4))
    pagina = enlace.post(
        arreglar(carga), {"accion": "ver", "receta": "fecha_con_siglo", "siglo": "1900"}
    )

    assert con_fechas_cortas(12, 4)[0][4] in en(pagina)
    assert Evento.objects.filter(tipo="lectura.carga", detalle__donde="arreglo").count() == 1


def test_se_arregla_desde_la_pagina(enlace, entregada, django_capture_on_commit_callbacks):
    carga = entregada(con_fechas_cortas(12, 4))
    with django_capture_on_commit_callbacks(execute=True):
        respuesta = enlace.post(
            arreglar(carga), {"accion": "aplicar", "receta": "fecha_con_siglo", "siglo": "1900"}
        )

    assert respuesta.status_code == 302
    carga.refresh_from_db()
    assert (carga.estado, carga.con_error) == ("por_revisar", 0)
    pagina = en(enlace.get(reverse("admin:padron_arreglos", args=[carga.pk])))
    assert "Completar el año con su siglo" in pagina
    assert "Deshacer" in pagina


@pytest.mark.parametrize(
    "consulta",
    [
        {"receta": "fecha_con_siglo", "siglo": "1800"},
        {"receta": "fecha_con_siglo"},
    ],
)
def test_un_parametro_que_no_es_de_la_lista_se_dice(enlace, entregada, consulta):
    carga = entregada(con_fechas_cortas(12, 4))
    assert enlace.get(arreglar(carga, **consulta)).status_code == 422
    datos = {"accion": "aplicar", **consulta}
    assert enlace.post(arreglar(carga), datos).status_code == 422
    assert not Correccion.objects.exists()


@pytest.mark.parametrize(
    "consulta",
    [{"receta": "no_existe"}, {"receta": "letra_m", "es": "mujer"}, {"forma": "%00"[:2]}],
)
def test_un_arreglo_que_no_es_de_ese_patron_no_se_ofrece(enlace, entregada, consulta):
    carga = entregada(con_fechas_cortas(12, 4))
    pagina = enlace.get(arreglar(carga, **consulta))
    assert pagina.status_code == 200
    assert 'id="previa"' not in en(pagina)


def test_un_codigo_que_no_existe_es_404(enlace, entregada):
    carga = entregada(con_fechas_cortas(12, 4))
    assert enlace.get(arreglar(carga, codigo="nada")).status_code == 404


def test_lo_recordado_se_aplica_con_un_clic(enlace, entregada, django_capture_on_commit_callbacks):
    una = entregada(con_fechas_cortas(12, 4))
    with django_capture_on_commit_callbacks(execute=True):
        enlace.post(
            arreglar(una), {"accion": "aplicar", "receta": "fecha_con_siglo", "siglo": "1900"}
        )
    otra = entregada(con_fechas_cortas(12, 3, semilla=2), periodo="t2")
    direccion = reverse("admin:padron_arreglos", args=[otra.pk])
    pagina = en(enlace.get(direccion))
    assert "La vez pasada lo arreglaste así" in pagina
    (receta,) = re.findall(r'name="receta" value="(\d+)" checked', pagina)

    with django_capture_on_commit_callbacks(execute=True):
        enlace.post(direccion, {"accion": "aplicar", "receta": receta})
    otra.refresh_from_db()
    assert otra.con_error == 0

    with django_capture_on_commit_callbacks(execute=True):
        enlace.post(direccion, {"accion": "deshacer", "receta": receta})
    otra.refresh_from_db()
    assert otra.con_error == 3
    enlace.post(direccion, {"accion": "olvidar", "receta": receta})
    assert "La vez pasada" in en(enlace.get(direccion))
    assert f'value="{receta}" checked' not in en(enlace.get(direccion))


@pytest.mark.parametrize("accion", ["deshacer", "olvidar", "nada", ""])
def test_una_receta_que_no_es_suya_no_existe(enlace, carga, accion):
    direccion = reverse("admin:padron_arreglos", args=[carga.pk])
    assert enlace.post(direccion, {"accion": accion, "receta": "9" * 30}).status_code == 404
