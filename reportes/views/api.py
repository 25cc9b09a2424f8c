"""La página que explica la API, escrita desde su propio OpenAPI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reportes.api.aplicacion import documento
from reportes.api.problemas import TITULOS

# Una dirección de cada una que sí contesta con lo que hay, para probarla desde la página.
EJEMPLOS = {
    "programas": "?q=beca&limite=5",
    "convocatorias": "?abiertas=true",
    "centros": "?limite=5",
    "presupuesto": "?limite=5",
    "indicadores": "?limite=5",
    "cifras": "",
    "catalogos": "",
}
CIFRA_DE_EJEMPLO = "/api/v1/cifras/programas_publicados;por=dependencia"


@dataclass(frozen=True, slots=True)
class Parametro:
    nombre: str
    de_que_tipo: str
    descripcion: str
    obligatorio: bool


@dataclass(frozen=True, slots=True)
class Operacion:
    nombre: str
    ruta: str
    resumen: str
    descripcion: str
    parametros: tuple[Parametro, ...]
    errores: str
    ejemplo: str

    @property
    def peticion(self) -> str:
        return f"GET {self.ruta}"


@login_not_required
@require_safe
def portada(request: HttpRequest) -> HttpResponse:
    contexto = {
        "operaciones": _operaciones(),
        "errores": [(codigo, str(titulo)) for codigo, titulo in TITULOS.items()],
        "por_minuto": settings.API_POR_MINUTO,
    }
    return render(request, "reportes/api.html", contexto)


def _operaciones() -> tuple[Operacion, ...]:
    return tuple(
        _operacion(ruta, operacion)
        for ruta, metodos in documento()["paths"].items()
        for operacion in metodos.values()
    )


def _operacion(ruta: str, operacion: dict[str, Any]) -> Operacion:
    nombre = operacion["operationId"]
    return Operacion(
        nombre=nombre,
        ruta=ruta,
        resumen=operacion["summary"],
        descripcion=_sin_marcas(operacion.get("description", "")),
        parametros=tuple(_parametro(p) for p in operacion["parameters"]),
        errores=", ".join(c for c in operacion["responses"] if c >= "400"),
        ejemplo=_ejemplo(nombre, ruta),
    )


def _ejemplo(nombre: str, ruta: str) -> str:
    if nombre == "cifra":
        return CIFRA_DE_EJEMPLO
    return f"{ruta}{EJEMPLOS[nombre]}" if nombre in EJEMPLOS else ""


def _parametro(parametro: dict[str, Any]) -> Parametro:
    return Parametro(
        nombre=parametro["name"],
        de_que_tipo=_en_palabras(parametro["schema"]),
        descripcion=_sin_marcas(parametro.get("description", "")),
        obligatorio=parametro["required"],
    )


def _sin_marcas(texto: str) -> str:
    """El OpenAPI lleva Markdown; la página, comillas."""
    return _CODIGO.sub(r"«\1»", texto)


_CODIGO = re.compile("`([^`]*)`")
_TIPOS = {"string": "texto", "integer": "número", "boolean": "true o false", "null": ""}


def _en_palabras(esquema: dict[str, Any]) -> str:
    """«texto», «número, de 1 a 200», «uno de: a, b»."""
    if "anyOf" in esquema:
        return ", ".join(filter(None, map(_en_palabras, esquema["anyOf"])))
    if esquema.get("type") == "array":
        return f"{_en_palabras(esquema['items'])}; se puede repetir"
    if "enum" in esquema:
        return f"uno de: {', '.join(map(str, esquema['enum']))}"
    tipo = _TIPOS.get(esquema.get("type", ""), "")
    if "minimum" in esquema and "maximum" in esquema:
        return f"{tipo}, de {esquema['minimum']} a {esquema['maximum']}"
    return tipo
