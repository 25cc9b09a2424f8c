"""Por aquí entra toda petición a la API: límite, CORS, versiones y errores con la misma forma."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from reportes.api.limite import Cupo, gastar
from reportes.api.problemas import problema
from reportes.consultas.versiones import Version, version_de, version_de_texto

Vista = Callable[..., HttpResponseBase]
METODOS = "GET, HEAD, OPTIONS"
FORMA = "1"  # sube cuando cambia cómo se escribe una respuesta: nadie se queda con la vieja


def por_la_puerta(vista: Vista, tablas: Iterable[str] = ()) -> Vista:
    """Envuelve una vista de la API. `tablas`: las que lee, de donde sale su versión."""
    leidas = tuple(tablas)

    @csrf_exempt
    @login_not_required
    @wraps(vista)
    def envuelta(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        cupo = gastar(request)
        if cupo and not cupo.alcanza:
            respuesta: HttpResponseBase = _sin_cupo(cupo)
        elif request.method == "OPTIONS":
            respuesta = HttpResponse(status=204, headers={"Allow": METODOS})
        elif request.method not in {"GET", "HEAD"}:
            respuesta = problema(405, _("Se consulta con GET; aquí no se envía nada."))
            respuesta["Allow"] = METODOS
        else:
            respuesta = _leer(request, vista, leidas, *args, **kwargs)
        return _encabezar(respuesta, cupo)

    return envuelta


def _leer(
    request: HttpRequest, vista: Vista, tablas: tuple[str, ...], *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """Con tablas, el 304 se sabe sin hacer nada; sin ellas, comparando lo que se escribió."""
    if not tablas:
        respuesta = _como_get(request, vista, *args, **kwargs)
        if respuesta.status_code != 200:
            return respuesta
        version = version_de_texto(respuesta.content)  # type: ignore[attr-defined]
        return _con_version(request, version, lambda: respuesta)
    return _con_version(
        request, version_de(tablas), lambda: _como_get(request, vista, *args, **kwargs)
    )


def _con_version(
    request: HttpRequest, version: Version, hacer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    etiqueta = _etiqueta(request, version)
    visto = int(version.modificado.timestamp())
    respuesta = get_conditional_response(request, etag=etiqueta, last_modified=visto) or hacer()
    if respuesta.status_code in {200, 304}:
        respuesta["ETag"] = etiqueta
        respuesta["Last-Modified"] = http_date(visto)
        respuesta["Cache-Control"] = "public, max-age=60"
    return respuesta


def _como_get(request: HttpRequest, vista: Vista, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """HEAD es el mismo GET; el servidor quita el cuerpo."""
    metodo, request.method = request.method, "GET"
    try:
        return vista(request, *args, **kwargs)
    finally:
        request.method = metodo


def _etiqueta(request: HttpRequest, version: Version) -> str:
    """Débil: dice que los datos son los mismos, no que cada byte lo es."""
    pedido = f"{FORMA}|{version.huella}|{request.build_absolute_uri()}"
    return f'W/"{hashlib.sha256(pedido.encode()).hexdigest()[:32]}"'


def _sin_cupo(cupo: Cupo) -> HttpResponse:
    respuesta = problema(
        429,
        _("Pasaste de %(limite)s peticiones por minuto. Espera %(segundos)s segundos.")
        % {"limite": cupo.limite, "segundos": cupo.esperar},
    )
    respuesta["Retry-After"] = str(cupo.esperar)
    return respuesta


def _encabezar(respuesta: HttpResponseBase, cupo: Cupo | None) -> HttpResponseBase:
    respuesta["Access-Control-Allow-Origin"] = "*"
    respuesta["Access-Control-Allow-Methods"] = METODOS
    respuesta["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    respuesta["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
    respuesta["Access-Control-Max-Age"] = "86400"
    if cupo:
        respuesta["RateLimit-Limit"] = str(cupo.limite)
        respuesta["RateLimit-Remaining"] = str(cupo.quedan)
    if respuesta.status_code >= 400:
        respuesta["Cache-Control"] = "no-store"
    return respuesta
