"""La historia de cualquier objeto del panel, para quien puede ver el objeto."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sibis.expedientes.cambios import ediciones_de
from sibis.expedientes.consultas import LIMITE, linea_de_tiempo


@require_safe
def historia(request: HttpRequest, modelo: str, pk: str) -> HttpResponse:
    """/panel/historia/programas.reglaoperacion/12/. Lo ajeno y lo que no existe se contestan igual."""
    panel, objeto = _visible(request, modelo, pk)
    opts = objeto._meta
    lugar = f"admin:{opts.app_label}_{opts.model_name}"
    contexto = {
        **admin.site.each_context(request),
        "title": _("Historia de %(que)s") % {"que": objeto},
        "objeto": objeto,
        "opts": opts,
        "url_lista": reverse(f"{lugar}_changelist"),
        "url_objeto": reverse(f"{lugar}_change", args=[objeto.pk]),
        "renglones": linea_de_tiempo([(opts.label_lower, objeto.pk)]),
        "ediciones": ediciones_de(type(objeto), objeto.pk),
        "limite": LIMITE,
    }
    return render(request, "expedientes/historia.html", contexto)


def _visible(request: HttpRequest, modelo: str, pk: str) -> tuple[admin.ModelAdmin, Any]:
    """El panel de ese modelo decide qué existe para esta persona."""
    no_esta = Http404(_("No hay nada con esa dirección en tu ámbito."))
    try:
        panel = admin.site._registry[apps.get_model(modelo)]
    except (LookupError, ValueError):
        raise no_esta from None
    try:
        objeto = panel.get_object(request, pk)
    except (ValidationError, ValueError):
        raise no_esta from None
    if objeto is None or not panel.has_view_permission(request, objeto):
        raise no_esta
    return panel, objeto
