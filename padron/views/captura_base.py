"""Lo que toda página de una captura pide primero: que sea de su ámbito y que se pueda leer."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.consultas.periodos import en_palabras
from padron.models import Captura
from sibis.cuentas.permisos import Permiso, puede

_LEIDAS = "capturas_leidas"


def del_ambito(request: HttpRequest, modelo_admin: ModelAdmin, pk: int) -> Captura:
    """La captura si carga padrones de esa dependencia y ve sus datos; si no, no existe."""
    captura = (
        modelo_admin.get_queryset(request)
        .select_related("programa", "dependencia", "carga", "creada_por", "tocada_por")
        .filter(pk=pk)
        .first()
    )
    if captura is None or not puede(
        request.user, Permiso.DATOS_PERSONALES_VER, en=captura.dependencia_id
    ):
        raise Http404(_("No hay una captura con ese número en tu ámbito."))
    return captura


def falta_pedirla(request: HttpRequest, captura: Captura) -> bool:
    """¿Trae lo que otra persona tecleó, y hoy no ha pedido verlo? Un GET no puede anotar la lectura."""
    if request.session.get(_LEIDAS, {}).get(str(captura.pk)) == _hoy():
        return False
    return captura.renglones.puestos().exclude(editado_por=request.user).exists()


def dar_por_leida(request: HttpRequest, captura: Captura) -> None:
    """Por hoy y en esta sesión."""
    leidas = request.session.get(_LEIDAS, {})
    request.session[_LEIDAS] = {k: d for k, d in leidas.items() if d == _hoy()} | {
        str(captura.pk): _hoy()
    }


def _hoy() -> str:
    return timezone.localdate().isoformat()


def url_de(captura: Captura) -> str:
    return reverse("admin:padron_captura_hoja", args=[captura.pk])


def armado(
    request: HttpRequest, modelo_admin: ModelAdmin, captura: Captura, titulo: str = "", **mas: Any
) -> dict[str, Any]:
    return {
        **modelo_admin.admin_site.each_context(request),
        "opts": Captura._meta,
        "captura": captura,
        "periodo": en_palabras(captura.periodo),
        "title": titulo or _("Captura: %(programa)s") % {"programa": captura.programa.nombre},
        "url_captura": url_de(captura),
        **mas,
    }


def sin_guardar(respuesta: HttpResponse) -> HttpResponse:
    """Trae datos de personas: ni el navegador ni un intermediario la guardan."""
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta
