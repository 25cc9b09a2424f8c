"""La respuesta HTTP de un documento: el archivo, «no ha cambiado», o «todavía no» con qué hacer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from sibis.documentos import servicios
from sibis.documentos.encargos import Argumentos

REINTENTAR = 10  # segundos


def responder(
    request: HttpRequest,
    clave: str,
    argumentos: Argumentos,
    *,
    archivo: str,
    pagina: str,
    adjunto: bool = False,
    espera: float = servicios.ESPERA,
) -> HttpResponseBase:
    """`archivo` es el nombre con que se guarda; `pagina`, donde se lee lo mismo mientras tanto."""
    pedido = servicios.solicitar(clave, argumentos)
    etiqueta = f'"{pedido.huella[:32]}"'
    no_cambio = get_conditional_response(request, etag=etiqueta)
    if no_cambio is not None:
        no_cambio["ETag"] = etiqueta
        return no_cambio
    documento = servicios.entregar(pedido, espera=espera)
    if documento is None:
        return todavia_no(request, pagina=pagina)
    respuesta = FileResponse(
        documento.abrir(), as_attachment=adjunto, filename=archivo, content_type=documento.mime
    )
    respuesta["ETag"] = etiqueta
    respuesta["Last-Modified"] = http_date(documento.hecho_en.timestamp())
    respuesta["Content-Length"] = str(documento.tamano)
    respuesta["X-Content-Type-Options"] = "nosniff"
    return respuesta


def guardable(vista: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Cinco minutos para cualquiera, salvo lo que ya dijo otra cosa: un «todavía no» no se guarda."""

    @wraps(vista)
    def envuelta(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        respuesta = vista(request, *args, **kwargs)
        if not respuesta.has_header("Cache-Control"):
            patch_cache_control(respuesta, public=True, max_age=300)
        return respuesta

    return envuelta


def todavia_no(request: HttpRequest, *, pagina: str) -> HttpResponse:
    """503 y cuándo volver; `pagina` dice lo mismo que dirá el documento."""
    contexto = {"pagina": pagina, "reintentar": request.get_full_path()}
    respuesta = render(request, "documentos/en_preparacion.html", contexto, status=503)
    respuesta["Retry-After"] = str(REINTENTAR)
    respuesta["Cache-Control"] = "no-store"
    return respuesta
