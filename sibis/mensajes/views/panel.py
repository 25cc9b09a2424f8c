"""Las páginas de los mensajes. Lo que no se ve, aquí no existe; mirar no marca nada."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sibis.archivos import servicios as archivos
from sibis.archivos.servicios import ArchivoPerdido
from sibis.cuentas.models import Usuario
from sibis.expedientes.models import Expediente
from sibis.mensajes.alcance import alcance
from sibis.mensajes.consultas import bandeja as bandejas
from sibis.mensajes.consultas.hilo import pagina_de, visible
from sibis.mensajes.consultas.quienes import Destinatarios, destinatarios
from sibis.mensajes.forms import BandejaForm, HastaForm, MensajeForm, NuevoHiloForm
from sibis.mensajes.models import Adjunto, Hilo
from sibis.mensajes.servicios import adjuntos, escribir, hilos
from sibis.mensajes.servicios import exportar as exportacion
from sibis.mensajes.texto import nombrados
from sibis.nucleo.errores import ErrorDeNegocio

_GUARDADO_APARTE = "private, no-store"


@require_safe
def bandeja(request: HttpRequest) -> HttpResponse:
    _exigir_funcion(request)
    suya = bandejas.bandeja(request.user, BandejaForm(request.GET).filtros)
    vistas = [
        (_("Todos"), bandejas.Ver.TODOS),
        (_("Sin leer"), bandejas.Ver.SIN_LEER),
        (_("En que participo"), bandejas.Ver.MIOS),
        (_("Cerrados"), bandejas.Ver.CERRADOS),
    ]
    return pagina(
        request, "mensajes/bandeja.html", title=_("Mensajes"), bandeja=suya, vistas=vistas
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo(request: HttpRequest) -> HttpResponse:
    _exigir_funcion(request)
    expediente = _expediente(request)
    posibles = destinatarios(request.user, expediente=expediente)
    if request.method == "POST":
        formulario = NuevoHiloForm(request.POST, request.FILES, posibles=posibles)
        if abierto := _abrir(formulario, expediente, por=request.user):
            messages.success(request, _("Mensaje enviado."))
            return redirect(abierto.get_absolute_url())
    else:
        iniciales = {"organos": _de_entrada(request.user, expediente, posibles)}
        formulario = NuevoHiloForm(posibles=posibles, initial=iniciales)
    return pagina(
        request,
        "mensajes/nuevo.html",
        status=422 if formulario.errors else 200,
        title=_("Mensaje nuevo"),
        form=formulario,
        expediente=expediente,
    )


def _abrir(
    formulario: NuevoHiloForm, expediente: Expediente | None, *, por: Usuario
) -> Hilo | None:
    if not formulario.is_valid():
        return None
    datos = formulario.cleaned_data
    try:
        return hilos.abrir(
            asunto=datos["asunto"],
            texto=datos["texto"],
            llave=datos["llave"],
            expediente=expediente,
            organos=list(datos["organos"]),
            personas=list(datos["personas"]),
            archivos=formulario.subidos,
            por=por,
        )
    except ErrorDeNegocio as error:
        _decir(formulario, error)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def hilo(request: HttpRequest, pk: int) -> HttpResponse:
    suyo = _hilo(request, pk)
    formulario = (
        MensajeForm(request.POST, request.FILES) if request.method == "POST" else MensajeForm()
    )
    if request.method == "POST" and formulario.is_valid():
        datos = formulario.cleaned_data
        try:
            escrito = escribir.escribir(
                suyo,
                texto=datos["texto"],
                llave=datos["llave"],
                archivos=formulario.subidos,
                por=request.user,
            )
        except ErrorDeNegocio as error:
            _decir(formulario, error)
        else:
            _avisar_sin_aviso(request, escrito)
            return redirect(f"{suyo.get_absolute_url()}#mensaje-{escrito.pk}")
    return pagina(
        request,
        "mensajes/hilo.html",
        status=422 if formulario.errors else 200,
        title=suyo.asunto,
        pagina=pagina_de(suyo, request.user, antes=_antes(request)),
        form=formulario,
    )


def _avisar_sin_aviso(request: HttpRequest, escrito: Any) -> None:
    """La misma frase si no existe que si no lo puede ver: así no se averigua quién tiene cuenta."""
    avisados = {m.usuario.username.lower() for m in escrito.menciones.select_related("usuario")}
    avisados.add(request.user.username.lower())
    for usuario in nombrados(escrito.texto):
        if usuario not in avisados:
            messages.warning(
                request,
                _("No se avisó a «@%(usuario)s»: no está entre quienes leen este hilo.")
                % {"usuario": usuario},
            )


@require_POST
def leido(request: HttpRequest, pk: int) -> HttpResponse:
    suyo, formulario = _hilo(request, pk), HastaForm(request.POST)
    if formulario.is_valid():
        hilos.marcar_leido(suyo, hasta=formulario.cleaned_data["hasta"], por=request.user)
    return redirect(suyo.get_absolute_url())


@require_POST
def cerrar(request: HttpRequest, pk: int) -> HttpResponse:
    return _hacer(request, pk, hilos.cerrar, _("El hilo quedó cerrado. Se puede reabrir."))


@require_POST
def reabrir(request: HttpRequest, pk: int) -> HttpResponse:
    return _hacer(request, pk, hilos.reabrir, _("El hilo está abierto otra vez."))


def _hacer(request: HttpRequest, pk: int, acto: Callable[..., Hilo], hecho: str) -> HttpResponse:
    suyo = _hilo(request, pk)
    try:
        acto(suyo, por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, hecho)
    return redirect(suyo.get_absolute_url())


@require_POST
def exportar(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Con un botón y no con un enlace: exportar queda escrito en la bitácora."""
    suyo = _hilo(request, pk)
    hecho = exportacion.exportar(suyo, por=request.user)
    if hecho is None:
        messages.warning(
            request, _("El PDF se está preparando. Vuelve a pedirlo en unos segundos.")
        )
        return redirect(suyo.get_absolute_url())
    return _entregar(
        hecho.documento.abrir(), nombre=f"hilo-{suyo.pk}.pdf", tipo=hecho.documento.mime
    )


@require_POST
def adjunto(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Siempre como descarga y con el tipo que tiene por dentro: nada se abre en esta página."""
    pedido = (
        Adjunto.objects.filter(pk=pk, mensaje__hilo__in=Hilo.objects.visibles_para(request.user))
        .select_related("archivo", "mensaje__hilo", "mensaje__dependencia")
        .first()
    )
    if pedido is None:
        raise Http404(_("Ese archivo no está entre los que puedes ver."))
    try:
        contenido = archivos.abrir(pedido.archivo)
        adjuntos.descargar(pedido, por=request.user)
    except ErrorDeNegocio as error:
        if not isinstance(error, ArchivoPerdido):
            contenido.close()
        messages.error(request, error.mensaje)
        return redirect(pedido.mensaje.hilo.get_absolute_url())
    return _entregar(contenido, nombre=pedido.nombre, tipo=pedido.archivo.tipo)


def _entregar(contenido: Any, *, nombre: str, tipo: str) -> FileResponse:
    respuesta = FileResponse(contenido, as_attachment=True, filename=nombre, content_type=tipo)
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta["Cache-Control"] = _GUARDADO_APARTE
    return respuesta


def _exigir_funcion(request: HttpRequest) -> None:
    if not alcance(request.user):
        raise PermissionDenied(_("Tu función de hoy no lee ni escribe mensajes."))


def _hilo(request: HttpRequest, pk: int) -> Hilo:
    suyo = visible(pk, request.user)
    if suyo is None:
        raise Http404(_("Ese hilo no está entre los que puedes ver."))
    return suyo


def _expediente(request: HttpRequest) -> Expediente | None:
    """El asunto que dice la dirección, si esta persona puede escribir sobre él."""
    pedido = request.GET.get("expediente")
    if pedido is None:
        return None
    suyo = (
        Expediente.objects.select_related("dependencia").filter(pk=pedido).first()
        if pedido.isascii() and pedido.isdigit() and len(pedido) < 19
        else None
    )
    if suyo is None or not hilos.puede_escribir_sobre(suyo, por=request.user):
        raise Http404(_("Ese asunto no está entre los que puedes ver."))
    return suyo


def _de_entrada(
    usuario: Usuario, expediente: Expediente | None, posibles: Destinatarios
) -> list[int]:
    """A quién se le escribe casi siempre: la dependencia a la rectora, y ésta a la dependencia."""
    if expediente is None:
        return []
    es_suyo = expediente.dependencia_id in alcance(usuario).organos
    claves = {settings.DEPENDENCIA_RECTORA if es_suyo else expediente.dependencia.clave}
    return [o.pk for o in posibles.organos if o.clave in claves]


def _antes(request: HttpRequest) -> int | None:
    pedido = request.GET.get("antes", "")
    return int(pedido) if pedido.isascii() and pedido.isdigit() and len(pedido) < 19 else None


def _decir(formulario: forms.Form, error: ErrorDeNegocio) -> None:
    formulario.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))


def pagina(
    request: HttpRequest, plantilla: str, *, status: int = 200, **contexto: Any
) -> HttpResponse:
    contexto = {**admin.site.each_context(request), **contexto}
    return render(request, plantilla, contexto, status=status)
