"""La regla que pide una página del panel, si es de su ámbito."""

from __future__ import annotations

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from programas.models import ReglaOperacion


def regla_del_panel(request: HttpRequest, modelo_admin: ModelAdmin, pk: int) -> ReglaOperacion:
    """La regla si es de su ámbito; si no, no existe."""
    suyas = modelo_admin.get_queryset(request).select_related(
        "programa", "dependencia", "expediente", "copiada_de"
    )
    regla: ReglaOperacion | None = suyas.filter(pk=pk).first()
    if regla is None:
        raise Http404(_("No hay una regla con ese número en tu ámbito."))
    return regla
