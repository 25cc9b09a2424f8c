"""Teclear un padrón chico: la misma página guarda, quita, duplica y pega; con guion, guarda sola."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from padron.consultas.captura import Tecleado
from padron.consultas.columnas_de_captura import hechos, visibles
from padron.servicios import capturas, capturas_renglones
from padron.servicios.capturas_entrega import se_puede_reabrir
from padron.servicios.capturas_renglones import Escrito
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.views.captura_base import (
    armado,
    dar_por_leida,
    del_ambito,
    falta_pedirla,
    sin_guardar,
    url_de,
)
from padron.views.captura_pagina import a_json, hoja_de, pintar
from padron.views.captura_pegar import insertar, previa
from padron.views.captura_peticion import Escribiendo, clave_de, escritos_de
from sibis.cuentas.acceso import lo_que_no_se_envio, olvidar_lo_no_enviado
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso


@require_http_methods(["GET", "HEAD", "POST"])
def captura(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    e = Escribiendo(request, modelo_admin, del_ambito(request, modelo_admin, pk))
    try:
        if request.method == "POST" and request.POST.get("accion") == "ver":
            capturas.anotar_lectura(e.captura, por=request.user)
            dar_por_leida(request, e.captura)
            return redirect(e.url)
        if not e.captura.esta_abierta:
            return _cerrada(e)
        if request.method != "POST":
            return _mostrar(e)
        if request.POST.get("accion") == "solo":
            return _guardar_sola(e)
        return _hacer(e)
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error


captura.conserva_lo_escrito = True  # type: ignore[attr-defined]  # sin sesión, lo enviado espera
captura.con_datos_personales = True  # type: ignore[attr-defined]  # y espera cifrado


def _cerrada(e: Escribiendo) -> HttpResponse:
    """Ya se entregó o se descartó: qué fue de ella. A quien guardaba solo se le dice igual."""
    if e.request.POST.get("accion") == "solo":
        mensaje = _("Esta captura ya está %(estado)s: sus renglones no cambian.") % {
            "estado": e.captura.get_estado_display()
        }
        return JsonResponse({"estado": "cerrada", "mensaje": mensaje}, status=409)
    contexto = armado(
        e.request,
        e.modelo_admin,
        e.captura,
        se_puede_reabrir=se_puede_reabrir(e.captura),
        quedan=e.captura.renglones.puestos().count(),
    )
    return sin_guardar(render(e.request, "admin/padron/captura_cerrada.html", contexto))


def _mostrar(e: Escribiendo) -> HttpResponse:
    if falta_pedirla(e.request, e.captura):
        contexto = armado(
            e.request, e.modelo_admin, e.captura, cuantos=e.captura.renglones.puestos().count()
        )
        return render(e.request, "admin/padron/captura_por_ver.html", contexto)
    sin_enviar = _lo_que_no_se_envio(e)
    return pintar(
        e.request,
        e.modelo_admin,
        e.captura,
        pagina=e.pagina,
        tecleado={str(s.clave): Tecleado(s.celdas) for s in sin_enviar if any(s.celdas.values())},
        sin_sesion=bool(sin_enviar),
    )


def _lo_que_no_se_envio(e: Escribiendo) -> list[Escrito]:
    """Lo que mandó con la sesión ya terminada (sibis/cuentas/acceso.py), si es de quien hoy entró."""
    datos = lo_que_no_se_envio(e.request)
    if datos is None or datos.get("de") != e.request.user.username:
        return []
    return escritos_de(datos)


def _hacer(e: Escribiendo) -> HttpResponse:
    """Todo botón guarda antes lo de la página; si algo no se pudo, se queda ahí y se dice."""
    accion, _dos, sobre = e.request.POST.get("accion", "").partition(":")
    if accion == "insertar":
        return insertar(e.request, e.modelo_admin, e.captura)
    try:
        guardados = e.guardar()
    except SinPermiso:
        raise
    except ErrorDeNegocio as error:
        return _repintar(e, {str(s.clave): Tecleado(s.celdas) for s in e.escritos}, error.mensaje)
    olvidar_lo_no_enviado(e.request)
    chocan = {c: g.mensaje for c, g in guardados.items() if g.mensaje}
    if chocan:
        capturas.anotar_lectura(e.captura, por=e.request.user)  # se enseña lo que otra persona dejó
        tecleado = {
            str(s.clave): Tecleado(s.celdas, chocan[str(s.clave)])
            for s in e.escritos
            if str(s.clave) in chocan
        }
        return _repintar(e, tecleado, "", status=409)
    return _ACTOS.get(accion, _guardado)(e, sobre, sum(g.cambio for g in guardados.values()))


def _repintar(
    e: Escribiendo, tecleado: dict[str, Tecleado], error: str, *, status: int = 422
) -> HttpResponse:
    return pintar(
        e.request,
        e.modelo_admin,
        e.captura,
        pagina=e.pagina,
        tecleado=tecleado,
        pegado=e.request.POST.get("pegado", ""),
        error=error,
        status=status,
    )


def _guardado(e: Escribiendo, sobre: str, cuantos: int) -> HttpResponse:
    if cuantos:
        texto = ngettext(
            "Se guardó %(n)s renglón y se revisó.",
            "Se guardaron %(n)s renglones y se revisaron.",
            cuantos,
        )
        messages.success(e.request, texto % {"n": cuantos})
    else:
        messages.info(e.request, _("No había nada nuevo que guardar."))
    return redirect(e.url)


def _quitar(e: Escribiendo, sobre: str, cuantos: int) -> HttpResponse:
    if (clave := clave_de(sobre)) is None:
        return _guardado(e, sobre, cuantos)
    capturas_renglones.quitar(e.captura, clave, por=e.request.user)
    return redirect(f"{url_de(e.captura)}?pagina={e.pagina}&quitado={clave}#quitado")


def _devolver(e: Escribiendo, sobre: str, cuantos: int) -> HttpResponse:
    clave = clave_de(sobre)
    if clave is None or not capturas_renglones.devolver(e.captura, clave, por=e.request.user):
        messages.info(e.request, _("Ese renglón ya estaba en su lugar."))
        return redirect(e.url)
    messages.success(e.request, _("El renglón volvió a su lugar."))
    return redirect(f"{url_de(e.captura)}?pagina={e.pagina}#{clave}-renglon")


def _duplicar(e: Escribiendo, sobre: str, cuantos: int) -> HttpResponse:
    clave = clave_de(sobre)
    try:
        copia = capturas_renglones.duplicar(e.captura, clave, por=e.request.user) if clave else None
    except capturas_renglones.FaltaEspacio as error:
        messages.error(e.request, error.mensaje)
        return redirect(e.url)
    if copia is None:
        return redirect(e.url)
    messages.success(e.request, _("La copia está debajo: cambia lo que sea distinto."))
    return redirect(f"{url_de(e.captura)}?pagina={e.pagina}#{copia.clave}-renglon")


def _columnas(e: Escribiendo, sobre: str, cuantos: int) -> HttpResponse:
    elegidas = [c for c in e.request.POST.getlist("columna") if c in POR_IDENTIFICADOR]
    capturas_renglones.elegir_columnas(e.captura, elegidas, por=e.request.user)
    messages.success(e.request, _("Se muestran las columnas que elegiste."))
    return redirect(e.url)


def _pegar(e: Escribiendo, sobre: str, cuantos: int) -> HttpResponse:
    a_la_vista = visibles(e.captura, hechos(e.captura))
    return previa(e.request, e.modelo_admin, e.captura, a_la_vista)


def _entregar(e: Escribiendo, sobre: str, cuantos: int) -> HttpResponse:
    return redirect(reverse("admin:padron_captura_entregar", args=[e.captura.pk]))


_ACTOS: dict[str, Callable[[Escribiendo, str, int], HttpResponse]] = {
    "quitar": _quitar,
    "devolver": _devolver,
    "duplicar": _duplicar,
    "columnas": _columnas,
    "pegar": _pegar,
    "entregar": _entregar,
}


def _guardar_sola(e: Escribiendo) -> HttpResponse:
    """Lo que manda el guion: uno o varios renglones, y contesta con lo hallado en los de la página."""
    try:
        guardados = e.guardar()
    except SinPermiso:
        raise
    except ErrorDeNegocio as error:
        return sin_guardar(
            JsonResponse({"estado": "no_guardado", "mensaje": error.mensaje}, status=422)
        )
    hoja = hoja_de(e.captura)
    chocan = {c: g.mensaje for c, g in guardados.items() if g.mensaje}
    suyo = {str(r.clave): r.celdas for _n, r in hoja.filas if str(r.clave) in chocan}
    if chocan:
        capturas.anotar_lectura(e.captura, por=e.request.user)
    abiertas = e.request.POST.get("abiertas", "").split(",")[:100]
    return sin_guardar(
        JsonResponse(
            {
                "estado": "guardado",
                "renglones": a_json(hoja, abiertas),
                "chocan": {c: {"mensaje": m, "suyo": suyo.get(c, {})} for c, m in chocan.items()},
                "totales": render_to_string(
                    "admin/padron/_captura_totales.html", {"totales": hoja.totales}
                ),
            }
        )
    )
