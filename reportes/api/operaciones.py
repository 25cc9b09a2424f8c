"""Las consultas de la API sobre programas, reglas, convocatorias y centros."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from programas.consultas.busqueda import buscar
from programas.consultas.filtros import opciones
from programas.consultas.publicas import regla_publica
from programas.consultas.resultados import Resultado, resultados_de
from programas.models import Convocatoria, FichaPublica, Programa, ReglaOperacion, Sede
from reportes.api import esquemas, reglas
from reportes.api.cursor import Lista, leer, pagina_de, siguiente_de
from reportes.api.direcciones import absoluta, de_la_api
from reportes.api.filtros import (
    FiltrosDeCentros,
    FiltrosDeConvocatorias,
    FiltrosDeProgramas,
    a_filtros,
    limpio,
)
from sibis.territorio.models import Centro

rutas = Router()
_ID_DE_REGLA = re.compile(r"([a-z0-9-]{1,80})\.(\d{4})\.([1-9]\d{0,3})", re.ASCII)


@rutas.get(
    "programas",
    url_name="programas",
    summary=gettext_noop("Buscar programas y acciones"),
    description=gettext_noop("Los mismos filtros y el mismo orden que el buscador del sitio."),
    response=Lista[esquemas.ProgramaEnLista],
)
def programas(request: HttpRequest, pedidos: Query[FiltrosDeProgramas]) -> dict[str, Any]:
    nombres, pagina = opciones(), int(leer(request, pedidos) or 1)
    filtros = a_filtros(pedidos, nombres, pagina=pagina)
    hallazgos = buscar(filtros, nombres=nombres, cuantas=pedidos.limite)
    hay_mas = pagina * pedidos.limite < hallazgos.total
    return {
        "resultados": [_en_lista(request, r) for r in resultados_de(hallazgos.reglas)],
        "siguiente": siguiente_de(request, pagina + 1) if hay_mas else None,
        "total": hallazgos.total,
    }


def _en_lista(request: HttpRequest, resultado: Resultado) -> dict[str, Any]:
    iguales = (
        "clave", "nombre", "tipo", "dependencia", "ejercicio", "estado", "estado_texto",
        "que_recibes", "para_quien",
    )  # fmt: skip
    return {
        **{campo: getattr(resultado, campo) for campo in iguales},
        "ejercicios": list(resultado.ejercicios),
        "es_demostracion": resultado.demostracion,
        "pagina": absoluta(request, resultado.url),
        "api": de_la_api(request, "programas", resultado.clave),
    }


@rutas.get(
    "programas/{clave}",
    url_name="programa",
    summary=gettext_noop("Un programa, con sus reglas más recientes"),
    description=gettext_noop(
        "Todo lo publicado: apoyos, requisitos, calendario, lugares, fuentes y sus otros años."
    ),
    response=esquemas.Programa,
)
def programa(request: HttpRequest, clave: str) -> dict[str, Any]:
    return reglas.programa(request, _regla(clave))


@rutas.get(
    "reglas/{id}",
    url_name="regla",
    summary=gettext_noop("Las reglas de un año"),
    description=gettext_noop(
        "El identificador es `programa.ejercicio.version`; también vale el de una que se sustituyó."
    ),
    response=esquemas.Regla,
)
def regla(request: HttpRequest, id: str) -> dict[str, Any]:
    partes = _ID_DE_REGLA.fullmatch(id)
    if partes is None:
        raise Http404(_("El identificador de una regla se escribe «programa.2025.1»."))
    return reglas.regla(request, _regla(partes[1], int(partes[2]), int(partes[3])))


def _regla(clave: str, ejercicio: int | None = None, version: int | None = None) -> ReglaOperacion:
    """La pedida o, sin año, la más reciente. Levanta Http404."""
    programa = Programa.objects.filter(clave=clave.replace("\0", " ")).first()
    if programa is None:
        raise Http404(_("No hay un programa con esa clave."))
    try:
        return regla_publica(programa, ejercicio=ejercicio, version=version)
    except ReglaOperacion.DoesNotExist as error:
        raise Http404(
            _("Ese programa no tiene reglas publicadas con ese año y versión.")
        ) from error


@rutas.get(
    "convocatorias",
    url_name="convocatorias",
    summary=gettext_noop("Cuándo se puede pedir cada programa"),
    description=gettext_noop(
        "De la primera que abre a la última, de programas con reglas publicadas."
    ),
    response=Lista[esquemas.Convocatoria],
)
def convocatorias(request: HttpRequest, pedidos: Query[FiltrosDeConvocatorias]) -> dict[str, Any]:
    a_la_vista = FichaPublica.objects.values("programa")
    todas = Convocatoria.objects.filter(programa__in=a_la_vista).select_related("programa")
    if pedidos.programa:
        todas = todas.filter(programa__clave=pedidos.programa)
    if pedidos.ejercicio:
        todas = todas.filter(ejercicio=pedidos.ejercicio)
    if pedidos.abiertas is not None:
        ahora = timezone.now()
        abiertas = Q(modo=Convocatoria.Modo.NORMAL, abre__lte=ahora) & (
            Q(cierra__isnull=True) | Q(cierra__gt=ahora)
        )
        todas = todas.filter(abiertas if pedidos.abiertas else ~abiertas)
    pagina, siguiente, total = pagina_de(request, pedidos, todas, ("abre", "pk"))
    resultados = [reglas.convocatoria(c) for c in pagina]
    return {"resultados": resultados, "siguiente": siguiente, "total": total}


@rutas.get(
    "centros",
    url_name="centros",
    summary=gettext_noop("Centros y lugares de atención, en GeoJSON"),
    description=gettext_noop(
        "Una FeatureCollection que también es una lista: trae `siguiente` y `total`."
    ),
    response=esquemas.Centros,
    openapi_extra={"x-medio": "application/geo+json"},
)
def centros(
    request: HttpRequest, response: HttpResponse, pedidos: Query[FiltrosDeCentros]
) -> dict[str, Any]:
    todos = Centro.objects.publicos().buscar(limpio(pedidos.q))
    if pedidos.tipo:
        todos = todos.del_tipo(*pedidos.tipo)
    if pedidos.alcaldia:
        todos = todos.en_alcaldia(*pedidos.alcaldia)
    if pedidos.programa:
        sedes = Sede.objects.filter(programa__clave=pedidos.programa)
        todos = todos.filter(pk__in=sedes.values("centro"))
    pagina, siguiente, total = pagina_de(request, pedidos, todos, ("clave",))
    rasgos = [_rasgo(request, centro) for centro in pagina]
    response["Content-Type"] = "application/geo+json"
    return {
        "type": "FeatureCollection",
        "features": rasgos,
        "resultados": rasgos,
        "siguiente": siguiente,
        "total": total,
    }


def _rasgo(request: HttpRequest, centro: Centro) -> dict[str, Any]:
    iguales = (
        "clave", "nombre", "tipo", "direccion", "colonia", "alcaldia", "horario", "telefono",
        "servicios", "accesibilidad", "capacidad", "fuente", "fecha_corte", "es_demostracion",
    )  # fmt: skip
    return {
        "type": "Feature",
        "id": centro.clave,
        "geometry": {
            "type": "Point",
            "coordinates": [round(centro.punto.x, 6), round(centro.punto.y, 6)],
        },
        "properties": {
            **{campo: getattr(centro, campo) for campo in iguales},
            "pagina": absoluta(request, reverse("programas:centro", args=[centro.slug])),
        },
    }
