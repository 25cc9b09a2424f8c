"""Plantillas y validadores: la lista pública, la del panel y sus descargas."""

from __future__ import annotations

import datetime

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from padron.consultas import plantillas, validadores
from padron.consultas.regla import SinRegla
from programas.models import ReglaOperacion
from sibis.cuentas.permisos import Ambito, Permiso, ambito

PERMISOS = (Permiso.PADRON_CARGAR, Permiso.PADRON_CONFIRMAR)


# --- Públicas


@login_not_required
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Las de lo publicado, del año que se pida."""
    contexto = _por_anio(request, plantillas.con_plantilla())
    return render(request, "padron/plantillas.html", contexto)


@login_not_required
@require_safe
def archivo(request: HttpRequest, slug: str, ejercicio: int, extension: str) -> HttpResponseBase:
    try:
        regla = plantillas.publicada_de(slug, ejercicio)
    except SinRegla as error:
        raise Http404(_("No hay reglas publicadas de ese programa en ese ejercicio.")) from error
    return _descargar(request, regla, extension)


# --- Del panel


@require_safe
def lista_del_panel(request: HttpRequest) -> HttpResponse:
    contexto = {
        **admin.site.each_context(request),
        **_por_anio(request, plantillas.con_plantilla(_ambito(request))),
        "title": _("Plantillas de padrón"),
    }
    return render(request, "admin/padron/plantillas.html", contexto)


@require_safe
def pagina_del_panel(request: HttpRequest, programa: int, ejercicio: int) -> HttpResponse:
    formato = plantillas.formato_de(_suya(request, programa, ejercicio))
    hechos = validadores.hechos(formato.regla.programa, formato.hechos)
    contexto = {
        **admin.site.each_context(request),
        "formato": formato,
        "validadores": [(v, datetime.date.fromisoformat(v.empacado)) for v in hechos],
        "title": _("Plantilla y validador: %(regla)s, %(ejercicio)s")
        % {"regla": formato.hechos.nombre, "ejercicio": ejercicio},
    }
    return render(request, "admin/padron/plantilla.html", contexto)


@require_safe
def archivo_del_panel(
    request: HttpRequest, programa: int, ejercicio: int, extension: str
) -> HttpResponseBase:
    return _descargar(request, _suya(request, programa, ejercicio), extension)


@require_safe
def validador(
    request: HttpRequest, programa: int, ejercicio: int, plataforma: str
) -> HttpResponseBase:
    formato = plantillas.formato_de(_suya(request, programa, ejercicio))
    hallado = validadores.uno(formato.regla.programa, formato.hechos, plataforma)
    if hallado is None:
        raise Http404(_("No hay un validador hecho para ese sistema."))
    return FileResponse(
        hallado.ruta.open("rb"),
        as_attachment=True,
        filename=hallado.ruta.name,
        content_type="application/octet-stream",
    )


RUTAS_DEL_PANEL = (
    ("padron/plantillas/", lista_del_panel, "padron_plantillas"),
    (
        "padron/plantillas/<int:programa>/<ejercicio:ejercicio>/",
        pagina_del_panel,
        "padron_plantilla",
    ),
    (
        "padron/plantillas/<int:programa>/<ejercicio:ejercicio>/plantilla.<extension_de_tabla:extension>",
        archivo_del_panel,
        "padron_plantilla_archivo",
    ),
    (
        "padron/plantillas/<int:programa>/<ejercicio:ejercicio>/validador/<slug:plataforma>/",
        validador,
        "padron_validador",
    ),
)


def _ambito(request: HttpRequest) -> Ambito:
    """Donde carga o confirma padrones; si no hace ninguna de las dos, no entra."""
    suyos = [ambito(request.user, p) for p in PERMISOS]
    todas = any(a.todas for a in suyos)
    reunido = Ambito(todas, frozenset().union(*(a.dependencias for a in suyos)))
    if not reunido:
        raise PermissionDenied(_("Tu función no carga ni confirma padrones."))
    return reunido


def _suya(request: HttpRequest, programa: int, ejercicio: int) -> ReglaOperacion:
    try:
        return plantillas.del_ambito(_ambito(request), programa, ejercicio)
    except SinRegla as error:
        raise Http404(_("No hay una regla con ese número en tu ámbito.")) from error


def _por_anio(request: HttpRequest, reglas: list[ReglaOperacion]) -> dict[str, object]:
    """El año que se pide si lo hay; si no, el más nuevo."""
    anios = sorted({r.ejercicio for r in reglas}, reverse=True)
    pedido = request.GET.get("ejercicio", "")
    elegido = int(pedido) if pedido.isascii() and pedido.isdigit() and len(pedido) == 4 else 0
    if elegido not in anios:
        elegido = anios[0] if anios else 0
    return {
        "anios": anios,
        "ejercicio": elegido,
        "reglas": [r for r in reglas if r.ejercicio == elegido],
    }


def _descargar(request: HttpRequest, regla: ReglaOperacion, extension: str) -> HttpResponseBase:
    hecho = plantillas.archivo_de(regla, extension)
    no_cambio = get_conditional_response(request, etag=hecho.etiqueta)
    if no_cambio is not None:
        no_cambio["ETag"] = hecho.etiqueta
        return no_cambio
    respuesta = HttpResponse(hecho.contenido, content_type=hecho.tipo)
    respuesta["Content-Disposition"] = f'attachment; filename="{hecho.nombre}"'
    respuesta["ETag"] = hecho.etiqueta
    return respuesta
