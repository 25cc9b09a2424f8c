"""El recibo firmado, para quien carga o confirma en su dependencia: completo, aunque sean pocas personas."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from padron.consultas.recibo_publico import visible
from sibis.archivos.respuesta import servir
from sibis.documentos.respuesta import todavia_no


@require_safe
def pdf(request: HttpRequest, folio: str) -> HttpResponseBase:
    """Lo ajeno y lo que no existe se contestan igual."""
    suyo = visible(request.user, folio)  # type: ignore[arg-type]
    if suyo is None:
        raise Http404(_("No hay un recibo con ese folio en tu ámbito."))
    if suyo.archivo is None:
        return todavia_no(request, pagina=reverse("admin:index"))
    return servir(suyo.archivo, nombre=suyo.nombre_de_archivo)
