"""El calendario: la página, el archivo para todos y el de cada suscripción."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ciudadania.consultas import propias
from ciudadania.consultas.agenda import agenda, fechas_del_archivo
from ciudadania.forms.suscripcion import AlcanceForm
from programas.consultas.calendario import TIPO_ICS, Suceso, en_ics, etiqueta_de
from programas.consultas.filtros import opciones
from programas.models import Programa

GUARDADO = 60 * 60  # segundos: escribirlo cuesta; su etiqueta dice cuándo ya no vale


def _pedido(request: HttpRequest) -> tuple[AlcanceForm, Programa | None, dict[str, list[str]]]:
    """Levanta BadRequest si un filtro no existe."""
    formulario = AlcanceForm(request.GET, opciones=opciones())
    if not formulario.is_valid():
        raise BadRequest(_("Ese calendario no existe: revisa los filtros de la dirección."))
    return formulario, formulario.cleaned_data["programa"], formulario.perfil()


@login_not_required
@require_safe
def pagina(request: HttpRequest) -> HttpResponse:
    formulario, programa, perfil = _pedido(request)
    contexto: dict[str, Any] = {
        "agenda": agenda(programa, perfil),
        "formulario": formulario,
        "programa": programa,
        "con_filtros": bool(perfil),
    }
    return render(request, "ciudadania/calendario.html", contexto)


@login_not_required
@require_safe
def publico(request: HttpRequest) -> HttpResponseBase:
    """/calendario.ics: todo, o lo que digan los filtros."""
    _formulario, programa, perfil = _pedido(request)
    nombre = programa.nombre if programa else _("Programas sociales de la Ciudad de México")
    respuesta = _archivo(request, fechas_del_archivo(programa, perfil), nombre, "calendario.ics")
    patch_cache_control(respuesta, public=True, max_age=900)
    return respuesta


@login_not_required
@require_safe
def propio(request: HttpRequest) -> HttpResponseBase:
    """El de una suscripción, por su llave, que va en la consulta: los registros no la anotan."""
    suscripcion = propias.de_calendario(request.GET.get("llave", "")[:200].replace("\x00", ""))
    if suscripcion is None:
        raise Http404(_("Ese calendario no existe o se cerró."))
    fechas = fechas_del_archivo(suscripcion.programa, suscripcion.perfil)
    nombre = f"{settings.SIBIS_NOMBRE}: {propias.pedido(suscripcion).de_que}"
    respuesta = _archivo(request, fechas, nombre, "mis-avisos.ics")
    patch_cache_control(respuesta, private=True, max_age=900)
    respuesta["X-Robots-Tag"] = "noindex"
    return respuesta


def _archivo(
    request: HttpRequest, fechas: list[Suceso], nombre: str, archivo: str
) -> HttpResponseBase:
    """304 a quien ya lo tiene, sin escribirlo: los teléfonos preguntan cada pocas horas."""
    marca = etiqueta_de(fechas, nombre=nombre)
    if (breve := get_conditional_response(request, etag=marca)) is not None:
        return breve
    contenido = cache.get_or_set(f"ics:{marca}", lambda: en_ics(fechas, nombre=nombre), GUARDADO)
    respuesta = HttpResponse(contenido, content_type=TIPO_ICS)
    respuesta["Content-Disposition"] = f'inline; filename="{archivo}"'
    respuesta["ETag"] = marca
    return respuesta
