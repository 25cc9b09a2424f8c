"""Las jornadas en el panel: planearlas, mirarlas, cambiarlas y darles un paso."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from padron.consultas.hoja_de_jornada import hoja_de, url_de
from padron.consultas.reparto_de_letras import TramoDeLetras, repartir
from padron.estados_de_entrega import FLUJO_JORNADA
from padron.forms.entregas import BuscarPersonaForm
from padron.forms.jornadas import CambiarJornadaForm, CrearJornadasForm, PasoDeJornadaForm
from padron.models import JornadaDeEntrega
from padron.servicios import jornadas
from sibis.nucleo.errores import ErrorDeNegocio


def del_ambito(request: HttpRequest, modelo_admin: ModelAdmin, pk: int) -> JornadaDeEntrega:
    """La jornada si es de su ámbito; si no, no existe."""
    jornada = modelo_admin.get_queryset(request).con_lugar().filter(pk=pk).first()
    if jornada is None:
        raise Http404(_("No hay una jornada con ese número en tu ámbito."))
    return jornada


def pintar(
    request: HttpRequest,
    modelo_admin: ModelAdmin,
    plantilla: str,
    contexto: dict[str, Any],
    *,
    estado: int = 200,
) -> HttpResponse:
    todo = {
        **modelo_admin.admin_site.each_context(request),
        "opts": JornadaDeEntrega._meta,
        **contexto,
    }
    respuesta = render(request, f"admin/padron/{plantilla}", todo, status=estado)
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def anotar_error(formulario: forms.Form, error: ErrorDeNegocio) -> None:
    formulario.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))


@require_safe
def jornada(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    suya = del_ambito(request, modelo_admin, pk)
    contexto = {
        "hoja": hoja_de(suya, quien=request.user),
        "jornada": suya,
        "buscar": BuscarPersonaForm(),
        "title": f"{suya.programa.nombre}: {suya.letras}",
    }
    return pintar(request, modelo_admin, "jornada.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
def crear(request: HttpRequest, modelo_admin: ModelAdmin) -> HttpResponse:
    """Primero se ve cómo quedaría; al crearlas quedan planeadas, y cada una se publica."""
    datos = request.POST if request.method == "POST" else None
    formulario = CrearJornadasForm(datos, quien=request.user, initial=_pedido(request))
    tramos: list[TramoDeLetras] = []
    if request.method == "POST" and formulario.is_valid():
        tramos = _tramos(formulario)
        if "crear" in request.POST:
            try:
                hechas = jornadas.crear(
                    formulario.cleaned_data["programa"],
                    ejercicio=formulario.cleaned_data["ejercicio"],
                    tramos=[t.para_crear for t in tramos],
                    comun=formulario.comun(),
                    por=request.user,
                )
            except ErrorDeNegocio as error:
                anotar_error(formulario, error)
            else:
                return _a_lo_creado(request, hechas)
    contexto = {
        "form": formulario,
        "tramos": tramos,
        "title": _("Planear jornadas de entrega"),
    }
    estado = 422 if formulario.errors else 200
    return pintar(request, modelo_admin, "jornadas_nuevas.html", contexto, estado=estado)


def _pedido(request: HttpRequest) -> dict[str, str]:
    return {
        c: v for c in ("programa", "ejercicio") if (v := request.GET.get(c, "")[:9]).isdecimal()
    }


def _tramos(formulario: CrearJornadasForm) -> list[TramoDeLetras]:
    datos = formulario.cleaned_data
    return repartir(
        datos["programa"],
        ejercicio=datos["ejercicio"],
        primer_dia=datos["primer_dia"],
        grupos=datos["grupos"],
        dias=datos["dias"],
        periodo=datos["periodo"],
    )


def _a_lo_creado(request: HttpRequest, hechas: list[JornadaDeEntrega]) -> HttpResponse:
    messages.success(
        request,
        ngettext(
            "Quedó planeada %(n)s jornada. Todavía no sale en el portal: publícala cuando sea cierta.",
            "Quedaron planeadas %(n)s jornadas. Todavía no salen en el portal: publica cada una "
            "cuando sea cierta.",
            len(hechas),
        )
        % {"n": len(hechas)},
    )
    if len(hechas) == 1:
        return redirect(url_de(hechas[0]))
    return redirect("admin:padron_jornadadeentrega_changelist")


@require_http_methods(["GET", "HEAD", "POST"])
def cambiar(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    suya = del_ambito(request, modelo_admin, pk)
    formulario = CambiarJornadaForm.de(suya, request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulario.is_valid():
        try:
            jornadas.cambiar(suya, cambios=formulario.cambios(), por=request.user)
        except ErrorDeNegocio as error:
            anotar_error(formulario, error)
        else:
            messages.success(request, _("Guardado. Si está publicada, el portal ya lo dice."))
            return redirect(url_de(suya))
    contexto = {
        "form": formulario,
        "jornada": suya,
        "boton": _("Guardar"),
        "entradilla": _(
            "Si la jornada está publicada, cambian su página y el calendario de quien la sigue, y se "
            "avisa el día o el lugar nuevo a quien lo pidió."
        ),
        "title": _("Cambiar: %(jornada)s") % {"jornada": suya},
    }
    estado = 422 if formulario.errors else 200
    return pintar(request, modelo_admin, "formulario.html", contexto, estado=estado)


@require_http_methods(["GET", "HEAD", "POST"])
def paso(request: HttpRequest, pk: int, nombre: str, modelo_admin: ModelAdmin) -> HttpResponse:
    """Publicar o cancelar, con lo que el paso pide."""
    suya = del_ambito(request, modelo_admin, pk)
    transicion = next((t for t in FLUJO_JORNADA if t.nombre == nombre), None)
    if transicion is None:
        raise Http404(_("Ese paso no existe."))
    datos = request.POST if request.method == "POST" else None
    formulario = PasoDeJornadaForm(datos, pide_motivo=transicion.exige_motivo)
    if request.method == "POST" and formulario.is_valid():
        try:
            if nombre == "publicar":
                jornadas.publicar(suya, por=request.user)
            else:
                jornadas.cancelar(suya, por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            anotar_error(formulario, error)
        else:
            messages.success(request, _("Hecho. El portal ya lo dice."))
            return redirect(url_de(suya))
    contexto = {
        "form": formulario,
        "jornada": suya,
        "boton": str(transicion.rotulo).capitalize(),
        "entradilla": transicion.descripcion,
        "title": f"{str(transicion.rotulo).capitalize()}: {suya}",
    }
    estado = 422 if formulario.errors else 200
    return pintar(request, modelo_admin, "formulario.html", contexto, estado=estado)


@require_POST
def contar(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    suya = del_ambito(request, modelo_admin, pk)
    try:
        contada = jornadas.volver_a_contar(suya, por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
    else:
        dicho = _("Con el padrón de hoy se espera a %(n)s personas.")
        messages.success(request, dicho % {"n": f"{contada.esperadas:,}"})
    return redirect(url_de(suya))
