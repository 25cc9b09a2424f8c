"""Páginas del armazón público: portada, servicio, salud y errores."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap
from django.core.exceptions import BadRequest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sibis.portal import contexto, muestrario
from sibis.portal import mapas_del_sitio as mapas
from sibis.portal import salud as comprobaciones

ROBOTS = "User-agent: *\nDisallow: /panel/\nDisallow: /cuenta/\nDisallow: /*formato=\n"


@require_safe
@login_not_required
def inicio(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/inicio.html", contexto.portada())


@require_safe
@login_not_required
def ayuda(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/ayuda.html")


@require_safe
@login_not_required
def accesibilidad(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accesibilidad.html")


@require_safe
@login_not_required
def privacidad(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacidad.html")


@never_cache
@require_safe
@login_not_required
def salud(request: HttpRequest) -> JsonResponse:
    """El proceso vive. No toca la base: si ella cae, matar este proceso no la levanta."""
    return JsonResponse({"estado": "bien"})


@never_cache
@require_safe
@login_not_required
def salud_listo(request: HttpRequest) -> JsonResponse:
    piezas = comprobaciones.comprobar()
    listo = all(valor == comprobaciones.BIEN for valor in piezas.values())
    return JsonResponse(
        {"estado": "listo" if listo else "no listo", **piezas}, status=200 if listo else 503
    )


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    texto = f"{ROBOTS}\nSitemap: {settings.URL_PUBLICA}{reverse('portal:mapas_del_sitio')}\n"
    return HttpResponse(texto, content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
def mapas_del_sitio(request: HttpRequest) -> HttpResponse:
    """El índice: cada mapa lleva a lo más 5,000 direcciones."""
    contexto = {"sitemaps": [{"location": url} for url in mapas.indice()]}
    return render(request, "sitemap_index.xml", contexto, content_type="application/xml")


@require_safe
@login_not_required
def mapa_del_sitio(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap(request, mapas.MAPAS, section=section)


@require_safe
@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/marca.svg"))


@require_safe
@login_not_required
def galeria(request: HttpRequest) -> HttpResponse:
    """Solo con DEBUG: todas las piezas, para revisarlas de un vistazo."""
    return render(request, "portal/galeria.html", muestrario.piezas())


def error_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Solo muestra el motivo si lo escribimos nosotros; el de una librería no es para personas."""
    motivo = str(exception) if type(exception) is BadRequest else ""
    return HttpResponseBadRequest(render_to_string("400.html", {"motivo": motivo}, request=request))


def error_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponseForbidden(render_to_string("403.html", request=request))


def error_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """El motivo acompaña a los 404 nuestros (Http404 con texto); una ruta que no existe no trae."""
    motivo = exception.args[0] if exception and exception.args else ""
    contexto = {"motivo": motivo if isinstance(motivo, str) else ""}
    return HttpResponseNotFound(render_to_string("404.html", contexto, request=request))


def error_500(request: HttpRequest) -> HttpResponse:
    """Sin procesadores de contexto: si lo que falló es la base, esta página no la necesita."""
    return HttpResponseServerError(render_to_string("500.html"))


def error_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponseForbidden(render_to_string("403_csrf.html", request=request))
