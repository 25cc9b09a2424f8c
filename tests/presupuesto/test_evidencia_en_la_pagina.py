"""La evidencia en la página de un informe: se adjunta sin perder lo escrito, y la baja quien debe."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sibis.cuentas import roles
from tests.fabricas.cuentas import con_rol
from tests.fabricas.informes import PDF, EvidenciaDeAvanceFactory
from tests.presupuesto.paginas import como, de, lo_que_manda

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("criterios")]


def test_el_archivo_se_guarda_aunque_una_cifra_este_mal(abierto, enlace):
    datos = lo_que_manda(
        abierto,
        presupuesto_ejercido="mil",
        **{
            "evidencia-archivo": SimpleUploadedFile("acta.pdf", PDF),
            "evidencia-descripcion": "Acta de entrega",
            "evidencia-renglon": abierto.renglones.get(orden=1).pk,
        },
    )
    respuesta = como(enlace).post(de(abierto), datos)

    assert respuesta.status_code == 422
    evidencia = abierto.evidencias.get()
    assert evidencia.renglon.orden == 1
    assert evidencia.archivo.sha256[:16] in respuesta.content.decode()


def test_un_archivo_que_no_es_lo_que_dice_se_rechaza_y_las_cifras_se_guardan(abierto, enlace):
    datos = lo_que_manda(
        abierto,
        **{
            "evidencia-archivo": SimpleUploadedFile("acta.pdf", b"MZ\x90\x00programa"),
            "evidencia-descripcion": "Acta",
        },
    )
    respuesta = como(enlace).post(de(abierto), datos)

    assert respuesta.status_code == 422
    assert "Se mira el contenido" in respuesta.content.decode()
    assert not abierto.evidencias.exists()
    abierto.refresh_from_db()
    assert abierto.presupuesto_ejercido == 1000


def test_quitar_una_evidencia_guarda_tambien_lo_escrito(abierto, enlace):
    dada = EvidenciaDeAvanceFactory(informe=abierto)
    como(enlace).post(de(abierto), lo_que_manda(abierto, quitar=dada.pk))
    abierto.refresh_from_db()
    assert not abierto.evidencias.exists()
    assert abierto.presupuesto_ejercido == 1000


def test_la_evidencia_ajena_ni_se_quita_ni_se_baja(abierto, enlace):
    ajena = EvidenciaDeAvanceFactory()
    cliente = como(enlace)
    cliente.post(de(abierto), lo_que_manda(abierto, quitar=ajena.pk))
    assert ajena.informe.evidencias.exists()
    for informe in (abierto, ajena.informe):
        url = reverse("admin:presupuesto_informe_evidencia", args=[informe.pk, ajena.pk])
        assert cliente.get(url).status_code == 404


def test_la_evidencia_la_baja_quien_trabaja_el_informe_y_nadie_mas(
    abierto, enlace, titular, revisora
):
    dada = EvidenciaDeAvanceFactory(informe=abierto)
    url = reverse("admin:presupuesto_informe_evidencia", args=[abierto.pk, dada.pk])
    for quien in (enlace, titular, revisora):
        respuesta = como(quien).get(url)
        assert b"".join(respuesta.streaming_content) == PDF
        assert respuesta["Content-Disposition"].startswith("attachment;")
        assert "no-store" in respuesta["Cache-Control"]
    for rol in (roles.Finanzas, roles.Analista, roles.Auditoria):
        consulta = como(con_rol(rol))
        assert consulta.get(url).status_code == 404
        assert dada.archivo.sha256[:16] in consulta.get(de(abierto)).content.decode()
    assert Client().get(url).status_code == 302
