"""Una sección de la regla: se escribe, se guarda, y si alguien guardó antes se comparan los dos textos."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programas.consultas.secciones import SeccionDeCaptura, secciones_de
from programas.forms.captura import Pagina
from programas.forms.captura import crudo as c
from programas.forms.captura.choque import Choque, combinar
from programas.forms.captura.crudo import Crudo
from programas.models import BorradorDeSeccion, ReglaOperacion
from programas.servicios import borradores, captura
from programas.servicios.captura import exigir_captura
from programas.views.captura_actos import Acto, hacer
from programas.views.captura_pagina import contexto_de_seccion
from programas.views.lectura_panel import regla_del_panel
from sibis.cuentas.acceso import firmar_pagina
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio

_ENTERO = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Escribiendo:
    """Quién escribe qué, con lo que trae su petición."""

    request: HttpRequest
    modelo_admin: ModelAdmin
    regla: ReglaOperacion
    secciones: tuple[SeccionDeCaptura, ...]
    seccion: SeccionDeCaptura

    @property
    def url(self) -> str:
        return reverse("admin:programas_regla_seccion", args=[self.regla.pk, self.seccion.clave])

    @property
    def url_regla(self) -> str:
        return reverse("admin:programas_reglaoperacion_change", args=[self.regla.pk])

    @property
    def tecleado(self) -> Crudo:
        return c.limpiar(self.request.POST)

    @property
    def edicion(self) -> int:
        """La que tenía la sección al abrirse; sin ella, ninguna: se compara todo."""
        texto = self.request.POST.get("base_edicion", "")
        return int(texto) if _ENTERO.fullmatch(texto) else -1

    def conservar(self, contenido: Crudo) -> BorradorDeSeccion:
        return borradores.conservar(
            self.regla,
            self.seccion.clave,
            por=self.request.user,
            contenido=contenido,
            base_edicion=max(self.edicion, 0),
        )


def abrir(request: HttpRequest, modelo_admin: ModelAdmin, pk: int, seccion: str) -> Escribiendo:
    """Levanta Http404 si la regla no es de su ámbito o no tiene esa sección."""
    regla = regla_del_panel(request, modelo_admin, pk)
    todas = secciones_de(regla)
    suya = next((s for s in todas if s.clave == seccion), None)
    if suya is None:
        raise Http404(_("Esta regla no tiene esa sección."))
    return Escribiendo(request, modelo_admin, regla, todas, suya)


@require_http_methods(["GET", "HEAD", "POST"])
def seccion(request: HttpRequest, pk: int, seccion: str, modelo_admin: ModelAdmin) -> HttpResponse:
    e = abrir(request, modelo_admin, pk, seccion)
    try:
        exigir_captura(e.regla.dependencia_id, por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect(e.url_regla)
    if request.method != "POST":
        return _mostrar(e)
    acto = Acto.leer(request.POST)
    if acto.nombre == "guardar":
        return _guardar(e, acto)
    return _hacer(e, acto)


seccion.conserva_lo_escrito = True  # type: ignore[attr-defined]  # sin sesión, lo enviado espera


def _mostrar(e: Escribiendo) -> HttpResponse:
    """Lo que la persona llevaba escrito, si no lo guardó; si no, lo que dice la regla."""
    borrador = BorradorDeSeccion.objects.filter(
        regla=e.regla, seccion=e.seccion.clave, usuario=e.request.user
    ).first()
    if borrador is None and not e.regla.es_editable:
        return redirect(e.url_regla)
    escrito = _lo_que_no_se_envio(e) or borrador
    pagina = Pagina(e.regla, e.seccion, crudo=escrito.contenido if escrito else None)
    return _pintar(e, pagina, borrador=escrito, visto=borradores.sello(borrador))


def _lo_que_no_se_envio(e: Escribiendo) -> BorradorDeSeccion | None:
    """Lo que mandó con la sesión ya terminada: lo guardó la entrada (sibis/cuentas/acceso.py)."""
    guardado = e.request.session.get("sin_enviar")
    if not isinstance(guardado, dict) or guardado.get("ruta") != e.url:
        return None
    enviados = QueryDict(mutable=True)
    for nombre, valores in guardado["datos"].items():
        enviados.setlist(nombre, valores)
    base = enviados.get("base_edicion", "")
    return BorradorDeSeccion(
        regla=e.regla,
        seccion=e.seccion.clave,
        contenido=c.limpiar(enviados),
        base_edicion=int(base) if _ENTERO.fullmatch(base) else 0,
    )


def _pintar(e: Escribiendo, pagina: Pagina, *, status: int = 200, **mas: Any) -> HttpResponse:
    contexto = contexto_de_seccion(
        e.regla, e.secciones, pagina, por=e.request.user, enviados=e.request.POST, **mas
    )
    contexto |= e.modelo_admin.admin_site.each_context(e.request)
    contexto |= {"opts": ReglaOperacion._meta, "title": str(e.seccion.titulo)}
    contexto["firma_de_pagina"] = firmar_pagina(e.request)
    return render(e.request, "admin/programas/captura/seccion.html", contexto, status=status)


def _hacer(e: Escribiendo, acto: Acto) -> HttpResponse:
    """Lo que no es guardar: conserva lo tecleado, hace lo pedido y vuelve al mismo lugar."""
    if acto.nombre == "descartar":
        borradores.descartar(e.regla, e.seccion.clave, por=e.request.user)
        _olvidar(e)
        messages.success(e.request, _("Se descartó lo que no habías guardado."))
        return redirect(e.url)
    try:
        hecho = hacer(
            acto, e.regla, e.seccion, e.tecleado, enviados=e.request.POST, por=e.request.user
        )
        if hecho.tecleado is not None:
            e.conservar(hecho.tecleado)
            _olvidar(e)
    except ErrorDeNegocio as error:
        messages.error(e.request, error.mensaje)
        return redirect(e.url)
    if hecho.mensaje:
        messages.success(e.request, hecho.mensaje)
    return redirect(f"{e.url}#{hecho.ancla}" if hecho.ancla else e.url)


def _guardar(e: Escribiendo, acto: Acto) -> HttpResponse:
    crudo = e.tecleado
    if c.largo(crudo) > c.LARGO:
        messages.error(e.request, _("Es demasiado texto para una sección. No se guardó nada."))
        return redirect(e.url)
    if e.request.POST.get("conflicto"):
        crudo, pendientes = combinar(e.regla, e.seccion, crudo, e.request.POST)
        if pendientes:
            return _comparar(e, crudo, faltan=pendientes)
    pagina = Pagina(e.regla, e.seccion, crudo=crudo, revisar=True)
    if not pagina.is_valid():
        e.conservar(crudo)
        return _pintar(e, pagina, status=422)
    try:
        captura.guardar(
            e.regla,
            seccion=e.seccion.clave,
            edicion=e.edicion,
            por=e.request.user,
            escribir=pagina.escribir,
        )
    except EdicionConcurrente:
        return _comparar(e, crudo)
    except ErrorDeNegocio as error:
        e.conservar(crudo)
        messages.error(e.request, f"{error.mensaje} {_('Lo que escribiste se conserva aparte.')}")
        return redirect(e.url_regla)
    borradores.descartar(e.regla, e.seccion.clave, por=e.request.user)
    _olvidar(e)
    messages.success(e.request, _("Se guardó «%(seccion)s».") % {"seccion": e.seccion.titulo})
    return redirect(acto.siguiente(e.regla, e.secciones, e.seccion))


def _olvidar(e: Escribiendo) -> None:
    if (e.request.session.get("sin_enviar") or {}).get("ruta") == e.url:
        del e.request.session["sin_enviar"]


def _comparar(e: Escribiendo, crudo: Crudo, *, faltan: tuple[str, ...] = ()) -> HttpResponse:
    """Los dos textos, lado a lado, campo por campo. Nada se guardó, y lo mío queda como borrador."""
    e.conservar(crudo)
    # La regla que traía lo tecleado ya no dice lo que dice la base: se lee otra vez.
    regla = regla_del_panel(e.request, e.modelo_admin, e.regla.pk)
    choque = Choque(regla, e.seccion, crudo, pendientes=faltan)
    pagina = Pagina(regla, e.seccion, crudo=choque.combinado)
    return _pintar(e, pagina, status=409, choque=choque, faltan_por_elegir=faltan)
