"""Datos abiertos: la página, el diccionario y los archivos."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reportes.consultas.conjuntos import CONJUNTOS, Conjunto
from reportes.consultas.dcat import catalogo as armar_catalogo
from reportes.consultas.publicacion import (
    FORMATOS,
    anotar_tamano,
    publicado,
    publicados,
    version_del_conjunto,
)
from reportes.consultas.versiones import Version
from reportes.exportacion.copia import Descarga, csv_de, geojson_de, hay_lugar
from reportes.exportacion.guardados import NoCabe, NoSeHizo, preparar

MINUTO = 60
COLUMNAS_DEL_DICCIONARIO = ("conjunto", "columna", "tipo", "unidad", "descripcion")


@login_not_required
@require_safe
def datos(request: HttpRequest) -> HttpResponse:
    return render(request, "reportes/datos.html", {"publicados": publicados(), **_licencia()})


@login_not_required
@require_safe
def conjunto(request: HttpRequest, conjunto: str) -> HttpResponse:
    """Lo que trae, columna por columna, y cómo citarlo."""
    elegido = publicado(_elegido(conjunto))
    return render(request, "reportes/conjunto.html", {"publicado": elegido, **_licencia()})


@login_not_required
@require_safe
def archivo(request: HttpRequest, conjunto: str, formato: str) -> HttpResponseBase:
    """El archivo, o 304 si quien lo pide ya tiene esa versión."""
    elegido = _elegido(conjunto)
    if formato not in elegido.formatos:
        raise Http404(
            _("«%(titulo)s» se descarga en: %(formatos)s.")
            % {"titulo": elegido.titulo, "formatos": ", ".join(elegido.formatos)}
        )
    marca = _con_marca(request)
    version = version_del_conjunto(elegido)
    etiqueta = f'"{version.corta}-{formato}{"" if marca else "-sin-marca"}"'
    visto = version.modificado.timestamp()
    respuesta = get_conditional_response(request, etag=etiqueta, last_modified=int(visto))
    if respuesta is None:
        respuesta = _respuesta(request, elegido, formato, version, marca)
    if respuesta.status_code in {200, 304}:
        _encabezar(respuesta, etiqueta, version)
    return respuesta


def _elegido(clave: str) -> Conjunto:
    if clave not in CONJUNTOS:
        raise Http404(_("No hay un conjunto de datos con ese nombre."))
    return CONJUNTOS[clave]


def _con_marca(request: HttpRequest) -> bool:
    """`?bom=0` quita la marca UTF-8 que Excel necesita y a otros programas les estorba."""
    pedido = request.GET.get("bom", "1")
    if pedido not in {"0", "1"}:
        raise BadRequest(_("«bom» es 1 (con marca para Excel) o 0 (sin ella)."))
    return pedido == "1"


def _encabezar(respuesta: HttpResponseBase, etiqueta: str, version: Version) -> None:
    respuesta["ETag"] = etiqueta
    respuesta["Last-Modified"] = http_date(version.modificado.timestamp())
    respuesta["Cache-Control"] = f"public, max-age={MINUTO}"
    respuesta["Access-Control-Allow-Origin"] = "*"
    respuesta["X-Accel-Expires"] = (
        "0"  # un archivo grande no desplaza las páginas del intermediario
    )
    respuesta["Link"] = f'<{settings.DATOS_LICENCIA_URL}>; rel="license"'


def _respuesta(
    request: HttpRequest, conjunto: Conjunto, formato: str, version: Version, marca: bool
) -> HttpResponseBase:
    _nombre, medio, _para = FORMATOS[formato]
    tipo = f"{medio}; charset=utf-8" if formato == "csv" else medio
    adjunto = {"Content-Disposition": f'attachment; filename="{conjunto.clave}.{formato}"'}
    if request.method == "HEAD":
        return HttpResponse(content_type=tipo, headers=adjunto)
    if formato in {"parquet", "xlsx"}:
        return _guardado(request, conjunto, formato, version, tipo, adjunto)
    if not hay_lugar():
        return _ocupado(request)
    bloques = (
        csv_de(conjunto.consulta(sin_formulas=True), marca=marca)
        if formato == "csv"
        else geojson_de(conjunto.rasgos())
    )
    descarga = Descarga(bloques, al_completar=lambda n: anotar_tamano(version, formato, n, marca))
    return StreamingHttpResponse(descarga, content_type=tipo, headers=adjunto)


def _guardado(
    request: HttpRequest,
    conjunto: Conjunto,
    formato: str,
    version: Version,
    tipo: str,
    adjunto: dict[str, str],
) -> HttpResponseBase:
    try:
        ruta = preparar(conjunto, formato, version)
    except NoCabe as error:
        raise BadRequest(str(error)) from error
    except NoSeHizo as error:
        return _ocupado(request, str(error))
    return FileResponse(default_storage.open(ruta), content_type=tipo, headers=adjunto)


def _ocupado(request: HttpRequest, motivo: str = "") -> HttpResponse:
    motivo = motivo or _("Hay varias descargas grandes a la vez. Intenta de nuevo en un minuto.")
    respuesta = render(request, "reportes/ocupado.html", {"motivo": motivo}, status=503)
    respuesta["Retry-After"] = str(MINUTO)
    return respuesta


@login_not_required
@require_safe
def catalogo(request: HttpRequest) -> HttpResponse:
    """DCAT en JSON-LD, para que otros portales lo cosechen."""
    contenido = json.dumps(armar_catalogo(publicados()), ensure_ascii=False, indent=1)
    respuesta = HttpResponse(contenido, content_type="application/ld+json")
    respuesta["Access-Control-Allow-Origin"] = "*"
    return respuesta


@login_not_required
@require_safe
def diccionario(request: HttpRequest, formato: str) -> HttpResponse:
    """Todas las columnas de todos los conjuntos."""
    renglones = list(_renglones_del_diccionario())
    if formato == "json":
        respuesta = HttpResponse(
            json.dumps(renglones, ensure_ascii=False, indent=1), content_type="application/json"
        )
    elif formato == "csv":
        respuesta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        escritor = csv.DictWriter(respuesta, COLUMNAS_DEL_DICCIONARIO)
        escritor.writeheader()
        escritor.writerows(renglones)
    else:
        raise Http404(_("El diccionario se descarga en csv o en json."))
    respuesta["Access-Control-Allow-Origin"] = "*"
    return respuesta


def _renglones_del_diccionario() -> Iterator[dict[str, str]]:
    for elegido in CONJUNTOS.values():
        for columna in elegido.columnas:
            valores = (elegido.clave, columna.nombre, columna.tipo.value)
            textos = (str(columna.unidad), str(columna.descripcion))
            yield dict(zip(COLUMNAS_DEL_DICCIONARIO, (*valores, *textos), strict=True))


def _licencia() -> dict[str, Any]:
    return {"licencia": settings.DATOS_LICENCIA, "licencia_url": settings.DATOS_LICENCIA_URL}
