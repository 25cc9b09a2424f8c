"""Direcciones absolutas, como las necesita quien guarda una respuesta y la lee en otro lado."""

from django.http import HttpRequest
from django.urls import reverse

from programas.models import Programa, ReglaOperacion


def absoluta(request: HttpRequest, ruta: str) -> str:
    return request.build_absolute_uri(ruta)


def de_la_api(request: HttpRequest, *partes: str) -> str:
    """`de_la_api(request, "programas", clave)`."""
    return request.build_absolute_uri("/".join(["/api/v1", *partes]))


def id_de_regla(regla: ReglaOperacion) -> str:
    return f"{regla.programa.clave}.{regla.ejercicio}.{regla.version}"


def pagina_de_programa(request: HttpRequest, programa: Programa) -> str:
    return absoluta(request, reverse("programas:programa", args=[programa.slug]))
