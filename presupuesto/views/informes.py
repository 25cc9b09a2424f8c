"""Un informe trimestral en el panel: escribirlo, leerlo, bajar su evidencia."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from presupuesto.consultas.hoja_de_informe import Hoja, hoja_de, ve_la_evidencia
from presupuesto.forms.informe import EvidenciaForm
from presupuesto.forms.informe_escrito import Escrito
from presupuesto.models import EvidenciaDeAvance, InformeDeAvance
from presupuesto.servicios import evidencias, informes
from sibis.archivos.servicios import ArchivoPerdido, abrir
from sibis.archivos.tipos import TERMINACIONES
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio, SinPermiso


def del_ambito(request: HttpRequest, modelo_admin: ModelAdmin, pk: int) -> InformeDeAvance:
    """El informe si es de su ámbito; si no, no existe."""
    consulta = modelo_admin.get_queryset(request)
    informe = consulta.select_related("programa", "dependencia", "regla").filter(pk=pk).first()
    if informe is None:
        raise Http404(_("No hay un informe con ese número en tu ámbito."))
    return informe


@require_http_methods(["GET", "HEAD", "POST"])
def informe(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """La misma dirección: se escribe mientras se puede; después se lee."""
    suyo = del_ambito(request, modelo_admin, pk)
    escribe = puede(request.user, Permiso.AVANCE_CAPTURAR, en=suyo.dependencia_id)
    if request.method == "POST":
        return _guardar(request, suyo, modelo_admin)
    hoja = hoja_de(suyo, quien=request.user)
    escrito = Escrito(hoja) if suyo.es_editable and escribe else None
    return _pagina(request, hoja, modelo_admin, escrito=escrito)


def _pagina(
    request: HttpRequest,
    hoja: Hoja,
    modelo_admin: ModelAdmin,
    *,
    escrito: Escrito | None,
    estado: int = 200,
) -> HttpResponse:
    plantilla = "informe.html" if escrito is None else "informe_escribir.html"
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "hoja": hoja,
        "informe": hoja.informe,
        "escrito": escrito,
        "title": f"{hoja.informe.programa.nombre}: {hoja.periodo}",
        "opts": InformeDeAvance._meta,
    }
    return render(request, f"admin/presupuesto/{plantilla}", contexto, status=estado)


def _guardar(request: HttpRequest, suyo: InformeDeAvance, modelo_admin: ModelAdmin) -> HttpResponse:
    """Cifras y archivo se guardan por separado: un error en unas no hace perder el otro."""
    try:
        informes.exigir_captura(suyo.dependencia_id, por=request.user)
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    hoja = hoja_de(suyo, quien=request.user)
    escrito = Escrito(hoja, request.POST, request.FILES)
    _guardar_evidencia(request, suyo, escrito)
    estado = _guardar_cifras(request, suyo, escrito)
    if estado is None and escrito.evidencia.is_valid():
        return redirect(hoja.url)
    fresco = del_ambito(request, modelo_admin, suyo.pk)
    hoja = hoja_de(fresco, quien=request.user)
    escrito.volver_a_mostrar(hoja)
    return _pagina(request, hoja, modelo_admin, escrito=escrito, estado=estado or 422)


def _guardar_cifras(request: HttpRequest, suyo: InformeDeAvance, escrito: Escrito) -> int | None:
    """None si quedó guardado; si no, el código con que se responde."""
    if not escrito.es_valido:
        return 422
    try:
        informes.guardar(
            suyo,
            edicion=escrito.form.cleaned_data["edicion_abierta"],
            por=request.user,
            escribir=escrito.guardar,
        )
    except EdicionConcurrente as error:
        escrito.se_encimaria(error.mensaje)
        return 409
    except ErrorDeNegocio as error:
        escrito.form.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))
        return 422
    _decir_que_falta(request, suyo)
    return None


def _decir_que_falta(request: HttpRequest, suyo: InformeDeAvance) -> None:
    faltan = len(hoja_de(suyo, quien=request.user).faltan)
    messages.success(
        request,
        _("Guardado. Ya se puede firmar y enviar.")
        if not faltan
        else ngettext(
            "Guardado. Falta %(n)s cosa para enviarlo.",
            "Guardado. Faltan %(n)s cosas para enviarlo.",
            faltan,
        )
        % {"n": faltan},
    )


def _guardar_evidencia(request: HttpRequest, suyo: InformeDeAvance, escrito: Escrito) -> None:
    """Lo que se pidió quitar y lo que se adjunta. Si algo no procede, se dice en su campo."""
    try:
        if (llave := request.POST.get("quitar", "")).isdecimal():
            evidencia = suyo.evidencias.filter(pk=int(llave[:18])).first()
            if evidencia is not None:
                evidencias.quitar(evidencia, por=request.user)
                messages.success(request, _("La evidencia se quitó del informe."))
        if not escrito.evidencia.is_valid() or not escrito.evidencia.cleaned_data["archivo"]:
            return
        datos = escrito.evidencia.cleaned_data
        evidencias.adjuntar(
            suyo,
            contenido=datos["archivo"].file,
            descripcion=datos["descripcion"],
            renglon=datos["renglon"],
            por=request.user,
        )
    except ErrorDeNegocio as error:
        escrito.evidencia.add_error("archivo", error.mensaje)
        return
    messages.success(request, _("El archivo quedó adjunto."))
    escrito.evidencia = EvidenciaForm(informe=suyo, data={})


@require_safe
def evidencia(
    request: HttpRequest, pk: int, evidencia: int, modelo_admin: ModelAdmin
) -> HttpResponseBase:
    """El archivo, siempre como descarga y solo para quien trabaja el informe."""
    suyo = del_ambito(request, modelo_admin, pk)
    if not ve_la_evidencia(suyo, quien=request.user):
        raise Http404(_("No hay un archivo con ese número en tu ámbito."))
    pedida = suyo.evidencias.select_related("archivo").filter(pk=evidencia).first()
    if pedida is None:
        raise Http404(_("No hay un archivo con ese número en este informe."))
    return _descarga(pedida)


def _descarga(pedida: EvidenciaDeAvance) -> HttpResponseBase:
    archivo = pedida.archivo
    try:
        contenido = abrir(archivo)
    except ArchivoPerdido as error:
        raise Http404(error.mensaje) from error
    respuesta = FileResponse(
        contenido,
        as_attachment=True,
        filename=f"evidencia-{pedida.pk}.{TERMINACIONES.get(archivo.tipo, 'bin')}",
        content_type=archivo.tipo,
    )
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def inicio_de(informe: InformeDeAvance) -> str:
    return reverse("admin:presupuesto_informedeavance_change", args=[informe.pk])
