"""La página con que cualquiera comprueba un dictamen, y su lugar en la del programa."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programas.servicios import publicacion
from sibis.archivos import servicios as archivos
from sibis.revision import tasks
from sibis.revision.forms import LIMITE
from tests.programas.camino import GACETA

pytestmark = pytest.mark.django_db


@pytest.fixture
def publicado(dictamen, dictaminada, validadora):
    tasks.hacer_dictamen(dictamen.pk)
    publicacion.publicar(dictaminada, por=validadora, **GACETA)
    dictamen.refresh_from_db()
    return dictamen


def pagina(dictamen) -> str:
    return reverse("dictamenes:pagina", args=[dictamen.folio])


def mandar(visitante, dictamen, datos: bytes, nombre="dictamen.pdf"):
    return visitante.post(pagina(dictamen), {"archivo": SimpleUploadedFile(nombre, datos)})


def original(dictamen) -> bytes:
    with archivos.abrir(dictamen.archivo) as guardado:
        return guardado.read()


@pytest.mark.parametrize("nombre", ["pagina", "pdf"])
def test_antes_de_publicarse_no_existe_para_nadie_de_fuera(visitante, dictamen, nombre):
    tasks.hacer_dictamen(dictamen.pk)

    assert visitante.get(reverse(f"dictamenes:{nombre}", args=[dictamen.folio])).status_code == 404


def test_publicado_dice_folio_sentido_fecha_y_huella(visitante, publicado):
    respuesta = visitante.get(pagina(publicado))

    dicho = respuesta.content.decode()
    assert respuesta.status_code == 200
    for dato in (publicado.folio, "Favorable", publicado.archivo.sha256, publicado.remision.huella):
        assert dato in dicho


def test_el_pdf_publico_es_el_guardado_y_a_quien_ya_lo_tiene_se_le_dice(visitante, publicado):
    url = reverse("dictamenes:pdf", args=[publicado.folio])
    respuesta = visitante.get(url)

    assert b"".join(respuesta.streaming_content) == original(publicado)
    repetida = visitante.get(url, headers={"if-none-match": respuesta["ETag"]})
    assert repetida.status_code == 304


def test_mientras_se_hace_no_se_guarda_que_falta(visitante, dictamen, dictaminada, validadora):
    publicacion.publicar(dictaminada, por=validadora, **GACETA)
    respuesta = visitante.get(reverse("dictamenes:pdf", args=[dictamen.folio]))

    assert (respuesta.status_code, respuesta["Cache-Control"]) == (503, "no-store")


def test_el_mismo_archivo_es_el_mismo_y_su_firma_vale(visitante, publicado):
    respuesta = mandar(visitante, publicado, original(publicado))

    assert "Es el mismo archivo y su firma es válida" in respuesta.content.decode()
    assert "SIBIS Ciudad de México" in respuesta.content.decode()


@pytest.mark.parametrize("cambio", [lambda d: d[:-2] + b"\n\n\n", lambda d: b"hola", lambda d: b""])
def test_uno_distinto_no_es_y_se_dice_que_hacer(visitante, publicado, cambio):
    respuesta = mandar(visitante, publicado, cambio(original(publicado)))

    assert respuesta.status_code == 200
    assert "No es este dictamen" in respuesta.content.decode()


def test_uno_enorme_se_niega_sin_compararlo(visitante, publicado):
    respuesta = mandar(visitante, publicado, b"x" * (LIMITE + 20_000))

    assert respuesta.status_code == 422
    assert "no es uno nuestro" in respuesta.content.decode()


def test_sin_archivo_se_pide_elegirlo(visitante, publicado):
    respuesta = visitante.post(pagina(publicado))

    assert respuesta.status_code == 422
    assert "Elige el archivo" in respuesta.content.decode()


def test_comprobar_no_guarda_nada(visitante, publicado, django_assert_num_queries):
    cuantos = type(publicado.archivo).objects.count()
    mandar(visitante, publicado, b"otro")

    assert type(publicado.archivo).objects.count() == cuantos


def test_la_pagina_del_programa_lleva_a_el(visitante, publicado, dictaminada):
    respuesta = visitante.get(dictaminada.get_absolute_url())

    dicho = respuesta.content.decode()
    assert "Dictamen de EVALÚA" in dicho
    assert pagina(publicado) in dicho


def test_de_un_asunto_a_su_pagina_publica(visitante, publicado, dictaminada):
    respuesta = visitante.get(pagina(publicado))

    url = f"{dictaminada.get_absolute_url()}?version={dictaminada.version}"
    assert url in respuesta.content.decode()
    assert visitante.get(url).status_code == 200
