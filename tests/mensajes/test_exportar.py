"""El hilo en PDF: abre, dice todo, y su huella queda en la bitácora."""

from __future__ import annotations

import hashlib

import pypdfium2
import pytest
from django.urls import reverse

from sibis.bitacora.models import Evento
from sibis.mensajes.servicios.exportar import exportar
from sibis.nucleo.errores import SinPermiso
from tests.fabricas.mensajes import AdjuntoFactory, HiloFactory, MensajeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hilo(mundo):
    suyo = HiloFactory(asunto="Padrón de la etapa", expediente=mundo.expediente)
    for n in range(3):
        mensaje = MensajeFactory(
            hilo=suyo,
            autor=mundo.enlace,
            dependencia=mundo.iztapalapa,
            texto=f"Párrafo {n} <b>x</b>",
        )
    AdjuntoFactory(mensaje=mensaje, nombre="oficio.pdf")
    return suyo


def test_el_pdf_abre_y_dice_todo_lo_del_hilo(mundo, hilo, en_el_panel):
    respuesta = en_el_panel(mundo.valida).post(reverse("mensajes:exportar", args=[hilo.pk]))

    assert respuesta.status_code == 200
    assert respuesta["Content-Disposition"] == f'attachment; filename="hilo-{hilo.pk}.pdf"'
    contenido = b"".join(respuesta.streaming_content)
    documento = pypdfium2.PdfDocument(contenido)
    texto = "".join(p.get_textpage().get_text_range() for p in documento)
    documento.close()
    dicho = " ".join(texto.split())
    for esperado in (
        "Párrafo 0 <b>x</b>",
        "Párrafo 2",
        "oficio.pdf",
        "enlace.izt",
        "Manos a la Obra",
    ):
        assert esperado in dicho
    huella = hilo.mensajes.last().adjuntos.get().archivo.sha256
    assert huella in texto.replace("\r", "").replace("\n", "").replace(" ", "")
    evento = Evento.objects.get(tipo="hilo.exportado")
    assert evento.detalle["sha256"] == hashlib.sha256(contenido).hexdigest()


def test_la_historia_del_hilo_dice_que_se_exporto(mundo, hilo, en_el_panel):
    cliente = en_el_panel(mundo.valida)
    cliente.post(reverse("mensajes:exportar", args=[hilo.pk]))
    pagina = cliente.get(hilo.get_absolute_url()).content.decode()
    sha256 = Evento.objects.get(tipo="hilo.exportado").detalle["sha256"]
    assert f"valida.sibiso exportó el hilo en PDF, huella {sha256}" in pagina


def test_no_se_exporta_lo_ajeno_ni_con_get(mundo, hilo, en_el_panel):
    with pytest.raises(SinPermiso):
        exportar(hilo, por=mundo.ajeno)
    direccion = reverse("mensajes:exportar", args=[hilo.pk])
    assert en_el_panel(mundo.valida).get(direccion).status_code == 405
    assert not Evento.objects.filter(tipo="hilo.exportado").exists()
