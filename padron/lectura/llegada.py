"""Qué es lo que llegó: por lo que trae dentro, no por cómo se llama."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from padron.lectura.modelo import Limites
from sibis.nucleo import codificacion
from sibis.nucleo.errores import ArchivoIlegible

TROZO = 1 << 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NADA = "No se cargó nada."
GUARDA = "Ábrelo, guárdalo como .xlsx o como CSV (UTF-8) y vuelve a intentar."

_AJENOS = (
    (b"%PDF", "un PDF"),
    (b"\x89PNG", "una imagen"),
    (b"\xff\xd8\xff", "una imagen"),
    (b"GIF8", "una imagen"),
    (b"BM", "una imagen"),
    (b"II*\0", "una imagen"),
    (b"MM\0*", "una imagen"),
    (b"RIFF", "una imagen o un sonido"),
    (b"{\\rtf", "un documento de texto"),
    (b"Rar!", "un archivo RAR"),
    (b"7z\xbc\xaf", "un archivo 7z"),
    (b"BZh", "un archivo bzip2"),
    (b"\xfd7zXZ", "un archivo xz"),
    (b"SQLite format 3", "una base de datos"),
    (b"PAR1", "un archivo Parquet"),
    (b"MZ", "un programa"),
    (b"\x7fELF", "un programa"),
)
_PAGINAS = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<style", b"<meta")


class Legible(Protocol):
    def read(self, cuantos: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Llegada:
    """Un archivo ya abierto si venía comprimido."""

    ruta: Path
    formato: str
    macros: bool = False


def huella(ruta: Path) -> str:
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()


def recibir(ruta: Path, trabajo: Path, limites: Limites) -> Llegada:
    """El archivo y su formato. Levanta ArchivoIlegible si no es una tabla que se pueda leer."""
    inicio = codificacion.cabeza(ruta)
    pesa = ruta.stat().st_size
    if pesa > limites.archivo:
        raise ArchivoIlegible(
            f"{ruta.name} pesa {pesa / 1e9:,.1f} GB y el máximo es {limites.archivo / 1e9:,.1f} GB. "
            f"Divídelo en partes. {NADA}"
        )
    if inicio.startswith(b"\x1f\x8b"):
        return _sin_anidar(_descomprimir_gzip(ruta, trabajo, limites), ruta.name)
    if inicio.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _de_zip(ruta, trabajo, limites)
    return _simple(ruta, inicio, ruta.name)


def _simple(ruta: Path, inicio: bytes, nombre: str) -> Llegada:
    if not inicio.strip(b"\xef\xbb\xbf\r\n\t \0"):
        raise ArchivoIlegible(f"{nombre} está vacío. {NADA}")
    if inicio.startswith(OLE):
        return _de_ole(ruta, nombre)
    for firma, que_es in _AJENOS:
        # «BM» y «MZ» también empiezan palabras: solo cuentan si además hay bytes nulos.
        if inicio.startswith(firma) and (len(firma) > 2 or b"\0" in inicio[:64]):
            raise ArchivoIlegible(
                f"{nombre} es {que_es}, no una tabla, aunque se llame de otro modo. "
                f"Manda el CSV o la hoja de cálculo de donde salió. {NADA}"
            )
    if inicio.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGINAS):
        raise ArchivoIlegible(
            f"{nombre} es una página web o un XML guardado con otro nombre, no una tabla. {GUARDA} {NADA}"
        )
    return Llegada(ruta, "csv")


def _de_ole(ruta: Path, nombre: str) -> Llegada:
    """Un documento de Office antiguo, o uno nuevo con contraseña: el directorio lo dice en UTF-16."""
    with ruta.open("rb") as archivo:
        contenido = archivo.read(64 * TROZO)
    if "EncryptedPackage".encode("utf-16-le") in contenido:
        raise ArchivoIlegible(
            f"{nombre} tiene contraseña y no se puede leer. Ábrelo, quítale la contraseña, guárdalo y "
            f"vuelve a intentar. {NADA}"
        )
    if not any(n.encode("utf-16-le") + b"\0\0" in contenido for n in ("Workbook", "Book")):
        raise ArchivoIlegible(
            f"{nombre} es un documento de Office antiguo que no es hoja de cálculo, o está dañado. {GUARDA} {NADA}"
        )
    macros = "_VBA_PROJECT".encode("utf-16-le") in contenido
    return Llegada(ruta, "xls", macros)


def _sin_anidar(abierto: Path, nombre: str) -> Llegada:
    """Lo que había dentro; otro comprimido dentro no se abre."""
    with abierto.open("rb") as archivo:
        inicio = archivo.read(4096)
    if inicio.startswith(b"\x1f\x8b"):
        raise ArchivoIlegible(_anidado(nombre))
    if inicio.startswith(b"PK"):
        formato, macros = _formato_de_zip(abierto, nombre)
        if formato == "zip":
            raise ArchivoIlegible(_anidado(nombre))
        return Llegada(abierto, formato, macros)
    return _simple(abierto, inicio, nombre)


def _anidado(nombre: str) -> str:
    return (
        f"{nombre} trae dentro otro archivo comprimido. Manda un solo CSV o una sola hoja de cálculo, "
        f"comprimido una vez o sin comprimir. {NADA}"
    )


def _formato_de_zip(ruta: Path, nombre: str) -> tuple[str, bool]:
    try:
        with zipfile.ZipFile(ruta) as comprimido:
            miembros = {m.filename: m for m in comprimido.infolist()}
            es_ods = "mimetype" in miembros and comprimido.open("mimetype").read(80).startswith(
                b"application/vnd.oasis.opendocument.spreadsheet"
            )
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise ArchivoIlegible(
            f"{nombre} está cortado o dañado y no se puede abrir. Vuelve a guardarlo y a subirlo. {NADA}"
        ) from error
    macros = any(m.lower().endswith("vbaproject.bin") for m in miembros)
    if es_ods:
        return "ods", any(m.startswith("Basic/") for m in miembros)
    if any(m.startswith("xl/workbook") for m in miembros):
        if "xl/workbook.bin" in miembros:
            return "xlsb", macros
        return "xlsx", macros
    if "[Content_Types].xml" in miembros or "mimetype" in miembros:
        raise ArchivoIlegible(
            f"{nombre} es un documento o una presentación, no una hoja de cálculo. "
            f"Copia la tabla a una hoja de cálculo y manda esa. {NADA}"
        )
    return "zip", False


def _de_zip(ruta: Path, trabajo: Path, limites: Limites) -> Llegada:
    formato, macros = _formato_de_zip(ruta, ruta.name)
    if formato != "zip":
        return Llegada(ruta, formato, macros)
    with zipfile.ZipFile(ruta) as comprimido:
        utiles = [m for m in comprimido.infolist() if not m.is_dir() and not _es_basura(m.filename)]
        if len(utiles) != 1:
            nombres = ", ".join(f"«{PurePosixPath(m.filename).name[:60]}»" for m in utiles[:10])
            raise ArchivoIlegible(
                f"{ruta.name} trae {len(utiles)} archivos ({nombres}). Manda un ZIP con uno solo. {NADA}"
                if utiles
                else f"{ruta.name} es un ZIP vacío. {NADA}"
            )
        if utiles[0].flag_bits & 1:
            raise ArchivoIlegible(
                f"{ruta.name} es un ZIP con contraseña y no se puede abrir. Comprímelo otra vez sin "
                f"contraseña. {NADA}"
            )
        try:
            with comprimido.open(utiles[0]) as dentro:
                abierto = _copiar(dentro, trabajo / "abierto", limites, ruta.name)
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            zlib.error,
            EOFError,
        ) as error:
            raise ArchivoIlegible(_danado(ruta.name)) from error
    return _sin_anidar(abierto, ruta.name)


def _es_basura(nombre: str) -> bool:
    """Lo que agregan macOS y Windows al comprimir."""
    partes = PurePosixPath(nombre).parts
    return "__MACOSX" in partes or partes[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


def _descomprimir_gzip(ruta: Path, trabajo: Path, limites: Limites) -> Path:
    try:
        with gzip.open(ruta, "rb") as dentro:
            return _copiar(dentro, trabajo / "abierto", limites, ruta.name)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ArchivoIlegible(_danado(ruta.name)) from error


def _danado(nombre: str) -> str:
    return f"{nombre} está cortado o dañado: no se pudo descomprimir entero. Comprímelo y súbelo otra vez. {NADA}"


def _copiar(dentro: Legible, destino: Path, limites: Limites, nombre: str) -> Path:
    """Por trozos y contando: el tamaño que declara un comprimido no se cree."""
    escritos = 0
    with destino.open("wb") as archivo:
        for trozo in _trozos(dentro):
            escritos += len(trozo)
            if escritos > limites.abierto:
                archivo.close()
                destino.unlink()
                raise ArchivoIlegible(
                    f"{nombre} descomprimido pasa de {limites.abierto / 1e9:,.1f} GB. Divídelo en partes. {NADA}"
                )
            archivo.write(trozo)
    return destino


def _trozos(dentro: Legible) -> Iterator[bytes]:
    while trozo := dentro.read(TROZO):
        yield trozo
