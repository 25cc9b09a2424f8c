"""Con antivirus puesto nada pasa sin que conteste: un peer de verdad, por un zócalo de verdad."""

from __future__ import annotations

import io
import socket
import struct
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from sibis.archivos.antivirus import Veredicto, revisar
from sibis.bitacora.models import Evento
from sibis.demo.pdf_sencillo import pdf
from sibis.mensajes.models import Adjunto, EstadoDeAdjunto, Mensaje
from sibis.mensajes.servicios.adjuntos import Subido
from sibis.mensajes.servicios.escribir import escribir
from sibis.mensajes.tasks import revisar_adjuntos
from sibis.nucleo.errores import ErrorDeNegocio
from tests.fabricas.mensajes import HiloFactory

pytestmark = pytest.mark.django_db
PDF = pdf([["Uno"]])
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """Habla INSTREAM como clamd: junta los trozos y contesta según lo que trae."""

    def __init__(self, ruta: Path) -> None:
        self.ruta, self.recibido, self.contesta = str(ruta), b"", b""
        self.enchufe = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.enchufe.bind(self.ruta)
        self.enchufe.listen()
        self.hilo = threading.Thread(target=self._atender, daemon=True)
        self.hilo.start()

    def _atender(self) -> None:
        while True:
            try:
                conexion, _quien = self.enchufe.accept()
            except OSError:
                return
            with conexion, conexion.makefile("rb") as entrada:
                assert entrada.read(10) == b"zINSTREAM\0"
                self.recibido = b""
                while largo := struct.unpack("!I", entrada.read(4))[0]:
                    self.recibido += entrada.read(largo)
                malo = b"EICAR" in self.recibido
                veredicto = b"stream: Eicar-Signature FOUND\0" if malo else b"stream: OK\0"
                conexion.sendall(self.contesta or veredicto)

    def cerrar(self) -> None:
        self.enchufe.shutdown(socket.SHUT_RDWR)
        self.enchufe.close()
        self.hilo.join(5)


@pytest.fixture
def clamd(tmp_path, settings) -> Iterator[Clamd]:
    hecho = Clamd(tmp_path / "c.sock")
    settings.CLAMD = hecho.ruta
    yield hecho
    if hecho.hilo.is_alive():
        hecho.cerrar()


def mandar(mundo, contenido: bytes) -> Mensaje:
    return escribir(
        HiloFactory(entre=[mundo.iztapalapa]),
        texto="Va",
        llave=uuid.uuid4(),
        archivos=[Subido("a.pdf", len(contenido), io.BytesIO(contenido))],
        por=mundo.enlace,
    )


def test_sin_antivirus_puesto_se_dice_y_se_entrega(mundo):
    assert revisar(io.BytesIO(PDF)) is Veredicto.SIN_ANTIVIRUS
    assert mandar(mundo, PDF).adjuntos.get().estado == EstadoDeAdjunto.DISPONIBLE


def test_lo_limpio_pasa_entero(mundo, clamd):
    grande = PDF + b"\n%" + b"x" * 200_000
    assert mandar(mundo, grande).adjuntos.get().estado == EstadoDeAdjunto.DISPONIBLE
    assert clamd.recibido == grande


def test_lo_infectado_no_se_guarda(mundo, clamd):
    with pytest.raises(ErrorDeNegocio, match="no dejó pasar"):
        mandar(mundo, PDF + EICAR)
    assert not Mensaje.objects.exists()


@pytest.mark.parametrize("contesta", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"?"])
def test_una_respuesta_rara_no_es_un_si(mundo, clamd, contesta):
    clamd.contesta = contesta
    assert mandar(mundo, PDF).adjuntos.get().estado == EstadoDeAdjunto.EN_REVISION


def test_caido_deja_en_revision_y_al_volver_se_resuelve(mundo, settings, tmp_path):
    settings.CLAMD = str(tmp_path / "d.sock")
    limpio = mandar(mundo, PDF).adjuntos.get()
    malo = mandar(mundo, PDF + EICAR).adjuntos.get()
    assert limpio.estado == malo.estado == EstadoDeAdjunto.EN_REVISION
    assert revisar_adjuntos() == 0  # sigue caído: nadie se libera solo

    clamd = Clamd(tmp_path / "d.sock")
    assert revisar_adjuntos() == 2
    clamd.cerrar()

    estados = dict(Adjunto.objects.values_list("pk", "estado"))
    assert estados == {
        limpio.pk: EstadoDeAdjunto.DISPONIBLE,
        malo.pk: EstadoDeAdjunto.RECHAZADO,
    }
    assert Evento.objects.get(tipo="adjunto.rechazado").detalle["sha256"] == malo.archivo.sha256
    assert revisar_adjuntos() == 0


def test_un_puerto_cerrado_tampoco_deja_pasar(mundo, settings):
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        settings.CLAMD = f"127.0.0.1:{libre.getsockname()[1]}"
    assert revisar(io.BytesIO(PDF)) is Veredicto.SIN_RESPUESTA
