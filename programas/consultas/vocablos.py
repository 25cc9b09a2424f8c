"""Los nombres del catálogo de fábrica, en el idioma de la página; los que agrega el panel, en español."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

# Derechos, grupos y tipos de apoyo de programas/datos/catalogos.json.
CONOCIDOS = frozenset(
    {
        gettext_noop("Alimentación"),
        gettext_noop("Salud"),
        gettext_noop("Educación"),
        gettext_noop("Cuidados"),
        gettext_noop("Vivienda y servicios"),
        gettext_noop("Trabajo"),
        gettext_noop("Protección social"),
        gettext_noop("Medio ambiente sano"),
        gettext_noop("Infraestructura social"),
        gettext_noop("Seguridad social"),
        gettext_noop("Igualdad y no discriminación"),
        gettext_noop("Transporte digno"),
        gettext_noop("Mínimo vital"),
        gettext_noop("Vida digna"),
        gettext_noop("Cultura"),
        gettext_noop("Deporte"),
        gettext_noop("Mujeres"),
        gettext_noop("Niñas, niños y adolescentes"),
        gettext_noop("Personas jóvenes"),
        gettext_noop("Personas mayores"),
        gettext_noop("Personas con discapacidad"),
        gettext_noop("Personas LGBTTTI"),
        gettext_noop("Personas migrantes y sujetas de protección internacional"),
        gettext_noop("Personas víctimas"),
        gettext_noop("Personas en situación de calle"),
        gettext_noop("Personas privadas de su libertad"),
        gettext_noop("Personas que residen en instituciones de asistencia social"),
        gettext_noop("Personas afrodescendientes"),
        gettext_noop("Personas de identidad indígena"),
        gettext_noop("Minorías religiosas"),
        gettext_noop("Transferencia monetaria"),
        gettext_noop("Efectivo"),
        gettext_noop("Vales"),
        gettext_noop("En especie"),
        gettext_noop("Servicios"),
        gettext_noop("Capacitación"),
        gettext_noop("Equipamiento"),
        gettext_noop("Subsidio"),
        gettext_noop("Crédito"),
        gettext_noop("Capital semilla"),
        gettext_noop("Seguro"),
        gettext_noop("Apoyo a proyecto colectivo"),
        gettext_noop("Apoyo a personas facilitadoras"),
    }
)


def vocablo(nombre: str) -> str:
    """«Personas mayores» → «Older people» en una página en inglés."""
    return gettext(nombre) if nombre in CONOCIDOS else nombre
