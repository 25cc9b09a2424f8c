"""Guardar por huella: un contenido, un archivo; entero o nada."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from sibis.archivos import almacen, servicios
from sibis.archivos.models import Archivo, ruta_de
from sibis.bitacora.models import Evento
from sibis.demo.pdf_sencillo import pdf
from tests.fabricas.archivos import ArchivoFactory
from tests.fabricas.historico import DocumentoFactory

pytestmark = pytest.mark.django_db
CONTENIDO = pdf([["Hola"]])
SHA = hashlib.sha256(CONTENIDO).hexdigest()


@pytest.fixture
def en_disco(settings, tmp_path: Path) -> Iterator[Path]:
    settings.STORAGES = settings.STORAGES | {
        "archivos": {
            "BACKEND": "sibis.archivos.almacen.AlmacenEnDisco",
            "OPTIONS": {"location": tmp_path / "archivos"},
        }
    }
    return tmp_path / "archivos"


def guardar(contenido: bytes = CONTENIDO, limite: int = 10_000, **otros) -> Archivo:
    return servicios.guardar(io.BytesIO(contenido), por=None, limite=limite, **otros)


def en_la_carpeta(carpeta: Path) -> list[str]:
    return sorted(str(p.relative_to(carpeta)) for p in carpeta.rglob("*") if p.is_file())


def test_se_guarda_por_su_huella_y_se_lee_igual(en_disco):
    archivo = guardar()

    assert (archivo.sha256, archivo.bytes, archivo.tipo) == (SHA, len(CONTENIDO), "application/pdf")
    assert en_la_carpeta(en_disco) == [f"{SHA[:2]}/{SHA[2:4]}/{SHA}"]
    with servicios.abrir(archivo) as abierto:
        assert abierto.read() == CONTENIDO
    assert Evento.objects.get(tipo="archivo.guardado").detalle["sha256"] == SHA


def test_el_mismo_contenido_dos_veces_es_un_archivo(en_disco):
    assert guardar() == guardar()
    assert Archivo.objects.count() == Evento.objects.filter(tipo="archivo.guardado").count() == 1


def test_si_el_contenido_se_perdio_volver_a_guardarlo_lo_repone(en_disco):
    archivo = guardar()
    (en_disco / archivo.ruta).unlink()

    with pytest.raises(servicios.ArchivoPerdido):
        servicios.abrir(archivo)
    assert guardar() == archivo
    with servicios.abrir(archivo) as abierto:
        assert abierto.read() == CONTENIDO


class Interminable(io.RawIOBase):
    """Da ceros para siempre y cuenta cuántos le pidieron."""

    def __init__(self) -> None:
        self.dados = 0

    def read(self, cuantos: int = -1) -> bytes:
        assert cuantos > 0, "se quiso leer entero"
        self.dados += cuantos
        return bytes(cuantos)


def test_lo_que_pasa_del_limite_se_deja_de_leer(en_disco):
    flujo = Interminable()

    with pytest.raises(servicios.ArchivoMuyGrande, match="5 MB"):
        servicios.guardar(flujo, por=None, limite=5_000_000)
    assert flujo.dados < 5_000_000 + 2 * servicios.TROZO
    assert not Archivo.objects.exists()
    assert not en_disco.exists()


def test_lo_vacio_no_es_un_archivo():
    with pytest.raises(servicios.TipoNoAdmitido, match="vacío"):
        guardar(b"")


def test_lo_de_otro_tipo_no_entra(en_disco):
    with pytest.raises(servicios.TipoNoAdmitido):
        guardar(b"<!doctype html><script>1</script>", tipos={"application/pdf"})
    assert not en_disco.exists()


def test_con_el_disco_lleno_no_queda_nada_y_se_dice(en_disco, monkeypatch):
    """El disco se llena al asegurar lo escrito, que es cuando de verdad se sabe."""

    def lleno(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "lleno")

    monkeypatch.setattr(os, "fsync", lleno)
    with pytest.raises(servicios.SinEspacio, match="No quedó nada a medias"), transaction.atomic():
        guardar()
    assert en_la_carpeta(en_disco) == []
    assert not Archivo.objects.exists()


def test_lo_que_esta_entrando_no_aparece_en_la_lista(en_disco):
    guardar()
    carpeta = en_disco / SHA[:2] / SHA[2:4]
    (carpeta / ".entra-abc").touch()

    disco = almacen.AlmacenEnDisco(location=en_disco)
    assert disco.listdir(f"{SHA[:2]}/{SHA[2:4]}")[1] == [SHA]


def test_un_archivo_guardado_no_cambia_ni_por_sql(en_disco):
    archivo = guardar()
    for sql in ("UPDATE archivos_archivo SET bytes = 1", "DELETE FROM archivos_archivo"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    archivo.refresh_from_db()
    assert archivo.bytes == len(CONTENIDO)


def test_el_que_alguien_cita_no_se_borra():
    documento = DocumentoFactory(paginas=["Hola"])
    with pytest.raises(ProtectedError):
        documento.archivo.delete()


@pytest.mark.parametrize("aplicar", [False, True])
def test_depurar_quita_solo_lo_que_nadie_cita(aplicar, en_disco, capsys):
    citado = DocumentoFactory(paginas=["Se queda"]).archivo
    suelto = ArchivoFactory()
    sin_registro = "ab" * 32
    (en_disco / ruta_de(sin_registro)).parent.mkdir(parents=True)
    (en_disco / ruta_de(sin_registro)).write_bytes(b"resto")

    call_command("depurar_archivos", "--dias", "0", *(["--aplicar"] if aplicar else []))

    assert "nada cita: 1. Contenidos sin registro: 1" in capsys.readouterr().out
    quedan = {citado.sha256} if aplicar else {citado.sha256, suelto.sha256}
    assert set(Archivo.objects.values_list("sha256", flat=True)) == quedan
    assert (en_disco / citado.ruta).exists()
    assert (en_disco / suelto.ruta).exists() is not aplicar
    assert (en_disco / ruta_de(sin_registro)).exists() is not aplicar


def test_depurar_no_toca_lo_reciente(en_disco, capsys):
    archivo = guardar()
    call_command("depurar_archivos", "--aplicar")
    assert Archivo.objects.get() == archivo


def test_el_nombre_de_un_archivo_no_dice_nada_de_nadie():
    assert str(ArchivoFactory(contenido=CONTENIDO)) == f"application/pdf {SHA[:12]}"
