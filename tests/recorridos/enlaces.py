"""Recorre el sitio enlace por enlace, como un buscador, y apunta lo que no llega a ninguna parte.

De cada clase de dirección (un programa, un centro, una ficha en PDF) se visitan unas cuantas: las demás
son la misma vista con otro dato. Con SIBIS_ENLACES=todos se visitan todas, y tarda lo que tarde.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

from django.urls import Resolver404, resolve
from django.utils import translation

from sibis.portal.idiomas import idioma_de

A_LA_VEZ = 4
TODOS = os.environ.get("SIBIS_ENLACES") == "todos"
CON_CONSULTA = 1
CARAS = re.compile(
    r"\.(pdf|docx|xlsx|parquet)$"
)  # se preparan aparte; sin trabajador, 503 y «vuelve»
_DE_GUION = re.compile(r"^\d+/")  # «#16/19.3/-99.1» lo entiende el guion del mapa, no es un ancla
TIPOS = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats",
    "xlsx": "application/vnd.openxmlformats",
    "ics": "text/calendar",
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "xml": "application/xml",
    "txt": "text/plain",
}


class _Lector(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.enlaces: list[str] = []
        self.anclas: set[str] = set()
        self.feed(html)

    def handle_starttag(self, etiqueta: str, pares: list[tuple[str, str | None]]) -> None:
        atributos = {nombre: valor or "" for nombre, valor in pares}
        self.anclas |= {atributos[n] for n in ("id", "name") if n in atributos}
        self.enlaces += [atributos[n] for n in ("href", "src", "data-fuente") if n in atributos]
        if atributos.get("method", "get").lower() == "get" and "action" in atributos:
            self.enlaces.append(atributos["action"])


@dataclass
class Visita:
    estado: int
    tipo: str = ""
    enlaces: list[str] = field(default_factory=list)
    anclas: set[str] = field(default_factory=set)


@dataclass
class Rastreo:
    """Lo hallado: cada dirección visitada y cada una rota, con la página donde estaba."""

    base: str
    por_clase: int = 4  # cuántas direcciones se visitan de cada clase
    sigue: bool = True  # con False solo se visitan las semillas
    visitas: dict[str, Visita] = field(default_factory=dict)
    rotos: dict[str, str] = field(default_factory=dict)
    _origen: dict[str, str] = field(default_factory=dict)
    _por_clase: Counter[str] = field(default_factory=Counter)
    _anclas: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))

    def correr(self, *semillas: str) -> None:
        pendientes = [url for s in semillas if (url := self._nueva(s, "semilla"))]
        with ThreadPoolExecutor(A_LA_VEZ) as hilos:
            while pendientes:
                leidas = list(hilos.map(self._leer, pendientes))
                siguientes = []
                for url, visita in zip(pendientes, leidas, strict=True):
                    self._anotar(url, visita)
                    siguientes += [n for e in visita.enlaces if (n := self._nueva(e, url))]
                pendientes = siguientes if self.sigue else []
        self._revisar_anclas()

    def una_de_cada_clase(self) -> list[str]:
        """La primera página hallada de cada clase, sin consulta; en cada idioma, la suya."""
        primeras: dict[str, str] = {}
        for url, visita in self.visitas.items():
            ruta = url.removeprefix(self.base)
            if visita.tipo.startswith("text/html") and "?" not in ruta:
                primeras.setdefault(f"{ruta.startswith('/en/')} {_clase(ruta)}", ruta)
        return sorted(primeras.values())

    def _nueva(self, enlace: str, pagina: str) -> str | None:
        """La dirección que falta visitar; nada si es de fuera, ya se vio o ya hay bastantes así."""
        completa, ancla = urldefrag(urljoin(self.base + "/", urljoin(pagina, enlace)))
        if not completa.startswith(self.base + "/"):
            return None
        if ancla and not _DE_GUION.match(ancla):
            self._anclas[completa].add((ancla, pagina))
        if completa in self._origen:
            return None
        self._origen[completa] = pagina
        clase = _clase(completa.removeprefix(self.base))
        if clase is None:
            self.rotos[completa] = f"no hay tal dirección (en {pagina})"
            return None
        self._por_clase[clase] += 1
        cabe = self._por_clase[clase] <= (CON_CONSULTA if "=" in completa else self.por_clase)
        return completa if TODOS or cabe else None

    def _leer(self, url: str) -> Visita:
        try:
            with urlopen(Request(url), timeout=60) as respuesta:
                tipo, cuerpo = respuesta.headers["Content-Type"] or "", respuesta.read()
                estado = respuesta.status
        except HTTPError as error:
            en_preparacion = error.code == 503 and "Retry-After" in error.headers
            return Visita(
                202 if en_preparacion and CARAS.search(urlsplit(url).path) else error.code
            )
        if tipo.startswith("text/html"):
            lector = _Lector(cuerpo.decode())
            enlaces = [urljoin(url, e) for e in lector.enlaces]
            return Visita(estado, tipo, enlaces, lector.anclas)
        if tipo.startswith(("text/css", "application/xml")):
            hallados = re.findall(r"url\(['\"]?([^)'\"]+)|<loc>([^<]+)", cuerpo.decode())
            return Visita(estado, tipo, [urljoin(url, a or b) for a, b in hallados])
        return Visita(estado, tipo)

    def _anotar(self, url: str, visita: Visita) -> None:
        self.visitas[url] = visita
        donde = f"(en {self._origen[url]})"
        esperado = TIPOS.get(urlsplit(url).path.rpartition(".")[2])
        if visita.estado not in {200, 202}:
            self.rotos[url] = f"contesta {visita.estado} {donde}"
        elif visita.estado == 200 and esperado and not visita.tipo.startswith(esperado):
            self.rotos[url] = f"dice ser {visita.tipo} {donde}"

    def _revisar_anclas(self) -> None:
        for url, citas in self._anclas.items():
            visita = self.visitas.get(url)
            if visita is None or not visita.tipo.startswith("text/html"):
                continue
            for ancla, pagina in citas:
                if ancla not in visita.anclas:
                    self.rotos[f"{url}#{ancla}"] = f"no existe esa ancla (en {pagina})"


def _clase(ruta: str) -> str | None:
    """La ruta de su vista y los nombres de sus parámetros; nada si ninguna vista la atiende."""
    partes = urlsplit(ruta)
    parametros = "&".join(sorted({nombre for nombre, _valor in parse_qsl(partes.query)}))
    if partes.path.startswith("/static/"):
        return partes.path
    with translation.override(idioma_de(partes.path)):
        try:
            return f"{resolve(partes.path).route}?{parametros}"
        except Resolver404:
            return None
