"""Lo que toda página de la agenda hace primero: ver quién entra y hasta dónde llega."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sibis.agenda.models import Vencimiento
from sibis.cuentas.permisos import Ambito, Permiso, ambito


def ambito_de(request: HttpRequest) -> Ambito:
    """Levanta PermissionDenied si su función no mira la agenda."""
    donde = ambito(request.user, Permiso.AGENDA_VER)
    if not donde:
        raise PermissionDenied(_("Tu función no incluye la agenda."))
    return donde


def vencimiento_de(request: HttpRequest, pk: int) -> Vencimiento:
    """El que pide, si es de su ámbito; si no, no existe."""
    hallado = (
        Vencimiento.objects.del_ambito(ambito_de(request))
        .select_related("obligacion", "dependencia", "expediente", "anotado_por")
        .filter(pk=pk)
        .first()
    )
    if hallado is None:
        raise Http404(_("No hay un plazo con ese número en tu ámbito."))
    return hallado


def pagina(
    request: HttpRequest, plantilla: str, *, status: int = 200, **contexto: Any
) -> HttpResponse:
    todo = {**admin.site.each_context(request), **contexto}
    return render(request, f"admin/agenda/{plantilla}", todo, status=status)
