"""De HTML a PDF accesible (PDF/UA). Solo lo usa el trabajador: maquetar tarda segundos."""

from __future__ import annotations

import logging
import mimetypes
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

for parlanchin in ("fontTools", "weasyprint.progress"):  # cuentan cada paso y cada tabla
    logging.getLogger(parlanchin).setLevel(logging.WARNING)

# «estatico:css/impreso.css»: un archivo nuestro, por su nombre. Nada sale a la red ni al disco.
ESQUEMA = "estatico:"
_NOMBRE = re.compile(r"(css|fuentes|img)/[a-z0-9-]+(/[a-z0-9-]+)?\.(css|woff2|svg|png)")


class RecursoAjeno(FatalURLFetchingError):
    """El documento pidió algo que no es nuestro: no se hace a medias, se niega."""


class SoloLoNuestro(URLFetcher):
    """Sin esto, un `<link rel="attachment" href="file:///…">` metería el archivo en el PDF."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        nombre = url.removeprefix(ESQUEMA)
        if not url.startswith(ESQUEMA) or not _NOMBRE.fullmatch(nombre):
            raise RecursoAjeno(f"Un documento no puede pedir «{url[:80]}».")
        archivo: Path = settings.RAIZ / "static" / nombre
        tipo = mimetypes.guess_type(nombre)[0] or "application/octet-stream"
        return URLFetcherResponse(url, archivo.open("rb"), {"Content-Type": tipo})


def desde_html(html: str) -> bytes:
    """Levanta RecursoAjeno si el HTML pide algo de fuera."""
    documento = HTML(string=html, base_url=f"{ESQUEMA}/", url_fetcher=SoloLoNuestro())
    return bytes(documento.write_pdf(pdf_variant="pdf/ua-1"))
