"""La página de un asunto en revisión y lo que se decide en ella."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sibis.cuentas.models import Usuario
from sibis.expedientes.bloques import bloques_de
from sibis.nucleo.errores import ErrorDeNegocio, TransicionInvalida
from sibis.nucleo.estados import Transicion
from sibis.revision import avisos
from sibis.revision.consultas.pagina import pagina_de
from sibis.revision.forms import ExcepcionForm, ObservacionForm, PasoForm, ReasignarForm, VistaForm
from sibis.revision.materias import Materia
from sibis.revision.models import ExcepcionDeVeda
from sibis.revision.requisitos import lo_que_falta
from sibis.revision.servicios import asignaciones, pasos, veda
from sibis.revision.servicios.cotejos import cotejar
from sibis.revision.views.puerta import asunto_de, de_vuelta, decir

_RESULTADO, _NOTA = "punto-", "nota-"
_PUNTO = re.compile(rf"{_RESULTADO}[0-9]{{1,18}}")


@require_safe
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    materia, asunto = asunto_de(request, pk)
    vista = VistaForm(request.GET).limpios()
    return _pagina(
        request,
        "revision/asunto.html",
        title=materia.titulo(asunto),
        pagina=pagina_de(materia, asunto, request.user, **vista),
        vista=vista,
        form_observacion=ObservacionForm(),
        form_reasignar=_form_reasignar(materia, asunto, request),
        bloques=bloques_de(request.user, asunto.expediente),
    )


def _form_reasignar(
    materia: Materia, asunto: Any, request: HttpRequest, datos: Any = None
) -> ReasignarForm | None:
    """Solo si alguien lo tiene tomado y quien mira también podría decidirlo."""
    try:
        permiso = asignaciones.permiso_de_la_instancia(materia, asunto)
    except ErrorDeNegocio:
        return None
    quienes = avisos.con_permiso({permiso}, en=asunto.dependencia_id)
    if request.user.pk not in quienes:
        return None
    return ReasignarForm(datos, quienes=Usuario.objects.filter(pk__in=quienes, is_active=True))


@require_http_methods(["GET", "HEAD", "POST"])
def paso(request: HttpRequest, pk: int, nombre: str) -> HttpResponse:
    """Confirma y da un paso. Lo que no procede se explica en la misma página, sin cambiar nada."""
    materia, asunto = asunto_de(request, pk)
    transicion = _transicion(materia, nombre)
    formulario = _formulario(request, asunto, transicion)
    if request.method == "POST" and formulario.is_valid():
        try:
            pasos.dar(materia, asunto, nombre, por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            formulario.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))
        else:
            hecho = _("«%(asunto)s»: %(paso)s, listo.")
            messages.success(
                request, hecho % {"asunto": materia.titulo(asunto), "paso": transicion.rotulo}
            )
            return de_vuelta(asunto)
    return _pagina(
        request,
        "revision/paso.html",
        status=422 if formulario.errors else 200,
        title=f"{transicion.rotulo.capitalize()}: {materia.titulo(asunto)}",
        materia=materia,
        asunto=asunto,
        transicion=transicion,
        faltan=_lo_que_falta(materia, transicion, asunto),
        form=formulario,
    )


def _transicion(materia: Materia, nombre: str) -> Transicion:
    try:
        transicion = materia.flujo.paso(nombre)
    except TransicionInvalida as error:
        raise Http404(error.mensaje) from error
    if nombre in materia.del_sistema or nombre in materia.formularios:
        raise Http404(_("Esa acción no se pide aquí."))
    return transicion


def _formulario(request: HttpRequest, asunto: Any, transicion: Transicion) -> PasoForm:
    if request.method == "POST":
        return PasoForm(request.POST, transicion=transicion)
    ultimo = asunto.expediente.pasos.order_by("-pk").values_list("pk", flat=True).first()
    return PasoForm(initial={"visto": ultimo}, transicion=transicion)


def _lo_que_falta(materia: Materia, transicion: Transicion, asunto: Any) -> list[str]:
    """Antes de apretar el botón ya se sabe qué lo impide."""
    if asunto.estado not in transicion.desde:
        return []
    return lo_que_falta(materia, transicion, asunto, asunto.expediente)


@require_POST
def cotejo(request: HttpRequest, pk: int) -> HttpResponse:
    materia, asunto = asunto_de(request, pk)
    respuestas = {
        int(punto): (valor, request.POST.get(_NOTA + punto, ""))
        for llave, valor in request.POST.items()
        if _PUNTO.fullmatch(llave) and (punto := llave.removeprefix(_RESULTADO))
    }
    try:
        cuantas = cotejar(materia, asunto, por=request.user, respuestas=respuestas)
    except ErrorDeNegocio as error:
        decir(request, error)
    else:
        messages.success(request, _("Lista de cotejo guardada: %(n)s cambios.") % {"n": cuantas})
    return de_vuelta(asunto, "cotejo")


@require_POST
def reasignar(request: HttpRequest, pk: int) -> HttpResponse:
    materia, asunto = asunto_de(request, pk)
    formulario = _form_reasignar(materia, asunto, request, request.POST)
    if formulario is None or not formulario.is_valid():
        messages.error(request, _("Elige a una persona que pueda decidir este asunto."))
        return de_vuelta(asunto)
    try:
        asignaciones.reasignar(materia, asunto, a=formulario.cleaned_data["a"], por=request.user)
    except ErrorDeNegocio as error:
        decir(request, error)
    else:
        messages.success(
            request, _("Ahora lo tiene %(quien)s.") % {"quien": formulario.cleaned_data["a"]}
        )
    return de_vuelta(asunto)


@require_http_methods(["GET", "HEAD", "POST"])
def excepcion(request: HttpRequest, pk: int) -> HttpResponse:
    """Pide una excepción a la veda, o pone la segunda firma en la que ya se pidió."""
    materia, asunto = asunto_de(request, pk)
    pedida = ExcepcionDeVeda.objects.filter(expediente=pk, firmada_en__isnull=True).first()
    frenados = [
        t for t in materia.flujo if t.lo_frena_la_veda and t.nombre not in materia.del_sistema
    ]
    inicial = {"paso": next((t.nombre for t in frenados if asunto.estado in t.desde), "")}
    formulario = ExcepcionForm(request.POST or None, initial=inicial)
    if request.method == "POST":
        try:
            if pedida is not None:
                veda.firmar_excepcion(materia, pedida, por=request.user)
                messages.success(
                    request, _("La excepción ya tiene sus dos firmas: vale desde ahora.")
                )
                return de_vuelta(asunto)
            if formulario.is_valid():
                veda.pedir_excepcion(materia, asunto, por=request.user, **formulario.cleaned_data)
                messages.success(request, _("Primera firma puesta. Falta la de otra persona."))
                return de_vuelta(asunto)
        except ErrorDeNegocio as error:
            decir(request, error)
            return redirect(request.path)
    return _pagina(
        request,
        "revision/excepcion.html",
        status=422 if formulario.errors else 200,
        title=_("Excepción a la veda: %(asunto)s") % {"asunto": materia.titulo(asunto)},
        asunto=asunto,
        pedida=pedida,
        form=formulario,
    )


def _pagina(
    request: HttpRequest, plantilla: str, *, status: int = 200, **contexto: Any
) -> HttpResponse:
    return render(
        request, plantilla, {**admin.site.each_context(request), **contexto}, status=status
    )
