"""La página que explica la API, escrita desde su propio OpenAPI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _
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
        resumen=gettext(operacion["summary"]),
        descripcion=_en_su_idioma(operacion.get("description", "")),
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
        descripcion=_en_su_idioma(parametro.get("description", "")),
        obligatorio=parametro["required"],
    )


def _en_su_idioma(texto: str) -> str:
    """El OpenAPI va en español y lleva Markdown; la página, en el suyo y con comillas."""
    comillas = _("«%(codigo)s»") % {"codigo": r"\1"}
    return _CODIGO.sub(comillas, gettext(texto)) if texto else ""


_CODIGO = re.compile("`([^`]*)`")
_TIPOS = {
    "string": gettext_lazy("texto"),
    "integer": gettext_lazy("número"),
    "boolean": gettext_lazy("true o false"),
}


def _en_palabras(esquema: dict[str, Any]) -> str:
    """«texto», «número, de 1 a 200», «uno de: a, b»."""
    if "anyOf" in esquema:
        return ", ".join(filter(None, map(_en_palabras, esquema["anyOf"])))
    if esquema.get("type") == "array":
        return _("%(tipo)s; se puede repetir") % {"tipo": _en_palabras(esquema["items"])}
    if "enum" in esquema:
        return _("uno de: %(valores)s") % {"valores": ", ".join(map(str, esquema["enum"]))}
    tipo = str(_TIPOS.get(esquema.get("type", ""), ""))
    if "minimum" in esquema and "maximum" in esquema:
        return _("%(tipo)s, de %(menor)s a %(mayor)s") % {
            "tipo": tipo,
            "menor": esquema["minimum"],
            "mayor": esquema["maximum"],
        }
    return tipo
