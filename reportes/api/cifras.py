"""Cifras citables y catálogos en la API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from programas.consultas.filtros import FACETAS, opciones
from reportes.api import esquemas_de_numeros as esquemas
from reportes.api.cursor import Lista, Pagina, leer, siguiente_de
from reportes.api.direcciones import absoluta, de_la_api
from reportes.consultas.cifras import Cifra, CifraInexistente, definiciones, leer_id
from reportes.consultas.cifras import cifra as calcular
from sibis.nucleo.cifras import DefinicionDeCifra
from sibis.territorio.models import TipoDeCentro

rutas = Router()

# Cómo se llama cada catálogo en la dirección, y con qué filtro se usa.
CATALOGOS = {
    "derechos": "derecho",
    "grupos": "grupo",
    "apoyos": "apoyo",
    "dependencias": "dependencia",
    "alcaldias": "alcaldia",
    "tipos": "tipo",
    "estados": "estado",
}
TIPOS_DE_CENTRO = "tipos-de-centro"


def _en_paginas(request: HttpRequest, pagina: Pagina, todos: list[Any]) -> dict[str, Any]:
    """Para listas que caben en memoria: el cursor es el lugar del siguiente."""
    desde = int(leer(request, pagina) or 0)
    hasta = desde + pagina.limite
    return {
        "resultados": todos[desde:hasta],
        "siguiente": siguiente_de(request, hasta) if hasta < len(todos) else None,
        "total": len(todos),
    }


@rutas.get(
    "cifras",
    url_name="cifras",
    summary=gettext_noop("Qué cifras hay"),
    description=gettext_noop(
        "Cada una se pide con su clave en `cifras/{id}`, y ahí mismo se agrupa y se filtra."
    ),
    response=Lista[esquemas.DefinicionDeCifra],
)
def cifras(request: HttpRequest, pagina: Query[Pagina]) -> dict[str, Any]:
    return _en_paginas(request, pagina, [_definicion(request, d) for d in definiciones().values()])


def _definicion(request: HttpRequest, definicion: DefinicionDeCifra) -> dict[str, Any]:
    return {
        "clave": definicion.clave,
        "nombre": str(definicion.nombre),
        "unidad": str(definicion.unidad),
        "descripcion": str(definicion.descripcion),
        "dimensiones": list(definicion.dimensiones),
        "filtros": list(definicion.filtros),
        "version": definicion.version,
        "api": de_la_api(request, "cifras", definicion.clave),
    }


@rutas.get(
    "cifras/{path:id}",
    url_name="cifra",
    summary=gettext_noop("Una cifra que se puede citar"),
    description=gettext_noop(
        "El id es `clave;año;por=grupo;filtro=valor`; solo la clave es obligatoria.\n"
        "\n"
        "Sin año se usa el último con datos, y la respuesta trae el id completo: ése se cita. Si al "
        "pedirlo después la huella `sha256` es otra, cambiaron los datos o la forma de contar."
    ),
    response=esquemas.Cifra,
)
def cifra(request: HttpRequest, id: str) -> dict[str, Any]:
    try:
        calculada = calcular(*leer_id(id))
    except CifraInexistente as error:
        raise Http404(str(error)) from error
    return _cifra(request, calculada)


def _cifra(request: HttpRequest, cifra: Cifra) -> dict[str, Any]:
    calculo, peticion = cifra.calculo, cifra.peticion
    una = calculo.filas[0].valor if calculo.filas and not peticion.por else None
    return {
        **_definicion(request, cifra.definicion),
        "id": cifra.id,
        "ejercicio": peticion.ejercicio,
        "por": peticion.por,
        "filtros": dict(peticion.filtros),
        "valor": una,
        "filas": [asdict(fila) for fila in calculo.filas],
        "corte": calculo.corte,
        "origenes": [_origen(request, o.nombre, o.url) for o in calculo.origenes],
        "nota": calculo.nota,
        "sha256": cifra.sha256,
        "api": de_la_api(request, "cifras", cifra.id),
    }


def _origen(request: HttpRequest, nombre: str, url: str) -> dict[str, str]:
    return {"nombre": nombre, "url": absoluta(request, url) if url else ""}


@rutas.get(
    "catalogos",
    url_name="catalogos",
    summary=gettext_noop("Qué catálogos hay"),
    description=gettext_noop("Las claves que usan los filtros."),
    response=Lista[esquemas.Catalogo],
)
def catalogos(request: HttpRequest, pagina: Query[Pagina]) -> dict[str, Any]:
    todos = [
        {
            "nombre": nombre,
            "parametro": parametro,
            "titulo": str(FACETAS[parametro]),
            "api": de_la_api(request, "catalogos", nombre),
        }
        for nombre, parametro in CATALOGOS.items()
    ]
    todos.append(
        {
            "nombre": TIPOS_DE_CENTRO,
            "parametro": "tipo",
            "titulo": str(TipoDeCentro._meta.verbose_name_plural).capitalize(),
            "api": de_la_api(request, "catalogos", TIPOS_DE_CENTRO),
        }
    )
    return _en_paginas(request, pagina, todos)


@rutas.get(
    "catalogos/{nombre}",
    url_name="catalogo",
    summary=gettext_noop("Las claves de un catálogo, con su nombre"),
    description=gettext_noop(
        "`derechos`, `grupos`, `apoyos`, `dependencias`, `alcaldias`, `tipos`, `estados`…"
    ),
    response=Lista[esquemas.Opcion],
)
def catalogo(request: HttpRequest, nombre: str, pagina: Query[Pagina]) -> dict[str, Any]:
    if nombre == TIPOS_DE_CENTRO:
        pares = dict(TipoDeCentro.objects.order_by("clave").values_list("clave", "nombre"))
    elif nombre in CATALOGOS:
        pares = dict(opciones().nombres[CATALOGOS[nombre]])
    else:
        raise Http404(
            _("No hay un catálogo «%(nombre)s». Los que hay: %(si)s.")
            % {"nombre": nombre[:80], "si": ", ".join([*CATALOGOS, TIPOS_DE_CENTRO])}
        )
    return _en_paginas(request, pagina, [{"clave": c, "nombre": n} for c, n in pares.items()])
