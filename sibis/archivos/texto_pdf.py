"""El texto de un PDF, página por página, sin que un archivo malo tire a quien lo lee."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sibis.archivos import servicios
from sibis.archivos.models import Archivo
from sibis.nucleo.normalizacion import limpiar_texto

_LECTOR = Path(__file__).with_name("lector_pdf.py")
# pdfium marca así el guion con que se parte una palabra al final del renglón.
_PALABRA_PARTIDA = ("\ufffe\r\n", "\ufffe\n", "\ufffe", "\u00ad\r\n", "\u00ad\n", "\u00ad")
_LETRAS_POR_PAGINA = 8


class Falla(StrEnum):
    CIFRADO = "cifrado"
    ILEGIBLE = "ilegible"


@dataclass(frozen=True, slots=True)
class Topes:
    """Cuánto se le dedica a un documento, sea el que sea."""

    paginas: int = 1500
    caracteres_por_pagina: int = 40_000
    caracteres: int = 3_000_000
    memoria_mb: int = 1024
    segundos: int = 45


@dataclass(frozen=True, slots=True)
class TextoDePdf:
    """Lo que se leyó. `paginas` es cuántas tiene; `texto`, las que traen algo, con su número."""

    paginas: int | None = None
    texto: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    entero: bool = False
    falla: Falla | None = None

    @property
    def es_imagen(self) -> bool:
        """Un documento digitalizado trae, cuando mucho, folios y manchas."""
        letras = sum(c.isalpha() for _numero, texto in self.texto for c in texto[:2000])
        return letras < _LETRAS_POR_PAGINA * max(1, self.paginas or 1)


def leer(archivo: Archivo, *, topes: Topes | None = None) -> TextoDePdf:
    """Lee en otro proceso, con memoria y tiempo contados. Nunca levanta por culpa del PDF."""
    topes = topes or Topes()
    with _en_disco(archivo) as ruta:
        return _interpretar(*_en_otro_proceso(ruta, topes))


def _en_otro_proceso(ruta: Path, topes: Topes) -> tuple[str, bool]:
    """Lo que escribió y si llegó al final por su pie."""
    orden = [
        *(sys.executable, "-I", str(_LECTOR), str(ruta)),
        *map(str, (topes.memoria_mb, topes.segundos, topes.paginas)),
        *map(str, (topes.caracteres_por_pagina, topes.caracteres)),
    ]
    try:
        hecho = subprocess.run(  # noqa: S603  (la orden es nuestra; la ruta, una huella)
            orden,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=topes.segundos + 15,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        return (error.stdout or b"").decode("ascii", "replace"), False
    return hecho.stdout.decode("ascii", "replace"), hecho.returncode == 0


def _interpretar(salida: str, termino_bien: bool) -> TextoDePdf:
    renglones = [json.loads(r) for r in salida.splitlines() if r.startswith("{") and r[-1] == "}"]
    if falla := next((r["falla"] for r in renglones if "falla" in r), None):
        return TextoDePdf(falla=Falla(falla))
    paginas = next((r["paginas"] for r in renglones if "paginas" in r), None)
    leidas = [(r["numero"], _limpio(r["texto"])) for r in renglones if "numero" in r]
    if not paginas or (not termino_bien and not leidas):
        return TextoDePdf(paginas=paginas, falla=Falla.ILEGIBLE)
    return TextoDePdf(
        paginas=paginas,
        texto=tuple((numero, texto) for numero, texto in leidas if texto),
        entero=termino_bien and len(leidas) == paginas,
    )


def _limpio(texto: str) -> str:
    for marca in _PALABRA_PARTIDA:
        texto = texto.replace(marca, "")
    return "\n".join(limpiar_texto(renglon) for renglon in texto.splitlines()).strip()


@contextmanager
def _en_disco(archivo: Archivo) -> Iterator[Path]:
    """Su ruta si el almacén es un disco; si no, una copia que dura lo que la lectura."""
    if (ruta := _ruta_en_disco(archivo)) is not None:
        yield ruta
        return
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copia:
        with servicios.abrir(archivo) as contenido:
            shutil.copyfileobj(contenido, copia)
        copia.flush()
        yield Path(copia.name)


def _ruta_en_disco(archivo: Archivo) -> Path | None:
    try:
        ruta = Path(servicios.almacen().path(archivo.ruta))
    except NotImplementedError:  # un almacén remoto no tiene rutas
        return None
    return ruta if ruta.is_file() else None
