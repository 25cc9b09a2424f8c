"""Lo que comparten las páginas que corrigen una carga: de quién es, si se puede y su encabezado."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from padron.consultas.filas import Contexto, contexto_de, hay_sin_revisar
from padron.estados import EstadoCarga
from padron.models import Carga
from padron.servicios.lecturas import ve_datos
from sibis.cuentas.permisos import Permiso, puede


def del_ambito(request: HttpRequest, modelo_admin: ModelAdmin, pk: int) -> Contexto:
    """La carga, ya revisada al menos una vez, si es de su ámbito; si no, no existe."""
    consulta = modelo_admin.get_queryset(request).select_related(
        "programa", "dependencia", "pasada__regla__programa"
    )
    carga = consulta.filter(pk=pk).first()
    contexto = contexto_de(carga) if carga is not None else None
    if contexto is None:
        raise Http404(_("No hay una carga revisada con ese número en tu ámbito."))
    return contexto


def puede_cargar(request: HttpRequest, carga: Carga) -> bool:
    return puede(request.user, Permiso.PADRON_CARGAR, en=carga.dependencia_id)


def se_corrige(request: HttpRequest, carga: Carga) -> bool:
    """Mientras está por revisar, y solo quien carga."""
    return carga.estado == EstadoCarga.POR_REVISAR and puede_cargar(request, carga)


def exigir_que_cargue(request: HttpRequest, carga: Carga) -> None:
    if not puede_cargar(request, carga):
        raise PermissionDenied(_("Solo el enlace de la dependencia corrige sus padrones."))


def armado(
    request: HttpRequest, modelo_admin: ModelAdmin, contexto: Contexto, titulo: str, **mas: Any
) -> dict[str, Any]:
    carga = contexto.carga
    return {
        **modelo_admin.admin_site.each_context(request),
        "opts": Carga._meta,
        "carga": carga,
        "title": titulo,
        "url_carga": url_de(carga),
        "se_corrige": se_corrige(request, carga),
        "ve_datos": ve_datos(request.user, carga),
        "sin_revisar": hay_sin_revisar(carga),
        **mas,
    }


def url_de(carga: Carga) -> str:
    return reverse("admin:padron_carga_change", args=[carga.pk])
