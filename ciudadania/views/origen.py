"""Que lo que cambia algo se pida desde este sitio, sin galletas de por medio."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

Vista = Callable[..., HttpResponse]
_DE_AQUI = {"same-origin", "none"}


def solo_desde_aqui(vista: Vista) -> Vista:
    """En lugar de la galleta de CSRF: sin sesión no hay autoridad ajena que robar, así que basta saber
    que ningún otro sitio llenó el formulario por alguien. Lo dicen `Sec-Fetch-Site` y `Origin`, que
    pone el navegador y una página no puede cambiar.
    """

    @csrf_exempt
    @wraps(vista)
    def cuidada(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} and not viene_de_aqui(request):
            raise PermissionDenied(_("Ese formulario se llenó en otro sitio."))
        return vista(request, *args, **kwargs)

    return cuidada


def viene_de_aqui(request: HttpRequest) -> bool:
    sitio = request.headers.get("Sec-Fetch-Site")
    if sitio is not None:
        return sitio in _DE_AQUI
    origen = request.headers.get("Origin") or _origen(request.headers.get("Referer", ""))
    # Sin ninguna de las tres no es un navegador: no hay a quién engañar.
    return not origen or origen in _nuestros(request)


def _nuestros(request: HttpRequest) -> set[str]:
    propio = f"{request.scheme}://{request.get_host()}"
    return {propio, *settings.CSRF_TRUSTED_ORIGINS}


def _origen(referencia: str) -> str:
    partes = urlsplit(referencia)
    return f"{partes.scheme}://{partes.netloc}" if partes.netloc else ""
