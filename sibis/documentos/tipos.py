"""Los documentos que el sistema sabe hacer; cada aplicación declara los suyos en `DOCUMENTOS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

DE_HTML_A_PDF = "sibis.documentos.pdf.desde_html"
DE_ESCRITO_A_WORD = "sibis.documentos.word.desde_json"

_MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class TipoDeDocumento:
    """`contenido(**argumentos)` lee la base y da el texto completo de lo que dirá el documento.

    De ese texto sale su huella, así que un dato que cambia da otro documento y uno que no, el
    mismo. `productor` es la ruta de quien lo vuelve bytes: es texto para que el proceso web no
    cargue la maquetación, que solo usa el trabajador.
    """

    clave: str
    extension: str
    contenido: Callable[..., str]
    productor: str
    estaticos: tuple[str, ...] = ()  # de static/: si cambian, el documento también

    @property
    def mime(self) -> str:
        return _MIME[self.extension]


@cache
def _todos() -> dict[str, TipoDeDocumento]:
    listas: list[list[TipoDeDocumento]] = [import_string(ruta) for ruta in settings.DOCUMENTOS]
    return {tipo.clave: tipo for lista in listas for tipo in lista}


def tipo(clave: str) -> TipoDeDocumento:
    """Levanta KeyError si nadie lo declaró."""
    return _todos()[clave]


def producir(tipo_: TipoDeDocumento, contenido: str) -> bytes:
    hacer: Any = import_string(tipo_.productor)
    return bytes(hacer(contenido))
