"""El PDF de un dictamen: qué dice, que se hace una vez, y quién lo puede bajar."""

from __future__ import annotations

import hashlib

import pypdfium2
import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from sibis.archivos import servicios as archivos
from sibis.archivos.models import Archivo
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.documentos import firma
from sibis.revision import tasks
from sibis.revision.importacion import dictamen as produccion
from tests.fabricas.cuentas import con_rol, entrar
from tests.fabricas.revision import CotejoFactory, PuntoDeCotejoFactory

pytestmark = pytest.mark.django_db


def contenido(dictamen) -> bytes:
    dictamen.refresh_from_db()
    with archivos.abrir(dictamen.archivo) as guardado:
        return guardado.read()


def texto(dictamen) -> str:
    documento = pypdfium2.PdfDocument(contenido(dictamen))
    paginas = [pagina.get_textpage().get_text_bounded() for pagina in documento]
    return " ".join(" ".join(paginas).split())


def test_el_pdf_dice_todo_lo_que_se_dictamino(dictamen, evaluadora):
    punto = PuntoDeCotejoFactory(
        instancia="dictamen", nombre="¿El problema está medido?", norma="LDS, artículo 33"
    )
    CotejoFactory(remision=dictamen.remision, punto=punto, nota="En el numeral 3.")

    tasks.hacer_dictamen(dictamen.pk)

    leido = texto(dictamen)
    for dicho in (
        dictamen.folio,
        "Favorable",
        dictamen.expediente.titulo,
        "El problema público está bien descrito.",
        "¿El problema está medido?",
        "LDS, artículo 33",
        "En el numeral 3.",
        "Falta decir cuántos apoyos se dan.",
        "Corregido.",
        "resuelta",
        evaluadora.username,
        "Dictamen del Consejo de Evaluación",
        f"/dictamenes/{dictamen.folio}/",
    ):
        assert dicho in leido, dicho
    assert dictamen.remision.huella in leido.replace(" ", "")


def test_queda_firmado_guardado_por_su_huella_y_dicho_en_la_bitacora(dictamen):
    tasks.hacer_dictamen(dictamen.pk)

    datos = contenido(dictamen)
    assert firma.comprobar(datos).es_valida
    assert dictamen.archivo.sha256 == hashlib.sha256(datos).hexdigest()
    evento = Evento.objects.get(tipo="dictamen.firmado")
    assert (evento.objeto_tipo, evento.detalle["folio"]) == (
        "programas.reglaoperacion",
        dictamen.folio,
    )


def test_repetir_la_tarea_no_hace_otro(dictamen):
    tasks.hacer_dictamen(dictamen.pk)
    primero = Archivo.objects.get()

    tasks.hacer_dictamen(dictamen.pk)
    assert tasks.hacer_los_que_faltan() == 0
    assert Archivo.objects.get() == primero


def test_el_reloj_hace_los_que_se_emitieron_sin_trabajador(dictamen):
    assert tasks.hacer_los_que_faltan() == 1

    dictamen.refresh_from_db()
    assert dictamen.archivo is not None


def test_muerto_entre_guardar_y_apuntar_no_queda_nada_y_el_siguiente_lo_hace(dictamen, monkeypatch):
    def morir(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as m:
        m.setattr(produccion, "_dejar_constancia", morir)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            tasks.hacer_dictamen(dictamen.pk)
    assert not Archivo.objects.exists()

    tasks.hacer_los_que_faltan()
    dictamen.refresh_from_db()
    assert Archivo.objects.get() == dictamen.archivo


def test_el_archivo_se_apunta_una_vez_y_la_base_no_deja_cambiarlo(dictamen):
    tasks.hacer_dictamen(dictamen.pk)

    with pytest.raises(IntegrityError, match="no cambia"), transaction.atomic():
        type(dictamen).objects.filter(pk=dictamen.pk).update(archivo=None)


class TestEnElPanel:
    def test_lo_baja_quien_ve_el_expediente_y_mientras_se_hace_se_dice(
        self, client, dictamen, titular
    ):
        entrar(client, titular)
        url = reverse("revision:dictamen", args=[dictamen.folio])
        assert client.get(url).status_code == 503

        tasks.hacer_dictamen(dictamen.pk)
        respuesta = client.get(url)
        assert respuesta.status_code == 200
        assert respuesta["Content-Type"] == "application/pdf"
        assert b"".join(respuesta.streaming_content) == contenido(dictamen)

    def test_de_otra_dependencia_no_existe(self, client, dictamen):
        tasks.hacer_dictamen(dictamen.pk)
        entrar(client, con_rol(roles.EnlaceDeDependencia))

        assert client.get(reverse("revision:dictamen", args=[dictamen.folio])).status_code == 404
        otro = reverse("revision:dictamen", args=["EVALUA/2026/9999"])
        assert client.get(otro).status_code == 404


class TestLaOrden:
    def correr(self, ruta, capsys) -> tuple[int, str]:
        with pytest.raises(SystemExit) as salida:
            call_command("verificar_dictamen", str(ruta))
        return salida.value.code, "".join(capsys.readouterr())

    @pytest.fixture
    def archivo(self, dictamen, tmp_path):
        tasks.hacer_dictamen(dictamen.pk)
        ruta = tmp_path / "dictamen.pdf"
        ruta.write_bytes(contenido(dictamen))
        return ruta

    def test_el_nuestro_sale_con_cero_y_dice_cual_y_quien(
        self, archivo, dictamen, evaluadora, capsys
    ):
        codigo, dicho = self.correr(archivo, capsys)

        assert codigo == 0
        assert dictamen.folio in dicho
        assert evaluadora.username in dicho

    def test_alterado_sale_con_uno(self, archivo, capsys):
        datos = bytearray(archivo.read_bytes())
        datos[len(datos) // 3] ^= 1
        archivo.write_bytes(datos)

        codigo, dicho = self.correr(archivo, capsys)
        assert codigo == 1
        assert "ALTERADO" in dicho or "No es un dictamen" in dicho

    def test_otro_archivo_sale_con_uno_y_lo_que_no_existe_con_dos(self, tmp_path, capsys):
        otro = tmp_path / "otro.pdf"
        otro.write_bytes(b"%PDF-1.4 nada")

        assert self.correr(otro, capsys)[0] == 1
        assert self.correr(tmp_path / "no-esta.pdf", capsys)[0] == 2
