"""Lo que toda página de una carga pide primero: que sea de su ámbito, y con qué se pinta."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from padron.consultas.hoja_de_carga import Hoja
from padron.models import Carga

_CON = (
    "programa",
    "dependencia",
    "regla__programa",
    "pasada",
    "archivo",
    "sustituye",
    "cargada_por",
    "presentada_por",
    "devuelta_por",
    "aplicada_por",
    "cancelada_por",
)


def del_ambito(request: HttpRequest, modelo_admin: ModelAdmin, pk: int) -> Carga:
    """La carga si es de su ámbito; si no, no existe."""
    carga = modelo_admin.get_queryset(request).select_related(*_CON).filter(pk=pk).first()
    if carga is None:
        raise Http404(_("No hay una carga con ese número en tu ámbito."))
    return carga


def contexto(
    request: HttpRequest, modelo_admin: ModelAdmin, hoja: Hoja, **mas: Any
) -> dict[str, Any]:
    return {
        **modelo_admin.admin_site.each_context(request),
        "opts": Carga._meta,
        "hoja": hoja,
        "carga": hoja.carga,
        "title": f"{hoja.carga.programa.nombre}: {hoja.periodo}, {hoja.carga.ejercicio}",
        **mas,
    }
