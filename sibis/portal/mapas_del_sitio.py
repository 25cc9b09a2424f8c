"""sitemap.xml: los programas por año, los centros y las páginas fijas, con su fecha de verdad."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import NoReverseMatch, reverse

from programas.models import FichaPublica
from sibis.territorio.models import Centro

FIJAS = (
    "portal:inicio",
    "programas:buscar",
    "programas:mapa",
    "programas:centros",
    "padron:inicio",
    "padron:verificar",
    "portal:ayuda",
    "portal:accesibilidad",
    "portal:privacidad",
)


class DelSitio(Sitemap):
    """Con la dirección pública, no con la que trae la petición: detrás de un intermediario cambia."""

    limit = 5_000

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.URL_PUBLICA).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.URL_PUBLICA).scheme


class Fijas(DelSitio):
    def items(self) -> list[str]:
        return [ruta for nombre in FIJAS if (ruta := _ruta(nombre))]

    def location(self, item: str) -> str:
        return item


def _ruta(nombre: str) -> str:
    """Vacía si esa página todavía no existe: no se anuncia."""
    try:
        return reverse(nombre)
    except NoReverseMatch:
        return ""


class Programas(DelSitio):
    """El último año en la dirección corta, que es la canónica; los demás, en la suya."""

    def items(self) -> Any:
        return FichaPublica.objects.order_by("programa__slug", "-ejercicio").values_list(
            "programa__slug", "ejercicio", "es_ultima", "regla__actualizado_en"
        )

    def location(self, item: tuple[str, int, bool, datetime.datetime]) -> str:
        slug, ejercicio, es_ultima, _cuando = item
        if es_ultima:
            return reverse("programas:programa", args=[slug])
        return reverse("programas:programa_ejercicio", args=[slug, ejercicio])

    def lastmod(self, item: tuple[str, int, bool, datetime.datetime]) -> datetime.datetime:
        return item[3]


class Centros(DelSitio):
    def items(self) -> Any:
        return Centro.objects.publicos().order_by("slug").values_list("slug", flat=True)

    def location(self, item: str) -> str:
        return reverse("programas:centro", args=[item])


MAPAS = {"fijas": Fijas, "programas": Programas, "centros": Centros}


def indice() -> list[str]:
    """Las direcciones de cada mapa y de cada una de sus páginas, para `sitemap.xml`."""
    direcciones = []
    for seccion, mapa in MAPAS.items():
        ruta = settings.URL_PUBLICA + reverse("portal:mapa_del_sitio", args=[seccion])
        paginas = mapa().paginator.num_pages
        direcciones += [ruta, *(f"{ruta}?p={pagina}" for pagina in range(2, paginas + 1))]
    return direcciones
