"""/padron/verificar/: qué se contesta de cada archivo, y que de él no queda nada."""

from __future__ import annotations

import hashlib
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from padron.consultas.comprobacion import Lector
from padron.tasks import hacer_recibo
from sibis.archivos import servicios as archivos
from sibis.archivos.models import Archivo
from tests.fabricas.padron import CargaFactory, RegistroFactory
from tests.fabricas.programas import ReglaFactory
from tests.fabricas.recibos import ReciboFactory
from tests.padron.recibo.conftest import contenido

pytestmark = pytest.mark.django_db

URL = "/padron/verificar/"


def mandar(visitante, datos: bytes, nombre: str = "recibo.pdf"):
    return visitante.post(URL, {"archivo": SimpleUploadedFile(nombre, datos)})


def dicho(respuesta) -> str:
    return " ".join(respuesta.content.decode().split())


def entregado(recibo) -> bytes:
    with archivos.abrir(recibo.carga.archivo) as guardado:
        return guardado.read()


class TestUnRecibo:
    def test_el_que_se_firmo_es_autentico_y_vigente(self, visitante, firmado):
        leido = dicho(mandar(visitante, contenido(firmado)))

        assert f"Es auténtico: es el recibo {firmado.folio}" in leido
        assert "SIBIS Ciudad de México" in leido
        assert "Sigue vigente" in leido

    def test_el_sustituido_es_autentico_y_lo_dice(self, visitante, firmado, sustituto):
        leido = dicho(mandar(visitante, contenido(firmado)))

        assert "Es auténtico" in leido
        assert "Ya se sustituyó por otro" in leido

    @pytest.mark.parametrize(
        "alterar",
        [
            lambda d: d + b"\n",
            lambda d: d.replace(b"/ByteRange", b"/ByteRangf", 1),
            lambda d: d[: len(d) // 3] + bytes([d[len(d) // 3] ^ 1]) + d[len(d) // 3 + 1 :],
        ],
    )
    def test_uno_alterado_dice_cual_dice_ser(self, visitante, firmado, alterar):
        leido = dicho(mandar(visitante, alterar(contenido(firmado))))

        assert "No es el que se firmó" in leido
        assert f"/padron/recibos/{firmado.folio}/" in leido

    def test_un_folio_que_no_existe_no_se_da_por_alterado(self, visitante, firmado):
        leido = dicho(mandar(visitante, b"%PDF-1.4 Recibo R-2025-999999 "))

        assert "No lo conocemos" in leido

    def test_guardado_y_sin_poder_comprobar_su_firma_se_dice(
        self, visitante, firmado, settings, tmp_path
    ):
        """Otra clave de firma: el contenido es el guardado, y la firma ya no es de esta instalación."""
        settings.VAR = tmp_path
        leido = dicho(mandar(visitante, contenido(firmado)))

        assert "no pudimos comprobar su firma" in leido

    def test_el_de_un_programa_sin_publicar_no_se_reconoce(self, visitante):
        recibo = ReciboFactory(carga__regla=ReglaFactory())
        hacer_recibo(recibo.pk)

        leido = dicho(mandar(visitante, contenido(recibo)))
        assert "No lo conocemos" in leido
        assert recibo.folio not in leido


class TestElPadron:
    def test_el_que_se_entrego_dice_quien_cuando_y_con_que_recibo(self, visitante, firmado):
        leido = dicho(mandar(visitante, entregado(firmado), "padron.csv"))

        assert "Es el archivo que entregó la dependencia" in leido
        for dato in (firmado.carga.dependencia.nombre_actual, "Beca de prueba", firmado.folio):
            assert dato in leido

    def test_el_mismo_archivo_en_dos_periodos_dice_los_dos(self, visitante, firmado):
        otro = ReciboFactory(
            carga=CargaFactory(
                aplicada=True,
                regla=firmado.carga.regla,
                periodo="t2",
                archivo=firmado.carga.archivo,
                validas=12,
            )
        )

        leido = dicho(mandar(visitante, entregado(firmado)))
        assert firmado.folio in leido
        assert otro.folio in leido

    def test_un_byte_de_mas_ya_no_lo_es(self, visitante, firmado):
        assert "No lo conocemos" in dicho(mandar(visitante, entregado(firmado) + b" "))

    def test_el_que_aun_no_se_aplica_no_se_reconoce(self, visitante, regla):
        carga = CargaFactory(por_confirmar=True, regla=regla)
        with archivos.abrir(carga.archivo) as guardado:
            leido = dicho(mandar(visitante, guardado.read()))

        assert "No lo conocemos" in leido


class TestLoQueSeManda:
    def test_no_se_guarda_en_ninguna_parte(self, visitante, firmado, monkeypatch):
        """Ni en el almacén ni en un archivo provisional: solo pasa."""

        def nunca(*_args, **_kwargs):
            raise AssertionError("Se escribió en el disco lo que mandaron a comprobar.")

        antes = Archivo.objects.count()
        monkeypatch.setattr(tempfile, "NamedTemporaryFile", nunca)
        monkeypatch.setattr(tempfile, "mkstemp", nunca)
        respuesta = mandar(visitante, b"x" * 6_000_000, "grande.csv")

        assert respuesta.status_code == 200
        assert hashlib.sha256(b"x" * 6_000_000).hexdigest() in dicho(respuesta)
        assert Archivo.objects.count() == antes

    def test_uno_enorme_se_niega_sin_leerlo_y_dice_como_comprobarlo(self, visitante, settings):
        settings.PADRON_COMPROBAR_LIMITE = 1_000
        respuesta = mandar(visitante, b"x" * 20_000)

        assert respuesta.status_code == 422
        assert "Calcula su huella en tu computadora" in dicho(respuesta)

    def test_sin_archivo_se_pide(self, visitante):
        respuesta = visitante.post(URL, {})

        assert respuesta.status_code == 422
        assert "Elige el archivo" in dicho(respuesta)

    @pytest.mark.parametrize("cuerpo", [b"", b"nada", b"--x\r\n\r\n"])
    def test_un_cuerpo_mal_hecho_no_da_500(self, visitante, cuerpo):
        respuesta = visitante.post(URL, cuerpo, content_type="multipart/form-data; boundary=x")
        assert respuesta.status_code in {400, 422}

    def test_uno_vacio_tiene_respuesta(self, visitante):
        assert "No lo conocemos" in dicho(mandar(visitante, b""))

    def test_no_deja_galletas_ni_pide_cuenta(self, visitante, firmado):
        assert not mandar(visitante, b"hola").cookies

    def test_el_nombre_del_archivo_no_se_repite_en_la_pagina(self, visitante):
        assert "PEXA800101" not in dicho(mandar(visitante, b"x", "PEXA800101MDFXXN09.csv"))


class TestLoQueSeEscribe:
    @pytest.mark.parametrize(
        "como",
        [str, str.lower, lambda f: f" {f} ", lambda f: "P" + f[1:], lambda f: f.replace("-", "–")],
    )
    def test_un_folio_lleva_a_su_recibo(self, visitante, recibo, como):
        respuesta = visitante.get(URL, {"clave": como(recibo.folio)})

        assert respuesta.status_code == 302
        assert respuesta["Location"] == f"/padron/recibos/{recibo.folio}/"

    def test_en_ingles_lleva_a_la_pagina_en_ingles(self, visitante, recibo):
        respuesta = visitante.get(f"/en{URL}", {"clave": recibo.folio})

        assert respuesta["Location"] == f"/en/padron/recibos/{recibo.folio}/"

    @pytest.mark.parametrize("como", [str, str.upper, lambda h: " ".join((h[:32], h[32:]))])
    def test_una_huella_se_contesta_igual_que_el_archivo(self, visitante, firmado, como):
        leido = dicho(visitante.get(URL, {"clave": como(firmado.archivo.sha256)}))
        assert "Es auténtico" in leido

        leido = dicho(visitante.get(URL, {"clave": como(firmado.carga.archivo.sha256)}))
        assert "Es el archivo que entregó la dependencia" in leido

    def test_una_huella_ajena_con_el_folio_que_dice_es_un_alterado(self, visitante, firmado):
        respuesta = visitante.get(URL, {"clave": "a" * 64, "dice": firmado.folio})

        assert "No es el que se firmó" in dicho(respuesta)

    @pytest.mark.parametrize(
        ("clave", "estado", "oracion"),
        [
            ("", 400, "Escribe el folio o la huella"),
            ("hola", 400, "No es un folio ni una huella"),
            ("a" * 63, 400, "No es un folio ni una huella"),
            ("R-2025-999999", 404, "No hay un recibo publicado con ese folio"),
            ("x" * 500, 400, "200"),
            ("\x00", 400, ""),
        ],
    )
    def test_lo_que_no_es_se_dice(self, visitante, clave, estado, oracion):
        respuesta = visitante.get(URL, {"clave": clave})

        assert respuesta.status_code == estado
        assert oracion in dicho(respuesta)

    def test_un_folio_mal_formado_en_dice_no_da_500(self, visitante):
        assert visitante.get(URL, {"clave": "a" * 64, "dice": "<script>"}).status_code == 400


class TestElLector:
    @pytest.mark.parametrize("tamano", [1, 7, 40, 1_000])
    def test_halla_el_folio_aunque_caiga_entre_dos_trozos(self, tamano):
        datos = b"x" * 33 + rb"/Reason (Recibo R\0552025\055000123)" + b"y" * 50
        lector = Lector()
        for i in range(0, len(datos), tamano):
            lector.recibir(datos[i : i + tamano])

        assert lector.huella().dice_ser == "R-2025-000123"
        assert lector.huella().sha256 == hashlib.sha256(datos).hexdigest()


def test_lo_publico_se_puede_guardar_en_cache_y_cambia_al_sustituirse(visitante, firmado, settings):
    settings.PAGINAS_CONDICIONALES = True
    url = f"/padron/recibos/{firmado.folio}/"
    primera = visitante.get(url)
    assert "public" in primera["Cache-Control"]
    assert visitante.get(url, headers={"if-none-match": primera["ETag"]}).status_code == 304

    carga = firmado.carga
    carga.estado = "sustituida"
    carga.save(update_fields=["estado"])
    ReciboFactory(carga=CargaFactory(aplicada=True, regla=carga.regla, sustituye=carga, validas=12))
    repetida = visitante.get(url, headers={"if-none-match": primera["ETag"]})
    assert repetida.status_code == 200


def test_que_entren_renglones_no_renueva_las_paginas(visitante, regla, settings):
    """Una carga de un millón copia durante un minuto: sin esto, ninguna página se repetiría igual."""
    settings.PAGINAS_CONDICIONALES = True
    carga = CargaFactory(aplicada=True, regla=regla)
    RegistroFactory(carga=carga)
    primera = visitante.get("/padron/")
    RegistroFactory(carga=carga)

    assert visitante.get("/padron/", headers={"if-none-match": primera["ETag"]}).status_code == 304


def test_el_portal_lleva_a_estas_paginas(visitante, regla):
    portada = dicho(visitante.get("/"))
    assert 'href="/padron/"' in portada
    assert 'href="/padron/verificar/"' in portada
    mapa = dicho(visitante.get("/sitemap-fijas.xml"))
    assert "/padron/verificar/" in mapa
