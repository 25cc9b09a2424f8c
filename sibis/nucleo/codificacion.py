"""¿En qué letra está escrito este archivo? Se responde leyendo todo, por trozos, no una muestra."""

from __future__ import annotations

import codecs
from pathlib import Path

from sibis.nucleo.errores import ArchivoIlegible

TROZO = 1 << 20

_MARCAS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_ES_TEXTO = (
    (b"PK\x03\x04", "un libro de Excel o un ZIP"),
    (b"\xd0\xcf\x11\xe0", "un libro de Excel antiguo"),
    (b"%PDF", "un PDF"),
    (b"\x1f\x8b", "un archivo comprimido"),
)
# cp1252 antes que latin-1: es la de Excel en español; latin-1 acepta cualquier byte y va al final.
_CANDIDATAS = ("utf-8", "cp1252", "latin-1")


def detectar(ruta: Path) -> str:
    """Nombre de la codificación. Levanta ArchivoIlegible si no es texto o no se puede abrir."""
    try:
        with ruta.open("rb") as archivo:
            inicio = archivo.read(4096)
    except FileNotFoundError as error:
        raise ArchivoIlegible(f"No existe el archivo {ruta.name}. Revisa la ruta.") from error
    except OSError as error:
        raise ArchivoIlegible(
            f"No se pudo abrir {ruta.name}: es una carpeta o falta permiso de lectura."
        ) from error
    if not inicio:
        raise ArchivoIlegible(f"{ruta.name} está vacío.")
    for firma, que_es in _NO_ES_TEXTO:
        if inicio.startswith(firma):
            raise ArchivoIlegible(
                f"{ruta.name} es {que_es}, no texto. Guárdalo como CSV (UTF-8) y vuelve a intentar."
            )
    candidata = next((c for marca, c in _MARCAS if inicio.startswith(marca)), None) or _sin_marca(
        inicio
    )
    if candidata:
        return _exigir(ruta, candidata)
    return next(c for c in _CANDIDATAS if _se_lee(ruta, c))


def _sin_marca(inicio: bytes) -> str | None:
    """UTF-16 sin marca: en español, casi uno de cada dos bytes es nulo, siempre en el mismo lugar."""
    mitad = len(inicio) // 2
    for codificacion, lugar in (("utf-16-le", 1), ("utf-16-be", 0)):
        if mitad > 1 and inicio[lugar::2].count(0) > 0.8 * mitad > inicio[1 - lugar :: 2].count(0):
            return codificacion
    return None


def _exigir(ruta: Path, codificacion: str) -> str:
    if not _se_lee(ruta, codificacion):
        raise ArchivoIlegible(
            f"{ruta.name} dice ser {codificacion.removesuffix('-sig').upper()} pero está cortado o dañado. "
            "Vuelve a descargarlo o a guardarlo."
        )
    return codificacion


def _se_lee(ruta: Path, codificacion: str) -> bool:
    decodificador = codecs.getincrementaldecoder(codificacion)()
    try:
        with ruta.open("rb") as archivo:
            while trozo := archivo.read(TROZO):
                decodificador.decode(trozo)
            decodificador.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
