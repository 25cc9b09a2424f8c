"""Lo que las plantillas de lista necesitan y el admin no da."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_list import ResultList
from django.contrib.admin.views.main import ChangeList
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from sibis.cuentas.permisos import Permiso, puede
from sibis.formatos.fechas import fecha_corta
from sibis.panel import intercambio
from sibis.panel.exportacion import TOPE_DE_HOJA
from sibis.panel.forms import VistaForm
from sibis.panel.listas import DE_PASO, es_de_datos_personales, etiqueta
from sibis.panel.models import VistaGuardada

register = template.Library()


def _consulta(cl: ChangeList) -> str:
    """Filtros, búsqueda y orden de la página, sin en qué hoja va."""
    valores = {k: v for k, v in cl.params.items() if k not in DE_PASO}
    if cl.query:
        valores["q"] = cl.query
    return urlencode(sorted(valores.items()), doseq=True)


@register.inclusion_tag("admin/panel/_vistas.html", takes_context=True)
def vistas_de_lista(context: Context, cl: ChangeList) -> dict[str, Any]:
    """Las vistas guardadas de esta lista, la que está puesta, y guardar la de ahora. Una consulta."""
    usuario, consulta = context["request"].user, _consulta(cl)
    suyas = list(
        VistaGuardada.objects.de(usuario)
        .filter(modelo=etiqueta(cl.model))
        .select_related("usuario", "compartida_con")
    )
    args = [cl.opts.app_label, cl.opts.model_name]
    return {
        "vistas": [(v, v.consulta == consulta, v.usuario_id == usuario.pk) for v in suyas],
        "hay_que_guardar": bool(consulta) and all(v.consulta != consulta for v in suyas),
        "form": VistaForm(usuario=usuario, auto_id="vista_%s"),
        "url": f"{reverse('admin:panel_vista_guardar', args=args)}?{consulta}",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("admin/panel/_salidas.html", takes_context=True)
def salidas_de_lista(context: Context, cl: ChangeList) -> dict[str, Any]:
    """Descargar lo que se ve y, si es un catálogo, cargarlo desde un archivo."""
    request, lista = context["request"], cl.model_admin
    args = [cl.opts.app_label, cl.opts.model_name]
    negada = es_de_datos_personales(lista) and not puede(request.user, Permiso.DATOS_PERSONALES_VER)
    mantiene = lista.has_add_permission(request) or lista.has_change_permission(request)
    return {
        "url": f"{reverse('admin:panel_exportar', args=args)}?{_consulta(cl)}",
        "se_descarga": not negada and cl.result_count > 0,
        "cabe_en_hoja": cl.result_count <= TOPE_DE_HOJA,
        "url_subir": reverse("admin:panel_subir", args=args)
        if intercambio.campos_de(lista) and mantiene
        else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def con_rotulos(resultados: ResultList, cabezas: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """(título de la columna, celda): en un teléfono cada renglón es una ficha que dice qué es cada dato."""
    for cabeza, celda in zip(cabezas, resultados, strict=False):
        es_casilla = "action-checkbox-column" in str(cabeza.get("class_attrib", ""))
        yield "" if es_casilla else str(cabeza["text"]), celda


@register.filter
def dia_corto(dia: datetime.date) -> str:
    """«28 de febrero»; con año solo si no es este."""
    return fecha_corta(dia, hoy=timezone.localdate())
