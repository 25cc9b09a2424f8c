"""Lo que la página de una sección pregunta sola: guardar el borrador y avisar que sigue abierta."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programas import presencia
from programas.forms.captura import crudo as c
from programas.servicios import borradores
from programas.servicios.borradores import OtraPestana
from programas.servicios.captura import exigir_captura
from programas.views.captura import Escribiendo, abrir
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso


@require_POST
def borrador(request: HttpRequest, pk: int, seccion: str, modelo_admin: ModelAdmin) -> JsonResponse:
    """Conserva lo tecleado, o solo dice que la página sigue abierta (`latido`).

    Contesta siempre si se guardó y cuándo. Sin sesión contesta 401 (sibis/cuentas/acceso.py).
    """
    e = abrir(request, modelo_admin, pk, seccion)
    try:
        exigir_captura(e.regla.dependencia_id, por=request.user)
        presencia.anotar(pk, e.seccion.clave, usuario=request.user.get_username())
        guardado = {} if "latido" in request.POST else _conservar(e)
    except OtraPestana as error:
        return JsonResponse({"estado": "otra_pestana", "mensaje": error.mensaje}, status=409)
    except SinPermiso as error:
        return JsonResponse({"estado": "negado", "mensaje": error.mensaje}, status=403)
    except ErrorDeNegocio as error:
        return JsonResponse({"estado": "no_guardado", "mensaje": error.mensaje}, status=422)
    return JsonResponse({"estado": "vivo", **_como_va(e), **guardado})


def _conservar(e: Escribiendo) -> dict[str, Any]:
    guardado = borradores.conservar(
        e.regla,
        e.seccion.clave,
        por=e.request.user,
        contenido=c.limpiar(e.request.POST),
        base_edicion=max(e.edicion, 0),
        visto=None if "aqui" in e.request.POST else e.request.POST.get("visto", ""),
    )
    hora = timezone.localtime(guardado.guardado_en)
    return {
        "estado": "guardado",
        "visto": borradores.sello(guardado),
        "mensaje": _("Borrador guardado a las %(hora)s.") % {"hora": f"{hora:%H:%M}"},
    }


def _como_va(e: Escribiendo) -> dict[str, Any]:
    """Quién más está aquí, y si alguien guardó la sección desde que se abrió."""
    yo = e.request.user.get_username()
    aqui = presencia.presentes(e.regla.pk, [e.seccion.clave], salvo=yo)
    edicion = e.regla.ediciones.filter(seccion=e.seccion.clave).select_related("quien").first()
    aviso = ""
    if edicion is not None and edicion.quien is not None and edicion.numero != e.edicion:
        aviso = _(
            "%(quien)s guardó esta sección a las %(hora)s. Al guardar compararás los dos textos."
        ) % {
            "quien": edicion.quien.get_username(),
            "hora": f"{timezone.localtime(edicion.guardada_en):%H:%M}",
        }
    return {"presentes": aqui.get(e.seccion.clave, ()), "aviso": aviso}
