"""Lo que se adjunta: se mira por dentro, se guarda por su huella y se entrega solo a quien lo ve."""

from __future__ import annotations

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sibis.archivos.macros import trae_macros
from sibis.bitacora.models import Evento
from sibis.demo.pdf_sencillo import pdf
from sibis.mensajes.models import Adjunto, EstadoDeAdjunto, Mensaje
from sibis.mensajes.servicios.adjuntos import Subido
from sibis.mensajes.servicios.escribir import escribir
from sibis.mensajes.texto import nombre_de_archivo
from sibis.nucleo.errores import ErrorDeNegocio
from tests.fabricas.mensajes import AdjuntoFactory, HiloFactory, MensajeFactory

pytestmark = pytest.mark.django_db
PDF = pdf([["Oficio de prueba"]])


def libro(*miembros: str, de: str = "word/document.xml") -> bytes:
    memoria = io.BytesIO()
    with zipfile.ZipFile(memoria, "w") as archivo:
        for nombre in ("[Content_Types].xml", de, *miembros):
            archivo.writestr(nombre, "<x/>")
    return memoria.getvalue()


def subido(contenido: bytes, nombre: str = "oficio.pdf") -> Subido:
    return Subido(nombre, len(contenido), io.BytesIO(contenido))


@pytest.fixture
def hilo(mundo):
    return HiloFactory(entre=[mundo.iztapalapa, mundo.sebien])


def mandar(hilo, mundo, *archivos: Subido) -> Mensaje:
    return escribir(hilo, texto="Va", llave=uuid.uuid4(), archivos=archivos, por=mundo.enlace)


def test_se_guarda_por_huella_con_su_nombre_limpio(hilo, mundo):
    mensaje = mandar(hilo, mundo, subido(PDF, "Oficio 12.pdf"), subido(PDF, "copia.pdf"))

    adjunto = mensaje.adjuntos.get()  # el mismo contenido dos veces es uno
    assert (adjunto.nombre, adjunto.archivo.tipo) == ("Oficio 12.pdf", "application/pdf")
    assert adjunto.estado == EstadoDeAdjunto.DISPONIBLE


@pytest.mark.parametrize(
    ("contenido", "nombre", "que"),
    [
        (b"MZ\x90\x00\x03" + b"\x00" * 200, "oficio.pdf", "no se puede adjuntar"),
        (b"<html><script>alert(1)</script>", "nota.txt", "no se puede adjuntar"),
        (b"<svg xmlns='x' onload='a()'>", "dibujo.png", "no se puede adjuntar"),
        (b"GIF89a" + b"x" * 50, "a.gif", "no se puede adjuntar"),
        (libro(de="cosa.bin"), "todo.zip", "no se puede adjuntar"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "viejo.doc", "no se puede adjuntar"),
        (b"", "vacio.pdf", "no se puede adjuntar|está vacío"),
        (libro("word/vbaProject.bin"), "carta.docx", "macros"),
        (libro("xl/macrosheets/sheet1.xml", de="xl/workbook.xml"), "hoja.xlsx", "macros"),
        (libro("word\\VbaProject.BIN"), "carta.docx", "macros"),
        (b"PK\x03\x04roto", "roto.docx", "macros|no se puede adjuntar"),
        (PDF, "GOMC900101MDFLRS09.pdf", "cámbiale el nombre"),
    ],
)
def test_lo_que_no_se_recibe_se_dice_y_no_queda_nada(hilo, mundo, contenido, nombre, que):
    with pytest.raises(ErrorDeNegocio, match=que):
        mandar(hilo, mundo, subido(PDF), subido(contenido, nombre))
    assert (Mensaje.objects.count(), Adjunto.objects.count()) == (0, 0)


def test_demasiado_grande_o_demasiados_no_se_reciben(hilo, mundo, settings):
    settings.MENSAJES_LIMITE = len(PDF) - 1
    with pytest.raises(ErrorDeNegocio, match="es el máximo"):
        mandar(hilo, mundo, subido(PDF))
    settings.MENSAJES_LIMITE = len(PDF)
    with pytest.raises(ErrorDeNegocio, match="hasta 5 archivos"):
        mandar(hilo, mundo, *(subido(PDF) for _ in range(6)))
    mandar(hilo, mundo, *(subido(PDF) for _ in range(5)))


def test_un_documento_de_hoy_sin_macros_si_se_recibe(hilo, mundo):
    mensaje = mandar(hilo, mundo, subido(libro("word/styles.xml"), "carta.docx"))
    assert mensaje.adjuntos.get().nombre == "carta.docx"


@pytest.mark.parametrize(
    ("nombre", "tipo", "queda"),
    [
        ("../../etc/passwd", "application/pdf", "passwd.pdf"),
        ("C:\\Users\\ana\\oficio.pdf", "application/pdf", "oficio.pdf"),
        ("factura\u202efdp.exe", "application/pdf", "facturafdp.pdf"),
        ("nulo\x00.pdf", "application/pdf", "nulo.pdf"),
        ("dos\r\nSet-Cookie: a.pdf", "application/pdf", "dosSet-Cookie: a.pdf"),
        (".htaccess", "text/plain", "htaccess.txt"),
        ("datos.csv", "text/plain", "datos.csv"),
        ("programa.bat", "text/plain", "programa.txt"),
        ("....", "image/png", "adjunto.png"),
        ("ñandú año.PDF", "application/pdf", "ñandú año.pdf"),
        ("a" * 400 + ".pdf", "application/pdf", "a" * 112 + ".pdf"),
    ],
)
def test_el_nombre_no_lleva_carpetas_ni_letras_invisibles(nombre, tipo, queda):
    assert nombre_de_archivo(nombre, tipo) == queda


def test_macros_en_opendocument_y_en_un_pdf_que_no_lo_es():
    assert trae_macros(io.BytesIO(libro("Basic/Standard/Modulo.xml", de="content.xml")))
    assert trae_macros(io.BytesIO(libro("Scripts/python/a.py", de="content.xml")))
    assert not trae_macros(io.BytesIO(libro("Configurations2/", de="content.xml")))
    assert not trae_macros(io.BytesIO(PDF))


def test_se_entrega_como_descarga_y_queda_en_la_bitacora(mundo, en_el_panel):
    hilo = HiloFactory(entre=[mundo.iztapalapa, mundo.sebien])
    adjunto = AdjuntoFactory(mensaje=MensajeFactory(hilo=hilo), nombre="año «uno».pdf")
    direccion = reverse("mensajes:adjunto", args=[adjunto.pk])
    cliente = en_el_panel(mundo.valida)

    assert cliente.get(direccion).status_code == 405  # mirar no escribe en la bitácora
    respuesta = cliente.post(direccion)

    assert respuesta.status_code == 200
    assert b"".join(respuesta.streaming_content).startswith(b"%PDF-")
    assert respuesta["Content-Disposition"].startswith("attachment;")
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert respuesta["Content-Type"] == "application/pdf"
    assert "no-store" in respuesta["Cache-Control"]
    evento = Evento.objects.get(tipo="adjunto.descargado")
    assert evento.detalle["sha256"] == adjunto.archivo.sha256
    assert "año" not in str(evento.detalle)


@pytest.mark.parametrize("estado", [EstadoDeAdjunto.EN_REVISION, EstadoDeAdjunto.RECHAZADO])
def test_lo_que_el_antivirus_no_dejo_pasar_no_se_entrega(mundo, en_el_panel, estado):
    hilo = HiloFactory(entre=[mundo.sebien])
    adjunto = AdjuntoFactory(mensaje=MensajeFactory(hilo=hilo), estado=estado)
    cliente = en_el_panel(mundo.valida)

    respuesta = cliente.post(reverse("mensajes:adjunto", args=[adjunto.pk]), follow=True)

    assert respuesta.redirect_chain
    texto = respuesta.content.decode()
    assert "antivirus" in texto
    assert reverse("mensajes:adjunto", args=[adjunto.pk]) not in texto
    assert not Evento.objects.filter(tipo="adjunto.descargado").exists()


def test_un_archivo_malo_conserva_lo_escrito_en_el_formulario(mundo, en_el_panel):
    hilo = HiloFactory(entre=[mundo.iztapalapa, mundo.sebien])
    malo = SimpleUploadedFile("oficio.pdf", b"MZ\x00\x00" * 50)

    respuesta = en_el_panel(mundo.enlace).post(
        hilo.get_absolute_url(), {"texto": "Lo que ya escribí", "archivos": [malo]}
    )

    assert respuesta.status_code == 422
    assert "Lo que ya escribí</textarea>" in respuesta.content.decode()
    assert "«oficio.bin» no se puede adjuntar" in respuesta.content.decode()
    assert not Mensaje.objects.exists()
