"""¿En qué letra está escrito este archivo? Se responde leyendo todo, por trozos, no una muestra."""

from __future__ import annotations

import codecs
import re
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

# Cómo se ve cada byte alto leído por error en cp1252, o en latin-1 donde cp1252 no dice nada.
_BYTE_DE = {chr(b): b for b in range(0x80, 0x100)} | {
    bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(0x80, 0x100)
}
_SEGUNDO = "[" + re.escape("".join(c for c, b in _BYTE_DE.items() if b < 0xC0)) + "]"
# Solo lo que en español no se escribe: «Ã» o «Â» y un signo, y las comillas y rayas («â€œ»).
_MAL_LEIDO = re.compile(f"[ÂÃ]{_SEGUNDO}|â[€\x80]{_SEGUNDO}")


def cabeza(ruta: Path) -> bytes:
    """Cómo empieza el archivo. Levanta ArchivoIlegible si no existe o no se puede abrir."""
    try:
        with ruta.open("rb") as archivo:
            return archivo.read(4096)
    except FileNotFoundError as error:
        raise ArchivoIlegible(f"No existe el archivo {ruta.name}. Revisa la ruta.") from error
    except OSError as error:
        raise ArchivoIlegible(
            f"No se pudo abrir {ruta.name}: es una carpeta o falta permiso de lectura."
        ) from error


def detectar(ruta: Path) -> str:
    """Nombre de la codificación. Levanta ArchivoIlegible si no es texto o no se puede abrir."""
    inicio = cabeza(ruta)
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


def enderezar(texto: str) -> str:
    """«PensiÃ³n», UTF-8 leído en otra letra, vuelve a ser «Pensión»; lo bien leído no se toca.

    Va antes de quitar lo invisible: de la «í» la segunda mitad es un guion que no se ve.
    """
    return (
        _MAL_LEIDO.sub(_como_utf8, texto) if "Ã" in texto or "â" in texto or "Â" in texto else texto
    )


def _como_utf8(hallado: re.Match[str]) -> str:
    return bytes(_BYTE_DE[c] for c in hallado[0]).decode("utf-8", "replace")
