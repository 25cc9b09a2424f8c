"""El PDF de un recibo: qué dice, que se hace una vez, y la orden que lo comprueba."""

from __future__ import annotations

import hashlib
import threading

import pypdfium2
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from padron import tasks
from padron.consultas.comprobacion import Lector
from padron.importacion import recibo as produccion
from sibis.archivos.models import Archivo
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.documentos import firma
from tests.fabricas.cuentas import con_rol, entrar
from tests.fabricas.recibos import ReciboFactory
from tests.padron.recibo.conftest import contenido


def texto(recibo) -> str:
    documento = pypdfium2.PdfDocument(contenido(recibo))
    paginas = [pagina.get_textpage().get_text_bounded() for pagina in documento]
    return " ".join(" ".join(paginas).split())


@pytest.mark.django_db
def test_dice_todo_lo_de_su_constancia(firmado):
    leido = texto(firmado)

    for dicho in (
        firmado.folio,
        firmado.carga.folio,
        "Beca de prueba",
        "2025, todo el año",
        "$18,000",
        firmado.carga.cargada_por.username,
        firmado.carga.aplicada_por.username,
        f"/padron/recibos/{firmado.folio}/",
    ):
        assert dicho in leido, dicho
    pegado = leido.replace(" ", "")
    for huella in (
        firmado.sha256,
        firmado.carga.archivo.sha256,
        firmado.constancia["registros"]["sha256"],
    ):
        assert huella in pegado
    assert "Peña" not in leido


@pytest.mark.django_db
def test_cabe_en_una_hoja(firmado):
    assert len(pypdfium2.PdfDocument(contenido(firmado))) == 1


@pytest.mark.django_db
def test_queda_firmado_guardado_por_su_huella_y_dicho_en_la_bitacora(firmado):
    datos = contenido(firmado)

    assert firma.comprobar(datos).es_valida
    assert firmado.archivo.sha256 == hashlib.sha256(datos).hexdigest()
    assert Evento.objects.get(tipo="recibo.firmado").detalle["folio"] == firmado.folio


@pytest.mark.django_db
def test_el_folio_va_a_la_vista_en_los_bytes(firmado):
    """Por él se sabe cuál dice ser uno alterado, sin interpretar un PDF ajeno."""
    lector = Lector()
    lector.recibir(contenido(firmado))

    assert lector.huella().dice_ser == firmado.folio


@pytest.mark.django_db
def test_repetir_la_tarea_no_hace_otro(firmado):
    antes = Archivo.objects.count()

    tasks.hacer_recibo(firmado.pk)
    assert tasks.hacer_los_recibos_que_faltan() == 0
    assert Archivo.objects.count() == antes


@pytest.mark.django_db
def test_el_reloj_hace_los_que_se_emitieron_sin_trabajador(recibo):
    assert tasks.hacer_los_recibos_que_faltan() == 1

    recibo.refresh_from_db()
    assert recibo.archivo is not None


@pytest.mark.django_db
def test_al_confirmarse_la_transaccion_se_toca_el_timbre(regla, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        recibo = ReciboFactory(carga__regla=regla)

    recibo.refresh_from_db()
    assert recibo.archivo is not None


@pytest.mark.django_db
def test_muerto_entre_guardar_y_apuntar_no_queda_nada_y_el_siguiente_lo_hace(recibo, monkeypatch):
    def morir(*_args, **_kwargs):
        raise KeyboardInterrupt

    antes = Archivo.objects.count()
    with monkeypatch.context() as m:
        m.setattr(produccion, "registrar", morir)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            tasks.hacer_recibo(recibo.pk)
    assert Archivo.objects.count() == antes

    tasks.hacer_los_recibos_que_faltan()
    recibo.refresh_from_db()
    assert recibo.archivo is not None


@pytest.mark.django_db(transaction=True)
def test_dos_trabajadores_a_la_vez_hacen_uno():
    recibo, tope = ReciboFactory(personas=1), threading.Barrier(2, timeout=20)
    recibo.refresh_from_db()
    fallas: list[BaseException] = []

    def trabajar() -> None:
        try:
            tope.wait()
            produccion.producir_recibo(recibo.pk)
        except BaseException as error:  # lo revisa la prueba
            fallas.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=trabajar) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=60)

    assert fallas == []
    assert Evento.objects.filter(tipo="recibo.firmado").count() == 1


@pytest.mark.django_db
class TestEnElPanel:
    def url(self, recibo) -> str:
        return reverse("padron_recibos:pdf", args=[recibo.folio])

    @pytest.mark.parametrize("rol", [roles.EnlaceDeDependencia, roles.TitularQueFirma])
    def test_lo_baja_quien_carga_o_confirma_en_su_dependencia(self, client, recibo, rol):
        entrar(client, con_rol(rol, en=recibo.carga.dependencia))
        assert client.get(self.url(recibo)).status_code == 503

        tasks.hacer_recibo(recibo.pk)
        respuesta = client.get(self.url(recibo))
        assert b"".join(respuesta.streaming_content) == contenido(recibo)

    def test_tambien_el_de_muy_pocas_personas(self, client, regla):
        recibo = ReciboFactory(carga__regla=regla, personas=2)
        tasks.hacer_recibo(recibo.pk)
        entrar(client, con_rol(roles.EnlaceDeDependencia, en=regla.dependencia))

        assert client.get(self.url(recibo)).status_code == 200

    def test_de_otra_dependencia_o_sin_existir_se_contesta_igual(self, client, firmado):
        entrar(client, con_rol(roles.EnlaceDeDependencia))

        assert client.get(self.url(firmado)).status_code == 404
        assert client.get("/panel/recibos/R-2025-999999.pdf").status_code == 404

    def test_una_funcion_que_no_ve_padrones_no_lo_baja(self, client, firmado):
        entrar(client, con_rol(roles.Analista))

        assert client.get(self.url(firmado)).status_code == 404


@pytest.mark.django_db
class TestLaOrden:
    def correr(self, ruta, capsys) -> tuple[int, str]:
        with pytest.raises(SystemExit) as salida:
            call_command("verificar_recibo", str(ruta))
        return salida.value.code, "".join(capsys.readouterr())

    @pytest.fixture
    def archivo(self, firmado, tmp_path):
        ruta = tmp_path / "recibo.pdf"
        ruta.write_bytes(contenido(firmado))
        return ruta

    def test_el_nuestro_sale_con_cero_y_dice_cual_y_si_vale(self, archivo, firmado, capsys):
        codigo, dicho = self.correr(archivo, capsys)

        assert codigo == 0
        for dato in (firmado.folio, firmado.carga.folio, "Beca de prueba", "Sigue vigente"):
            assert dato in dicho

    def test_el_sustituido_es_nuestro_y_dice_por_cual(self, archivo, sustituto, capsys):
        codigo, dicho = self.correr(archivo, capsys)

        assert codigo == 0
        assert f"Lo sustituyó el recibo {sustituto.folio}" in dicho

    def test_alterado_sale_con_uno(self, archivo, capsys):
        datos = archivo.read_bytes()
        archivo.write_bytes(datos + b"\n")

        codigo, dicho = self.correr(archivo, capsys)
        assert codigo == 1
        assert "ALTERADO" in dicho

    def test_otro_archivo_sale_con_uno_y_lo_que_no_existe_con_dos(self, tmp_path, capsys):
        otro = tmp_path / "otro.pdf"
        otro.write_bytes(b"%PDF-1.4 nada")

        codigo, dicho = self.correr(otro, capsys)
        assert codigo == 1
        assert "No es un recibo" in dicho
        assert self.correr(tmp_path / "no-esta.pdf", capsys)[0] == 2


@pytest.mark.django_db
def test_la_pagina_de_la_carga_lo_da_y_dice_si_aun_se_prepara(client, recibo):
    entrar(client, con_rol(roles.EnlaceDeDependencia, en=recibo.carga.dependencia))
    pagina = reverse("admin:padron_carga_change", args=[recibo.carga_id])
    enlace = reverse("padron_recibos:pdf", args=[recibo.folio])
    antes = client.get(pagina).content.decode()
    assert "se está preparando" in antes
    assert enlace not in antes

    tasks.hacer_recibo(recibo.pk)
    despues = client.get(pagina).content.decode()
    assert enlace in despues
    assert reverse("padron:recibo", args=[recibo.folio]) in despues
