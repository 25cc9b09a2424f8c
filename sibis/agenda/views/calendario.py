"""La dirección secreta del calendario de cada quien, y el archivo que lee.

La llave va en la consulta, que los registros no anotan; aquí solo se conoce su huella.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sibis.agenda import lecturas
from sibis.agenda.consultas import ics
from sibis.agenda.consultas.llaves import LARGO_MAXIMO, de_llave, viva_de
from sibis.agenda.servicios import llaves
from sibis.agenda.views.base import ambito_de, pagina
from sibis.cuentas.permisos import Permiso, ambito
from sibis.formatos.icalendario import TIPO_ICS
from sibis.nucleo.errores import ErrorDeNegocio


@require_safe
def direccion(request: HttpRequest) -> HttpResponse:
    ambito_de(request)
    return _pagina(request)


@require_POST
def renovar(request: HttpRequest) -> HttpResponse:
    """La dirección se ve en esta respuesta y en ninguna otra: no se guarda ni viaja en galletas."""
    ambito_de(request)
    try:
        llave = llaves.renovar(por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect("agenda:direccion")
    ruta = f"{reverse('agenda:ics')}?{urlencode({'llave': llave})}"
    anfitrion = settings.URL_PUBLICA.partition("://")[2]
    return _pagina(
        request, url=f"{settings.URL_PUBLICA}{ruta}", url_webcal=f"webcal://{anfitrion}{ruta}"
    )


@require_POST
def cerrar(request: HttpRequest) -> HttpResponse:
    ambito_de(request)
    try:
        llaves.revocar(por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, _("La dirección se cerró: quien la tenga ya no lee tu agenda."))
    return redirect("agenda:direccion")


def _pagina(request: HttpRequest, **contexto: str) -> HttpResponse:
    return pagina(
        request,
        "direccion.html",
        title=_("La agenda en tu calendario"),
        viva=viva_de(request.user),
        **contexto,
    )


@login_not_required
@require_safe
def archivo(request: HttpRequest) -> HttpResponseBase:
    """Lo lee un teléfono, sin sesión. El ámbito es el que la persona tiene hoy, no el de cuando la hizo."""
    llave = de_llave(request.GET.get("llave", "")[:LARGO_MAXIMO].replace("\x00", ""))
    donde = ambito(llave.usuario, Permiso.AGENDA_VER) if llave else None
    if llave is None or not donde:
        raise Http404(_("Ese calendario no existe o se cerró."))
    lecturas.apuntar(llave)
    nombre = _("Plazos, %(sistema)s") % {"sistema": settings.SIBIS_NOMBRE}
    plazos = ics.plazos(donde, hoy=timezone.localdate())
    marca, cambio = ics.etiqueta_de(plazos, nombre=nombre), ics.ultimo_cambio(donde)
    modificado = int(cambio.timestamp()) if cambio else None
    respuesta = get_conditional_response(request, etag=marca, last_modified=modificado)
    if respuesta is None:
        respuesta = HttpResponse(ics.en_ics(plazos, nombre=nombre), content_type=TIPO_ICS)
        respuesta["Content-Disposition"] = 'inline; filename="agenda.ics"'
    respuesta["ETag"] = marca
    if modificado:
        respuesta["Last-Modified"] = http_date(modificado)
    patch_cache_control(respuesta, private=True, max_age=900)
    respuesta["X-Robots-Tag"] = "noindex"
    return respuesta
