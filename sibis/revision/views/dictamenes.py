"""El dictamen en PDF: en el panel para quien ve el expediente, y para cualquiera si ya se publicó."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_http_methods, require_safe

from sibis.archivos.respuesta import servir
from sibis.documentos.respuesta import guardable, todavia_no
from sibis.revision.consultas import dictamen as consultas
from sibis.revision.consultas.verificacion import comparar
from sibis.revision.forms import LIMITE, ComprobarForm, muy_grande
from sibis.revision.models import Dictamen

# Lo que una petición trae además del archivo: sus orillas y sus cabeceras.
_DE_MAS = 10_000


@require_safe
def del_panel(request: HttpRequest, folio: str) -> HttpResponseBase:
    """Lo ajeno y lo que no existe se contestan igual."""
    suyo = consultas.visibles(request.user).filter(folio=folio).first()  # type: ignore[arg-type]
    if suyo is None:
        raise Http404(_("No hay un dictamen con ese folio en tu ámbito."))
    return _servir(request, suyo, mientras=suyo.expediente.url or reverse("admin:index"))


def _publico(folio: str) -> Dictamen:
    suyo = consultas.publico(folio)
    if suyo is None:
        raise Http404(
            _("No hay un dictamen publicado con ese folio. Se abren al publicarse lo dictaminado.")
        )
    return suyo


@csrf_exempt  # comparar un archivo no cambia nada ni depende de quién lo pide
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def pagina(request: HttpRequest, folio: str) -> HttpResponse:
    """/dictamenes/EVALUA/2026/0007/: qué dice el registro, y si el archivo que tienes es ese."""
    suyo = _publico(folio)
    contexto = {
        "dictamen": suyo,
        "url_del_asunto": consultas.url_del_asunto(suyo),
        "orden": f"sha256sum {nombre_de_archivo(suyo)}",
        "form": ComprobarForm(),
        "cotejado": None,
    }
    if request.method != "POST":
        return render(request, "revision/dictamen_publico.html", contexto)
    return _comprobado(request, suyo, contexto)


def _comprobado(request: HttpRequest, suyo: Dictamen, contexto: dict[str, object]) -> HttpResponse:
    largo = request.META.get("CONTENT_LENGTH") or "0"
    if not largo.isdecimal() or int(largo) > LIMITE + _DE_MAS:  # antes de leerlo
        formulario = ComprobarForm({})
        formulario.add_error("archivo", muy_grande())
        formulario.errors["archivo"] = formulario.errors["archivo"][-1:]
    else:
        formulario = ComprobarForm(request.POST, request.FILES)
    if not formulario.is_valid():
        return render(
            request, "revision/dictamen_publico.html", {**contexto, "form": formulario}, status=422
        )
    contexto["cotejado"] = comparar(suyo, formulario.cleaned_data["archivo"].chunks())
    return render(request, "revision/dictamen_publico.html", contexto)


def _huella(request: HttpRequest, folio: str) -> str | None:
    suyo = consultas.publico(folio)
    return f'"{suyo.archivo.sha256}"' if suyo and suyo.archivo else None


@login_not_required
@require_safe
@guardable
@condition(etag_func=_huella)
def pdf(request: HttpRequest, folio: str) -> HttpResponseBase:
    suyo = _publico(folio)
    return _servir(request, suyo, mientras=reverse("dictamenes:pagina", args=[folio]))


def nombre_de_archivo(dictamen: Dictamen) -> str:
    return f"dictamen-{dictamen.folio.replace('/', '-')}.pdf"


def _servir(request: HttpRequest, dictamen: Dictamen, *, mientras: str) -> HttpResponseBase:
    """El archivo guardado, tal cual; si el trabajador aún no lo hace, se dice y se puede reintentar."""
    if dictamen.archivo is None:
        return todavia_no(request, pagina=mientras)
    return servir(dictamen.archivo, nombre=nombre_de_archivo(dictamen))
