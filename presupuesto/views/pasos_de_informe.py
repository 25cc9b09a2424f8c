"""Abrir un informe, dar un paso y abrir una corrección."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from presupuesto.consultas.hoja_de_informe import ultimo_paso
from presupuesto.estados import DEL_SISTEMA, FLUJO_INFORME
from presupuesto.forms.informe import AbrirInformeForm, CorreccionForm, PasoForm
from presupuesto.materia import INFORME
from presupuesto.models import InformeDeAvance
from presupuesto.servicios import informes, revision_de_informes
from presupuesto.views.informes import del_ambito, inicio_de
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.nucleo.estados import Transicion
from sibis.revision.requisitos import lo_que_falta


def _transicion(nombre: str) -> Transicion:
    encontrada = next((t for t in FLUJO_INFORME if t.nombre == nombre), None)
    if encontrada is None or nombre in DEL_SISTEMA:
        raise Http404(_("Esa acción no existe."))
    return encontrada


def _anotar(formulario: forms.Form, error: ErrorDeNegocio) -> None:
    formulario.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))


@require_http_methods(["GET", "HEAD", "POST"])
def paso(request: HttpRequest, pk: int, nombre: str, modelo_admin: ModelAdmin) -> HttpResponse:
    """Confirma y da un paso. Lo que no procede se explica en la misma página, sin cambiar nada."""
    informe, transicion = del_ambito(request, modelo_admin, pk), _transicion(nombre)
    formulario = PasoForm(
        request.POST if request.method == "POST" else None,
        con_motivo=transicion.exige_motivo,
        initial={"visto": ultimo_paso(informe)},
    )
    if request.method == "POST" and formulario.is_valid():
        try:
            revision_de_informes.dar(nombre, informe, por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            _anotar(formulario, error)
        else:
            hecho = _("«%(informe)s»: %(paso)s, listo.")
            messages.success(
                request, hecho % {"informe": INFORME.titulo(informe), "paso": transicion.rotulo}
            )
            return redirect(inicio_de(informe))
    faltan = []
    if informe.estado in transicion.desde and not formulario.errors:
        faltan = lo_que_falta(INFORME, transicion, informe, informe.expediente)
    return _pagina(request, modelo_admin, informe, formulario, transicion, faltan)


def _pagina(
    request: HttpRequest,
    modelo_admin: ModelAdmin,
    informe: InformeDeAvance,
    formulario: forms.Form,
    transicion: Transicion,
    faltan: list[str],
) -> HttpResponse:
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "informe": informe,
        "form": formulario,
        "boton": capfirst(transicion.rotulo),
        "entradilla": transicion.descripcion,
        "faltan": faltan,
        "volver": inicio_de(informe),
        "title": f"{capfirst(transicion.rotulo)}: {INFORME.titulo(informe)}",
        "opts": InformeDeAvance._meta,
    }
    estado = 422 if formulario.errors else 200
    return render(request, "admin/presupuesto/paso_de_informe.html", contexto, status=estado)


@require_http_methods(["GET", "HEAD", "POST"])
def corregir(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """Abre la versión que corrige a un informe aprobado."""
    informe = del_ambito(request, modelo_admin, pk)
    formulario = CorreccionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulario.is_valid():
        try:
            nueva = informes.corregir(
                informe, razon=formulario.cleaned_data["razon"], por=request.user
            )
        except ErrorDeNegocio as error:
            _anotar(formulario, error)
        else:
            messages.success(request, _("Se abrió la corrección. Escribe solo lo que cambia."))
            return redirect(inicio_de(nueva))
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "informe": informe,
        "form": formulario,
        "boton": _("Abrir la corrección"),
        "entradilla": _(
            "Se copia el informe aprobado. El aprobado sigue en el portal hasta que la corrección se "
            "apruebe, y después queda a la vista con su razón."
        ),
        "volver": inicio_de(informe),
        "title": _("Corregir: %(informe)s") % {"informe": INFORME.titulo(informe)},
        "opts": InformeDeAvance._meta,
    }
    estado = 422 if formulario.errors else 200
    return render(request, "admin/presupuesto/paso_de_informe.html", contexto, status=estado)


@require_http_methods(["GET", "HEAD", "POST"])
def abrir(request: HttpRequest, modelo_admin: ModelAdmin) -> HttpResponse:
    """Elegir programa y trimestre; lo demás ya llega puesto."""
    datos = request.POST if request.method == "POST" else None
    formulario = AbrirInformeForm(datos, quien=request.user, initial=_pedido(request))
    if request.method == "POST" and formulario.is_valid():
        try:
            nuevo = informes.abrir(por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            _anotar(formulario, error)
        else:
            messages.success(request, _("Informe abierto con las metas de la regla publicada."))
            return redirect(inicio_de(nuevo))
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "form": formulario,
        "boton": _("Abrir el informe"),
        "entradilla": _(
            "Las cifras son acumuladas desde enero: el del cuarto trimestre es el del año entero."
        ),
        "title": _("Abrir un informe trimestral"),
        "opts": InformeDeAvance._meta,
    }
    estado = 422 if formulario.errors else 200
    return render(request, "admin/presupuesto/paso_de_informe.html", contexto, status=estado)


def _pedido(request: HttpRequest) -> dict[str, str]:
    """Lo que trae el enlace de la cola de trabajo; si no dice nada, vale lo que propone el formulario."""
    return {
        c: v
        for c in ("programa", "ejercicio", "trimestre")
        if (v := request.GET.get(c, "")).isdecimal()
    }
