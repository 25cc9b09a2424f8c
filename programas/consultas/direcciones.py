"""A dónde lleva hoy una dirección de antes: la de un programa que cambió, o la del sitio anterior."""

from __future__ import annotations

import re

from django.urls import reverse

from programas.consultas.resultados import url_de_programa
from programas.models import DireccionAnterior, Programa, ReglaOperacion
from sibis.territorio.models import Alcaldia

_ALCALDIA = re.compile(r"_02CD(0[1-9]|1[0-6])\b")


def slug_vigente(slug: str) -> str | None:
    """El de hoy para uno que ya no se usa o que se escribió con mayúsculas."""
    slug = slug.lower()
    anterior = (
        DireccionAnterior.objects.filter(clase=DireccionAnterior.Clase.SLUG, valor=slug)
        .values_list("programa__slug", flat=True)
        .first()
    )
    return anterior or Programa.objects.filter(slug=slug).values_list("slug", flat=True).first()


def ruta_del_sitio_anterior(tipo: str, numero: str, clave: str) -> str | None:
    """`/detalle_publico/resumen/{tipo}/{numero}/{clave}` del sitio de antes, o None si no consta.

    Manda la clave oficial; el número solo se conoce de las páginas que el catálogo cita.
    """
    reglas = ReglaOperacion.objects.publicadas().filter(clave_oficial=clave.upper())
    halladas = list(reglas.select_related("programa").order_by("-ejercicio")[:2])
    if halladas:
        # La clave de un programa vale varios años; la de una acción trae el suyo.
        ejercicio = halladas[0].ejercicio if len(halladas) == 1 else None
        return url_de_programa(halladas[0].programa, ejercicio)
    anterior = (
        DireccionAnterior.objects.filter(
            clase=DireccionAnterior.Clase.SITIO, valor=f"{tipo}/{numero}"
        )
        .select_related("programa")
        .first()
    )
    return url_de_programa(anterior.programa) if anterior else None


def documento_del_sitio_anterior(numero: str) -> str | None:
    """`/descarga-word/{numero}` del sitio de antes: las mismas reglas, en Word."""
    regla = (
        ReglaOperacion.objects.publicadas()
        .filter(enlace__endswith=f"/descarga-word/{numero}")
        .select_related("programa")
        .order_by("-ejercicio")
        .first()
    )
    if regla is None:
        return None
    return reverse("programas:reglas_docx", args=[regla.programa.slug, regla.ejercicio])


def busqueda_sugerida(clave: str) -> str:
    """Con qué buscar lo que una clave desconocida deja adivinar: la alcaldía que la usaba.

    En las claves del sitio anterior, 02CD01 a 02CD16 son las alcaldías en orden alfabético.
    """
    hallada = _ALCALDIA.search(clave.upper())
    if hallada is None:
        return ""
    nombres = sorted(Alcaldia.objects.values_list("nombre", flat=True), key=_sin_acento)
    numero = int(hallada[1])
    return nombres[numero - 1] if len(nombres) >= numero else ""


def _sin_acento(nombre: str) -> str:
    return nombre.replace("Á", "A").replace("á", "a")
