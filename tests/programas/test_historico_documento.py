"""Un documento del archivo: se comprueba, se cita, se baja, y su texto se lee una vez."""

from __future__ import annotations

import datetime
import hashlib
import re

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from programas.importacion.texto_de_documentos import leer_pendientes
from programas.models import Documento
from sibis.archivos import servicios
from tests.fabricas import programas as f
from tests.fabricas.archivos import ArchivoFactory
from tests.fabricas.historico import DocumentoFactory, EnlaceFactory

pytestmark = pytest.mark.django_db
XSS = '<img src=x onerror="alert(1)">'


def pagina(visitante, url: str = "/historico/", **parametros) -> str:
    respuesta = visitante.get(url, parametros)
    assert respuesta.status_code == 200, (url, parametros, respuesta.content[-600:])
    return respuesta.content.decode()


def titulos(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/historico/[^"]+">([^<]+)</a></h3>', html)


class TestUnDocumento:
    @pytest.fixture
    def documento(self):
        return DocumentoFactory(
            titulo="Padrón de Comedores",
            clase="padron",
            ejercicio=2014,
            anio_publicacion=2015,
            gaceta_numero="52",
            enlace="https://viejo.cdmx.gob.mx/padron.pdf",
            paginas=["Portada", "Cuántas personas por alcaldía"],
        )

    def test_dice_todo_para_comprobarlo_y_citarlo(self, documento, visitante):
        html = pagina(visitante, documento.get_absolute_url())
        for dicho in (
            documento.archivo.sha256,
            "sha256sum padron-de-comedores-2014.pdf",
            "Número 52",
            "https://viejo.cdmx.gob.mx/padron.pdf",
            "Todavía no lo revisamos",
            f"{documento.get_absolute_url()}</p>",
        ):
            assert dicho in html, dicho
        assert documento.archivo.ruta not in html

    def test_en_ingles_se_cita_la_misma_direccion(self, documento, visitante):
        html = pagina(visitante, f"/en{documento.get_absolute_url()}")
        assert f"{settings.URL_PUBLICA}{documento.get_absolute_url()}</p>" in html

    def test_se_busca_dentro(self, documento, visitante):
        html = pagina(visitante, documento.get_absolute_url(), q="alcaldias")
        assert "p. 2" in html
        assert "<mark>alcaldía</mark>" in html
        html = pagina(visitante, documento.get_absolute_url(), q="submarino")
        assert "Ninguna página dice «submarino»" in html

    def test_se_baja_como_es_con_su_huella_y_sin_abrirse(self, documento, visitante):
        url = f"{documento.get_absolute_url()}archivo/"
        respuesta = visitante.get(url)

        cuerpo = b"".join(respuesta.streaming_content)
        assert hashlib.sha256(cuerpo).hexdigest() == documento.archivo.sha256
        assert respuesta["Content-Type"] == "application/pdf"
        assert respuesta["X-Content-Type-Options"] == "nosniff"
        assert respuesta["Content-Length"] == str(len(cuerpo))
        assert respuesta["Content-Disposition"] == (
            'attachment; filename="padron-de-comedores-2014.pdf"'
        )
        assert respuesta["ETag"] == f'"{documento.archivo.sha256}"'
        assert not respuesta.cookies
        otra = visitante.get(url, headers={"if-none-match": respuesta["ETag"]})
        assert otra.status_code == 304

    def test_head_dice_lo_mismo_sin_cuerpo(self, documento, visitante):
        respuesta = visitante.head(f"{documento.get_absolute_url()}archivo/")
        assert respuesta["Content-Length"] == str(documento.archivo.bytes)
        assert respuesta.content == b""

    def test_la_direccion_vieja_lleva_a_la_de_hoy(self, documento, visitante):
        for sobra in ("", "archivo/"):
            respuesta = visitante.get(f"/historico/como-se-llamaba-{documento.clave}/{sobra}")
            assert respuesta.status_code == 301
            assert respuesta["Location"] == documento.get_absolute_url() + sobra

    def test_lo_retirado_lo_dice(self, documento, visitante):
        Documento.objects.update(visible=False)
        for sobra in ("", "archivo/"):
            respuesta = visitante.get(documento.get_absolute_url() + sobra)
            assert respuesta.status_code == 410
            assert "se retiró" in respuesta.content.decode()

    def test_lo_que_no_existe_da_404(self, visitante):
        sin_copia = DocumentoFactory()
        for url in (
            "/historico/no-existe/",
            "/historico/no-existe/archivo/",
            f"{sin_copia.get_absolute_url()}archivo/",
        ):
            assert visitante.get(url).status_code == 404, url

    def test_si_el_contenido_se_perdio_no_es_un_error_nuestro_a_secas(self, documento, visitante):
        servicios.almacen().delete(documento.archivo.ruta)
        respuesta = visitante.get(f"{documento.get_absolute_url()}archivo/")
        assert respuesta.status_code == 404

    @pytest.mark.parametrize(
        ("estado", "dice"),
        [
            ("roto", "El enlace original ya no responde; guardamos copia."),
            ("vigente", "Respondía el"),
            ("dudoso", "volveremos a probar"),
            ("sin_revisar", "no dejó comprobarlo"),
        ],
    )
    def test_dice_como_esta_el_enlace_original(self, estado, dice, documento, visitante):
        EnlaceFactory(url=documento.enlace, estado=estado, revisado_en="2026-03-03T12:00Z")
        html = pagina(visitante, documento.get_absolute_url())
        assert dice in html

    def test_una_imagen_lo_dice(self, visitante):
        documento = DocumentoFactory(paginas=["", ""])
        html = pagina(visitante, documento.get_absolute_url())
        assert "Sin texto: es una imagen" in html
        assert "Buscar dentro" not in html


class TestEnLaPaginaDelPrograma:
    def test_estan_los_suyos_y_los_de_ese_anio_primero(self, visitante):
        regla = f.en_portal(programa__clave="mi-beca", ejercicio=2019)
        for anio in (2018, 2019, 2024):
            DocumentoFactory(titulo=f"De {anio}", ejercicio=anio, programa=regla.programa)
        DocumentoFactory(titulo="Ajeno")

        html = pagina(visitante, "/programas/mi-beca/")
        apartado = html[html.index('id="documentos-historicos"') :]
        assert re.findall(r">(De \d+)</a>", apartado) == ["De 2019", "De 2024", "De 2018"]
        assert "Ajeno" not in html
        assert 'href="/historico/?programa=mi-beca"' in html

    def test_sin_documentos_no_hay_apartado(self, visitante):
        f.en_portal(programa__clave="mi-beca")
        assert "documentos-historicos" not in pagina(visitante, "/programas/mi-beca/")


class TestLaBase:
    def test_la_clave_de_un_documento_no_cambia(self):
        documento = DocumentoFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Documento.objects.filter(pk=documento.pk).update(clave="otraclave")

    @pytest.mark.parametrize(
        "malo",
        [
            {"ejercicio": 1800},
            {"fuente": ""},
            {"texto_estado": "listo"},
            {"anio_publicacion": 1999},
        ],
    )
    def test_no_admite_lo_imposible(self, malo):
        documento = DocumentoFactory(fecha=datetime.date(2016, 6, 30))
        with pytest.raises(IntegrityError), transaction.atomic():
            Documento.objects.filter(pk=documento.pk).update(**malo)


class TestLeer:
    def test_los_pendientes_se_leen_una_vez(self):
        documento = DocumentoFactory(archivo=ArchivoFactory())
        assert documento.texto_estado == "pendiente"

        assert leer_pendientes(segundos=30) == 1
        assert leer_pendientes(segundos=30) == 0
        documento.refresh_from_db()
        assert (documento.texto_estado, documento.paginas) == ("listo", 1)

    def test_lo_que_otro_lee_no_se_toma_y_lo_que_dejo_a_medias_si(self):
        documento = DocumentoFactory(archivo=ArchivoFactory())
        Documento.objects.update(texto_tomado_en="2200-01-01T00:00Z", texto_intentos=1)
        assert leer_pendientes(segundos=30) == 0
        Documento.objects.update(texto_tomado_en="2020-01-01T00:00Z")
        assert leer_pendientes(segundos=30) == 1
        documento.refresh_from_db()
        assert documento.texto_estado == "listo"

    def test_el_que_mata_tres_veces_a_quien_lo_lee_se_deja_en_paz(self):
        documento = DocumentoFactory(archivo=ArchivoFactory())
        Documento.objects.update(texto_tomado_en="2020-01-01T00:00Z", texto_intentos=3)
        assert leer_pendientes(segundos=30) == 0
        documento.refresh_from_db()
        assert documento.texto_estado == "ilegible"

    def test_lo_que_no_es_pdf_no_espera_lectura(self):
        documento = DocumentoFactory(archivo=ArchivoFactory(contenido=b"clave,nombre\n1,a\n"))
        assert documento.texto_estado == "otro_tipo"

    def test_un_indice_enorme_no_rompe_la_base(self):
        """Muchísimas palabras distintas, y larguísimas: se indexan las que caben."""
        renglones = [
            " ".join(f"pal{p}x{n}x{i}" for i in range(30)) for n in range(40) for p in "ab"
        ]
        documento = DocumentoFactory(paginas=["\n".join(["x" * 3000, *renglones])] * 3)
        assert documento.texto_estado in {"listo", "parcial"}
