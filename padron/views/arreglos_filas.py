"""La cuadrícula: ver las filas que esperan, corregirlas celda por celda o dejarlas fuera."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from padron.consultas.cuadricula import (
    Filtro,
    Pagina,
    Respuesta,
    pagina_de,
    patrones_para_filtrar,
)
from padron.consultas.filas import Contexto
from padron.forms.arreglos import FiltroDeFilasForm, partir_patron
from padron.servicios import correcciones, en_marcha, lecturas
from padron.views.arreglos_base import armado, del_ambito, se_corrige, url_de
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso

_CELDA = re.compile(r"c-(\d{1,8})-(\d{1,4})")
_EDICION = re.compile(r"e-(\d{1,8})")


@require_http_methods(["GET", "HEAD", "POST"])
def filas(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """GET las enseña sin datos personales; POST las enseña con ellos (y lo anota) o guarda lo corregido."""
    contexto = del_ambito(request, modelo_admin, pk)
    if request.method == "POST" and request.POST.get("accion") == "revisar":
        return _revisar(request, contexto)
    con_datos = request.method == "POST" and request.POST.get("datos") == "si"
    respuestas: dict[int, Respuesta] = {}
    try:
        if request.method == "POST" and request.POST.get("accion") in ("guardar", "fila"):
            respuestas = _guardar_o_decir(request, contexto)
        filtro, form = _filtro(request, contexto)
        pagina = pagina_de(
            contexto,
            filtro,
            con_datos=con_datos,
            editable=se_corrige(request, contexto.carga),
            respuestas=respuestas,
            orden=_orden(request),
        )
        if con_datos and pagina.filas:
            lecturas.anotar_lectura(
                contexto.carga, donde="filas", filas=len(pagina.filas), por=request.user
            )
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    datos = _armado(request, modelo_admin, contexto, filtro, form, pagina, con_datos=con_datos)
    plantilla = "_fila.html" if request.POST.get("accion") == "fila" else "filas.html"
    if plantilla == "_fila.html":
        datos["fila"] = pagina.filas[0] if pagina.filas else None
    chocan = any(r.mensaje for r in respuestas.values())
    respuesta = render(request, f"admin/padron/{plantilla}", datos, status=409 if chocan else 200)
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def _filtro(request: HttpRequest, contexto: Contexto) -> tuple[Filtro, FiltroDeFilasForm]:
    """De la dirección. Un filtro que ya no existe se pasa por alto."""
    dichos = request.GET.copy()
    if "codigo" in dichos:  # así la citan las páginas del resultado
        dichos["patron"] = f"{dichos['codigo']}|{dichos.get('columna', '')}"
    form = FiltroDeFilasForm(dichos, patrones=patrones_para_filtrar(contexto))
    form.is_valid()
    orilla = request.POST if "ir" in request.POST else request.GET
    if request.POST.get("accion") == "fila":
        return Filtro(fila=_numero(request.POST.get("fila")) or 0), form
    return (
        Filtro(
            ver=form.limpio("ver") or "",
            patron=partir_patron(form.limpio("patron") or ""),
            fila=form.limpio("fila"),
            desde=_numero(orilla.get("desde")) or 0,
            hasta=_numero(orilla.get("hasta")),
        ),
        form,
    )


def _orden(request: HttpRequest) -> list[int]:
    """El de las columnas que ya se están viendo; vacío si no viene o no se entiende."""
    if request.POST.get("accion") not in ("guardar", "fila"):
        return []
    lugares = request.POST.get("orden", "")[:2_000].split("-")
    return [n for lugar in lugares if (n := _numero(lugar)) is not None]


def _numero(texto: str | None) -> int | None:
    return int(texto) if texto and texto.isdecimal() and len(texto) < 9 else None


def _guardar(request: HttpRequest, contexto: Contexto) -> dict[int, Respuesta]:
    """Las de la página, o solo una. La que chocó no estorba a las demás."""
    solo = _numero(request.POST.get("fila")) if request.POST.get("accion") == "fila" else None
    celdas: dict[int, dict[int, str]] = {}
    for nombre, valor in request.POST.items():
        if hallada := _CELDA.fullmatch(nombre):
            celdas.setdefault(int(hallada[1]), {})[int(hallada[2])] = str(valor)
    pedidos = {}
    for nombre in request.POST:
        if (hallada := _EDICION.fullmatch(nombre)) and solo in (None, int(hallada[1])):
            fila = int(hallada[1])
            pedidos[fila] = _pedido(request, fila, celdas.get(fila, {}))
    guardados = correcciones.guardar_filas(contexto.carga, pedidos, por=request.user)
    respuestas = {
        fila: Respuesta(g.mensaje, g.cambio, celdas.get(fila) if g.mensaje else None)
        for fila, g in guardados.items()
    }
    _decir(request, respuestas)
    return respuestas


def _guardar_o_decir(request: HttpRequest, contexto: Contexto) -> dict[int, Respuesta]:
    """Si la carga ya no se corrige, se dice y se enseña como está."""
    try:
        return _guardar(request, contexto)
    except SinPermiso:
        raise
    except ErrorDeNegocio as error:
        contexto.carga.refresh_from_db(fields=["estado"])
        messages.error(request, error.mensaje)
        return {}


def _pedido(request: HttpRequest, fila: int, celdas: dict[int, str]) -> correcciones.Pedido:
    fuera = request.POST.get(f"motivo-{fila}", "") if request.POST.get(f"fuera-{fila}") else None
    return correcciones.Pedido(
        edicion=request.POST.get(f"e-{fila}", ""),
        celdas=celdas,
        fuera=fuera,
        vuelve=bool(request.POST.get(f"vuelve-{fila}")),
    )


def _decir(request: HttpRequest, respuestas: dict[int, Respuesta]) -> None:
    if request.POST.get("accion") == "fila":
        return
    guardadas = sum(r.guardada for r in respuestas.values())
    if guardadas:
        texto = ngettext(
            "Se guardó %(n)s fila y se revisó sola. Cuando acabes, revisa la carga de nuevo.",
            "Se guardaron %(n)s filas y se revisaron solas. Cuando acabes, revisa la carga de nuevo.",
            guardadas,
        )
        messages.success(request, texto % {"n": guardadas})
    elif not any(r.mensaje for r in respuestas.values()):
        messages.info(request, _("No había nada distinto que guardar."))


def _revisar(request: HttpRequest, contexto: Contexto) -> HttpResponse:
    try:
        en_marcha.revisar_de_nuevo(contexto.carga, por=request.user)
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect(request.get_full_path())
    messages.success(request, _("Se está revisando de nuevo, con lo corregido."))
    return redirect(url_de(contexto.carga))


def _armado(
    request: HttpRequest,
    modelo_admin: ModelAdmin,
    contexto: Contexto,
    filtro: Filtro,
    form: FiltroDeFilasForm,
    pagina: Pagina,
    *,
    con_datos: bool,
) -> dict[str, Any]:
    """Las orillas van en el cuerpo cuando se ven datos, y en la dirección cuando no: nunca un dato en ella."""
    filtros = {c: v for c in ("ver", "patron", "fila") if (v := form.limpio(c))}
    return armado(
        request,
        modelo_admin,
        contexto,
        _("Filas por corregir"),
        form=form,
        pagina=pagina,
        con_datos=con_datos,
        url_de_filtro=f"{request.path}?{urlencode(filtros)}",
        desde=filtro.desde or "",
        hasta=filtro.hasta or "",
        hay_filtro=bool(filtros),
    )
