"""Guardar un documento en el panel: cada dependencia los suyos, y el archivo se mira por dentro."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programas.models import Documento
from programas.servicios import documentos
from sibis.bitacora.models import Evento
from sibis.bitacora.presentadores import frase
from sibis.cuentas import roles
from sibis.demo.pdf_sencillo import pdf
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar
from tests.fabricas.historico import DocumentoFactory, EnlaceFactory

pytestmark = pytest.mark.django_db
AGREGAR = "admin:programas_documento_add"
PDF = pdf([["Informe de prueba con texto"]])


def datos(**cambios):
    return {
        "titulo": "Informe 2016",
        "clase": "informe",
        "ejercicio": "2016",
        "fuente": "Gaceta",
        "visible": "on",
    } | cambios


def subido(contenido: bytes = PDF, nombre: str = "../../x.exe") -> SimpleUploadedFile:
    return SimpleUploadedFile(nombre, contenido, content_type="text/html")


@pytest.fixture
def del_enlace(client, enlace):
    entrar(client, enlace)
    return client


def test_el_enlace_sube_uno_y_queda_a_nombre_de_su_dependencia(
    del_enlace, dependencia, enlace, visitante
):
    respuesta = del_enlace.post(reverse(AGREGAR), datos(contenido=subido()))
    assert respuesta.status_code == 302, respuesta.content.decode()[-3000:]

    documento = Documento.objects.get()
    assert documento.dependencia == dependencia
    assert documento.origen == "panel"
    assert documento.archivo.tipo == "application/pdf"
    evento = Evento.objects.get(tipo="documento.agregado")
    assert (evento.por, evento.dependencia) == (enlace.username, dependencia.clave)
    assert documento.clave in frase(evento)
    assert visitante.get(documento.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (b"<!doctype html><script>1</script>", "Se mira el contenido"),
        (b"MZ\x90\x00\x03", "Se mira el contenido"),
        (b"", "vacío"),
    ],
)
def test_un_archivo_que_no_es_lo_que_dice_no_entra_y_no_se_pierde_lo_escrito(
    contenido, dice, del_enlace
):
    respuesta = del_enlace.post(
        reverse(AGREGAR), datos(contenido=subido(contenido, "informe.pdf"), resumen="Lo mío")
    )
    html = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert dice in html
    assert "Lo mío" in html
    assert not Documento.objects.exists()


def test_el_que_pasa_del_limite_no_entra(del_enlace, settings):
    settings.HISTORICO_LIMITE = 100
    respuesta = del_enlace.post(reverse(AGREGAR), datos(contenido=subido()))
    assert "es el máximo" in respuesta.content.decode()
    assert not Documento.objects.exists()


def test_sin_decir_de_donde_sale_no_se_guarda(del_enlace):
    respuesta = del_enlace.post(reverse(AGREGAR), datos(fuente=""))
    assert "Di de dónde sale" in respuesta.content.decode()


def test_un_archivo_nuevo_sustituye_al_anterior_y_a_su_texto(del_enlace, dependencia):
    documento = DocumentoFactory(dependencia=dependencia, paginas=["Lo de antes, con letras"])
    url = reverse("admin:programas_documento_change", args=[documento.pk])

    nuevo = datos(dependencia=dependencia.pk, contenido=subido(b"clave,nombre\n1,a\n"))
    assert del_enlace.post(url, nuevo).status_code == 302
    documento.refresh_from_db()
    assert documento.texto_estado == "otro_tipo"
    assert documento.paginas is None
    assert not documento.texto.exists()


def test_lo_de_otra_dependencia_no_existe_para_el(del_enlace, dependencia):
    ajeno = DocumentoFactory(dependencia=DependenciaFactory(), titulo="Ajeno")
    de_la_ciudad = DocumentoFactory(titulo="De la ciudad")
    for documento in (ajeno, de_la_ciudad):
        url = reverse("admin:programas_documento_change", args=[documento.pk])
        assert del_enlace.get(url).status_code in {302, 403, 404}
        del_enlace.post(url, datos(titulo="Cambiado"))
        documento.refresh_from_db()
        assert documento.titulo != "Cambiado"
    lista = del_enlace.get(reverse("admin:programas_documento_changelist")).content.decode()
    assert "Ajeno" not in lista


def test_no_se_puede_poner_a_nombre_de_otra(del_enlace):
    ajena = DependenciaFactory()
    del_enlace.post(reverse(AGREGAR), datos(dependencia=ajena.pk))
    programa = f.ProgramaFactory(dependencia=ajena)
    del_enlace.post(reverse(AGREGAR), datos(programa=programa.pk))
    assert not Documento.objects.exists()


def test_el_servicio_tambien_lo_niega(enlace, dependencia):
    with pytest.raises(SinPermiso):
        documentos.guardar(
            Documento(titulo="X", clase="otro", ejercicio=2016, fuente="y"),
            contenido=None,
            por=enlace,
        )
    suyo = DocumentoFactory(dependencia=DependenciaFactory())
    suyo.dependencia = dependencia
    with pytest.raises(SinPermiso):
        documentos.guardar(suyo, contenido=None, por=enlace)
    sin_fuente = Documento(titulo="X", clase="otro", ejercicio=2016, dependencia=dependencia)
    with pytest.raises(ErrorDeNegocio, match="de dónde sale"):
        documentos.guardar(sin_fuente, contenido=None, por=enlace)


def test_quien_valida_guarda_los_de_toda_la_ciudad(client, validadora):
    entrar(client, validadora)
    respuesta = client.post(reverse(AGREGAR), datos(clase="gaceta"))
    assert respuesta.status_code == 302, respuesta.content.decode()[-2000:]
    assert Documento.objects.get().dependencia is None


def test_quien_solo_consulta_ve_y_no_cambia(client):
    entrar(client, con_rol(roles.Analista))
    documento = DocumentoFactory(dependencia=DependenciaFactory())
    assert client.get(reverse(AGREGAR)).status_code == 403
    url = reverse("admin:programas_documento_change", args=[documento.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, datos(titulo="Cambiado")).status_code == 403


def test_los_enlaces_se_miran_y_no_se_tocan(client):
    entrar(client, con_rol(roles.Analista))
    enlace = EnlaceFactory(estado="roto", revisado_en="2026-03-03T12:00Z")
    lista = reverse("admin:programas_enlace_changelist")
    assert enlace.url in client.get(lista, {"estado__exact": "roto"}).content.decode()
    assert client.get(lista, {"de": "mios"}).status_code == 200
    assert client.get(reverse("admin:programas_enlace_add")).status_code == 403
