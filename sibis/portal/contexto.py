"""Lo que toda página pública necesita, y lo que reúne la portada de las aplicaciones de abajo."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from presupuesto.consultas.vistazo import vistazo
from programas.consultas.portada import panorama
from sibis.portal import idiomas, silueta

TEMAS = ("institucional", "neutro", "veda")

# Solo entran al menú las que existen: una página por venir no se anuncia.
SECCIONES = (
    (_("Programas"), "programas:buscar"),
    (_("Presupuesto"), "presupuesto:panorama"),
    (_("Mapa"), "reportes:mapa"),
    (_("Centros"), "programas:centros"),
    (_("Histórico"), "programas:historico"),
    (_("Calendario"), "ciudadania:calendario"),
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
        presentes.append((str(titulo), url, ruta.startswith(url)))
    return presentes


def comun(request: HttpRequest) -> dict[str, object]:
    """Procesador de contexto. No consulta la base: también pinta las páginas de error."""
    tema = settings.SIBIS_TEMA
    return {
        "sitio": Sitio(
            nombre=settings.SIBIS_NOMBRE,
            subtitulo=settings.SIBIS_SUBTITULO,
            telefono=settings.SIBIS_TELEFONO,
        ),
        "tema": tema if tema in TEMAS else TEMAS[0],
        "hay_demostracion": settings.SIBIS_DEMOSTRACION,
        "secciones": _secciones(request.path),
        "idiomas": idiomas.versiones(request),
        "en_espanol": idiomas.marca_de_espanol(),
        "url_publica": settings.URL_PUBLICA,
    }


def _sugerencias(url_buscar: str) -> list[tuple[str, str]]:
    """Se leen en el idioma de la página y se buscan en español, que es como están los programas."""
    with translation.override(settings.LANGUAGE_CODE):
        buscadas = [str(palabra) for palabra in PALABRAS]
    return [
        (str(palabra), f"{url_buscar}?{urlencode({'q': buscada})}")
        for palabra, buscada in zip(PALABRAS, buscadas, strict=True)
    ]


def portada() -> dict[str, object]:
    """Lo que pinta portal/inicio.html. Cada (nombre, url, total) es un enlace a la búsqueda."""
    vista = panorama()
    dibujadas = silueta.dibujar(
        totales={a.clave: a.total for a in vista.alcaldias},
        url_de={a.clave: a.url for a in vista.alcaldias},
    )
    return {
        "total_programas": vista.total_programas,
        "total_dependencias": vista.total_dependencias,
        "abiertos": vista.abiertos,
        "derechos": [(d.nombre, d.url, d.total) for d in vista.derechos],
        "grupos": [(g.nombre, g.url, g.total) for g in vista.grupos],
        "alcaldias": dibujadas,
        "lienzo": silueta.lienzo(),
        "anios": vista.anios,
        "presupuesto": vistazo(),
        "fecha_corte": vista.fecha_corte,
        "sugerencias": _sugerencias(reverse("programas:buscar")),
    }
