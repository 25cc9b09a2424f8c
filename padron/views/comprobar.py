"""/padron/verificar/: si un recibo o el archivo de un padrón son los que constan aquí. Sin cuenta."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from padron.consultas.comprobacion import Veredicto, juzgar
from padron.consultas.recibo_publico import por_folio
from padron.forms.comprobar import ArchivoForm, ClaveForm, SoloLaHuella, muy_grande

# Lo que una petición trae además del archivo: sus orillas y sus cabeceras.
_DE_MAS = 10_000
# Con qué se calcula una huella en cada sistema, sin instalar nada.
_ORDENES = (
    ("Windows", "certutil -hashfile padron.csv SHA256"),
    ("Linux", "sha256sum padron.csv"),
    ("macOS", "shasum -a 256 padron.csv"),
)


@csrf_exempt  # comparar un archivo no cambia nada ni depende de quién lo pide
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verificar(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _de_un_archivo(request)
    return _de_una_clave(request)


def _de_una_clave(request: HttpRequest) -> HttpResponse:
    clave = ClaveForm(request.GET if "clave" in request.GET else None)
    if not clave.is_bound:
        return _pagina(request, clave=clave)
    if not clave.is_valid():
        return _pagina(request, clave=clave, status=400)
    if clave.sha256:
        return _pagina(
            request,
            clave=clave,
            veredicto=juzgar(clave.sha256, dice_ser=clave.cleaned_data["dice"]),
        )
    if clave.folio and por_folio(clave.folio) is not None:
        return redirect("padron:recibo", folio=clave.folio)
    if clave.folio:
        clave.add_error("clave", _("No hay un recibo publicado con ese folio. Revisa las cifras."))
        return _pagina(request, clave=clave, status=404)
    clave.add_error("clave", _("Escribe el folio o la huella."))
    return _pagina(request, clave=clave, status=400)


def _de_un_archivo(request: HttpRequest) -> HttpResponse:
    """Se mide antes de leer, se lee a trozos y no queda nada."""
    largo = request.META.get("CONTENT_LENGTH") or "0"
    if not largo.isdecimal() or int(largo) > settings.PADRON_COMPROBAR_LIMITE + _DE_MAS:
        formulario = ArchivoForm({})
        formulario.errors["archivo"] = formulario.error_class([muy_grande()])
        return _pagina(request, archivo=formulario, status=422)
    request.upload_handlers = [SoloLaHuella(request)]
    formulario = ArchivoForm(request.POST, request.FILES)
    if not formulario.is_valid():
        return _pagina(request, archivo=formulario, status=422)
    huella = formulario.cleaned_data["archivo"].huella
    return _pagina(request, veredicto=juzgar(huella.sha256, dice_ser=huella.dice_ser))


def _pagina(
    request: HttpRequest,
    *,
    archivo: ArchivoForm | None = None,
    clave: ClaveForm | None = None,
    veredicto: Veredicto | None = None,
    status: int = 200,
) -> HttpResponse:
    contexto = {
        "archivo": archivo or ArchivoForm(),
        "clave": clave or ClaveForm(),
        "veredicto": veredicto,
        "limite": settings.PADRON_COMPROBAR_LIMITE,
        "ordenes": _ORDENES,
    }
    return render(request, "padron/verificar.html", contexto, status=status)
