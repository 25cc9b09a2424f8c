"""Lo que toda página pública necesita, y lo que reúne la portada de las aplicaciones de abajo."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from sibis.portal import silueta

TEMAS = ("institucional", "neutro", "veda")

# Solo entran al menú las que existen: una página por venir no se anuncia.
SECCIONES = (
    (_("Programas"), "programas:buscar"),
    (_("Mapa"), "programas:mapa"),
    (_("Centros"), "programas:centros"),
    (_("Ayuda"), "portal:ayuda"),
)

# Palabras con que la gente busca; llevan a la búsqueda, no a un programa.
PALABRAS = (_("beca"), _("despensa"), _("desempleo"), _("personas mayores"), _("arreglar mi casa"))


@dataclass(frozen=True, slots=True)
class Sitio:
    nombre: str
    subtitulo: str
    telefono: str


def _secciones(ruta: str) -> list[tuple[str, str, bool]]:
    presentes = []
    for titulo, nombre in SECCIONES:
        try:
            url = reverse(nombre)
        except NoReverseMatch:
            continue
        presentes.append((titulo, url, ruta.startswith(url)))
    return presentes


def comun(request: HttpRequest) -> dict[str, object]:
    """Procesador de contexto. No consulta la base: también pinta las páginas de error."""
    tema = getattr(settings, "SIBIS_TEMA", TEMAS[0])
    return {
        "sitio": Sitio(
            nombre=getattr(settings, "SIBIS_NOMBRE", "Tu Bienestar"),
            subtitulo=getattr(settings, "SIBIS_SUBTITULO", "Ciudad de México"),
            telefono=getattr(settings, "SIBIS_TELEFONO", "LOCATEL, 55 5658 1111"),
        ),
        "tema": tema if tema in TEMAS else TEMAS[0],
        "hay_demostracion": getattr(settings, "SIBIS_DEMOSTRACION", False),
        "secciones": _secciones(request.path),
    }


@dataclass(frozen=True)
class Portada:
    """Lo que pinta portal/inicio.html. Cada (nombre, url, total) es un enlace a la búsqueda."""

    total_programas: int = 0
    total_dependencias: int = 0
    abiertos: tuple = ()
    derechos: tuple[tuple[str, str, int], ...] = ()
    grupos: tuple[tuple[str, str, int], ...] = ()
    alcaldias: tuple[silueta.AlcaldiaDibujada, ...] = ()
    lienzo: str = field(default_factory=silueta.lienzo)
    anios: tuple[int, int] | None = None
    fecha_corte: date | None = None


def _sugerencias(url_buscar: str) -> list[tuple[str, str]]:
    return [(palabra, f"{url_buscar}?q={palabra}".replace(" ", "+")) for palabra in PALABRAS]


def reunir_portada() -> dict[str, object]:
    """Costura: aquí se leen las consultas de programas y se arma la Portada."""
    portada = Portada()
    return {**_plano(portada), "sugerencias": _sugerencias(reverse("programas:buscar"))}


def _plano(portada: Portada) -> dict[str, object]:
    return {campo: getattr(portada, campo) for campo in portada.__dataclass_fields__}
