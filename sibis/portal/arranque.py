"""Lo que cada proceso haría en su primera visita, hecho al arrancar: antes de que alguien espere."""

from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver, reverse
from django.utils import translation

from sibis.portal.condicional import version_del_codigo


def calentar() -> None:
    """Plantillas compiladas, rutas en cada idioma y la huella del código. Sin tocar la base."""
    version_del_codigo()
    for codigo, _nombre in settings.LANGUAGES:
        with translation.override(codigo):
            get_resolver()
            reverse("portal:inicio")
    for carpeta in settings.TEMPLATES[0]["DIRS"]:
        for ruta in sorted(Path(carpeta).rglob("*.html")):
            get_template(str(ruta.relative_to(carpeta)))
