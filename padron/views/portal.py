"""/padron/, y cada recibo: lo que dice, su documento firmado y su constancia para rehacer la huella."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from padron.consultas import padrones, recibo_publico
from padron.consultas.constancia import canonica
from padron.forms.padrones import PadronesForm
from padron.models import Recibo
from padron.views.csv import respuesta_csv
from sibis.archivos.respuesta import servir
from sibis.documentos.respuesta import guardable, todavia_no


@login_not_required
@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Los padrones que hoy valen; `formato=csv` da los mismos renglones, sin páginas."""
    formulario = PadronesForm(request.GET)
    if not formulario.is_valid():
        raise BadRequest(formulario.en_una_oracion())
    filtros = formulario.filtros()
    if formulario.cleaned_data["formato"] == "csv":
        return respuesta_csv(request, filtros)
    try:
        vista = padrones.lista(filtros, pagina=formulario.cleaned_data["pagina"] or 1)
    except ValueError as error:
        raise Http404(_("Esa página de la lista no existe.")) from error
    return render(request, "padron/inicio.html", {"vista": vista})


@login_not_required
@require_safe
def recibo(request: HttpRequest, folio: str) -> HttpResponse:
    return render(
        request, "padron/recibo_publico.html", {"r": recibo_publico.leer(_publico(folio))}
    )


def _publico(folio: str) -> Recibo:
    suyo = recibo_publico.por_folio(folio)
    if suyo is None:
        raise Http404(
            _(
                "No hay un recibo publicado con ese folio. Se abren cuando el programa está en este sitio."
            )
        )
    return suyo


def _entero(folio: str) -> Recibo:
    """El que se puede dar completo: no trae cuentas de tan pocas personas que se sepa quiénes son."""
    suyo = _publico(folio)
    if not recibo_publico.leer(suyo).cifras.completas:
        raise Http404(
            _(
                "Este recibo trae cuentas de muy pocas personas y no se publica completo. Lo tiene la "
                "dependencia; si te lo dio, aquí se puede comprobar."
            )
        )
    return suyo


def _huella(request: HttpRequest, folio: str) -> str | None:
    suyo = recibo_publico.por_folio(folio)
    return f'"{suyo.archivo.sha256}"' if suyo and suyo.archivo else None


@login_not_required
@require_safe
@guardable
@condition(etag_func=_huella)
def recibo_pdf(request: HttpRequest, folio: str) -> HttpResponseBase:
    suyo = _entero(folio)
    if suyo.archivo is None:
        return todavia_no(request, pagina=reverse("padron:recibo", args=[folio]))
    return servir(suyo.archivo, nombre=suyo.nombre_de_archivo)


@login_not_required
@require_safe
@guardable
def constancia(request: HttpRequest, folio: str) -> HttpResponse:
    """Los bytes exactos de los que sale la huella del recibo: `sha256sum` de esto da la misma."""
    suyo = _entero(folio)
    return HttpResponse(
        canonica(suyo.constancia),
        content_type="application/json",
        headers={"Content-Disposition": f'inline; filename="recibo-{suyo.folio}.json"'},
    )
