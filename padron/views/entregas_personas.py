"""Una persona en una jornada: buscarla, anotar lo que pasó y descargar la lista. Cada lectura queda escrita.

La búsqueda es POST: ni el folio ni la CURP llegan a una dirección, a un historial o a un registro.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

import xlsxwriter
from defusedcsv import csv
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from padron.consultas import lista_de_jornada
from padron.consultas.historia_de_entregas import Historia, historia_de
from padron.consultas.hoja_de_jornada import url_de
from padron.consultas.personas_de_jornada import buscar, nombre_de, uno
from padron.forms.entregas import AnotarForm, BuscarPersonaForm
from padron.models import JornadaDeEntrega
from padron.servicios import entregas
from padron.views.jornadas import anotar_error, del_ambito, pintar
from sibis.bitacora.registro import registrar_lectura
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.exportacion import MARCA_UTF8, TOPE_DE_HOJA, Eco

HOJA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Fila = tuple[Historia, str, AnotarForm | None]


def _con_permiso(request: HttpRequest, modelo_admin: ModelAdmin, pk: int) -> JornadaDeEntrega:
    jornada = del_ambito(request, modelo_admin, pk)
    if not puede(request.user, Permiso.DATOS_PERSONALES_VER, en=jornada.dependencia_id):
        raise PermissionDenied(_("Tu función no permite ver datos personales."))
    return jornada


@require_http_methods(["GET", "HEAD", "POST"])
def persona(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    jornada = _con_permiso(request, modelo_admin, pk)
    if request.method != "POST":
        return redirect(url_de(jornada))
    formulario = BuscarPersonaForm(request.POST)
    historias = buscar(jornada, formulario.cleaned_data["clave"]) if formulario.is_valid() else []
    _dejar_dicho(request, jornada, historias)
    if formulario.is_valid() and not historias:
        dicho = _("En el padrón de esta jornada no hay nadie con ese folio o esa CURP.")
        formulario.add_error("clave", dicho)
    filas = [_fila(request, h) for h in historias]
    vuelve = BuscarPersonaForm() if filas else formulario
    return _pagina(request, modelo_admin, jornada, filas, vuelve)


def _dejar_dicho(
    request: HttpRequest, jornada: JornadaDeEntrega, historias: Iterable[Historia]
) -> None:
    registros = [h.registro.pk for h in historias]
    if registros:
        registrar_lectura(
            "entrega",
            jornada,
            por=request.user,
            dependencia=jornada.dependencia.clave,
            registros=registros,
        )


def _fila(request: HttpRequest, historia: Historia) -> Fila:
    captura = puede(request.user, Permiso.PADRON_CARGAR, en=historia.jornada.dependencia_id)
    se_anota = captura and historia.jornada.estado == "publicada"
    formulario = AnotarForm(historia=historia) if se_anota else None
    return historia, nombre_de(historia.registro), formulario


def _pagina(
    request: HttpRequest,
    modelo_admin: ModelAdmin,
    jornada: JornadaDeEntrega,
    filas: list[Fila],
    formulario: BuscarPersonaForm,
    *,
    estado: int = 200,
) -> HttpResponse:
    contexto = {
        "jornada": jornada,
        "filas": filas,
        "buscar": formulario,
        "title": _("Anotar a una persona"),
    }
    codigo = 422 if formulario.errors else estado
    return pintar(request, modelo_admin, "persona.html", contexto, estado=codigo)


@require_POST
def anotar(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """Vuelve a la jornada; si algo no procede, la misma persona con lo escrito y por qué."""
    jornada = _con_permiso(request, modelo_admin, pk)
    cual = {c: _numero(request.POST.get(c, "")) for c in ("registro", "carga")}
    registro = uno(jornada, **cual)
    if registro is None:
        raise Http404(_("Ese registro no es del padrón de esta jornada."))
    historia = historia_de(jornada, registro)
    formulario = AnotarForm(request.POST, historia=historia)
    estado = 422
    if formulario.is_valid():
        try:
            entregas.anotar(jornada, registro, dicho=formulario.anotacion(), por=request.user)
        except ErrorDeNegocio as error:
            anotar_error(formulario, error)
            estado = 409
        else:
            messages.success(request, _("Anotado. Busca a la siguiente persona."))
            return redirect(url_de(jornada))
    _dejar_dicho(request, jornada, [historia])
    filas: list[Fila] = [(historia_de(jornada, registro), nombre_de(registro), formulario)]
    return _pagina(request, modelo_admin, jornada, filas, BuscarPersonaForm(), estado=estado)


def _numero(texto: str) -> int:
    return int(texto) if texto.isdecimal() and texto.isascii() and len(texto) <= 18 else 0


@require_POST
def lista(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponseBase:
    """La lista del día, con personas: quién la bajó queda en la bitácora."""
    jornada = _con_permiso(request, modelo_admin, pk)
    en_hoja = request.POST.get("formato") == "xlsx"
    if en_hoja and jornada.esperadas > TOPE_DE_HOJA:
        aviso = _("Son %(n)s personas y en hoja de cálculo salen hasta %(tope)s. Descarga el CSV.")
        cuentas = {"n": f"{jornada.esperadas:,}", "tope": f"{TOPE_DE_HOJA:,}"}
        messages.error(request, aviso % cuentas)
        return redirect(url_de(jornada))
    registrar_lectura(
        "lista_de_entrega",
        jornada,
        por=request.user,
        dependencia=jornada.dependencia.clave,
        renglones=jornada.esperadas,
        formato="xlsx" if en_hoja else "csv",
    )
    nombre = f"lista-de-entrega-{jornada.pk}"
    respuesta: HttpResponseBase
    if en_hoja:
        respuesta = FileResponse(
            _en_hoja(jornada), as_attachment=True, filename=f"{nombre}.xlsx", content_type=HOJA
        )
    else:
        respuesta = StreamingHttpResponse(_en_csv(jornada), content_type="text/csv; charset=utf-8")
        respuesta["Content-Disposition"] = f'attachment; filename="{nombre}.csv"'
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def _en_csv(jornada: JornadaDeEntrega) -> Iterator[str]:
    escritor = csv.writer(Eco())
    yield MARCA_UTF8 + escritor.writerow(lista_de_jornada.encabezado())
    for renglon in lista_de_jornada.renglones(jornada):
        yield escritor.writerow(renglon)


def _en_hoja(jornada: JornadaDeEntrega) -> IO[bytes]:
    """Todo es texto: una celda que empieza con «=» no es una fórmula."""
    archivo = tempfile.TemporaryFile()  # noqa: SIM115  (lo cierra la respuesta que lo entrega)
    libro = xlsxwriter.Workbook(archivo, {"constant_memory": True, "strings_to_urls": False})
    hoja = libro.add_worksheet("lista")
    for i, titulo in enumerate(lista_de_jornada.encabezado()):
        hoja.set_column(i, i, 18)
        hoja.write_string(0, i, titulo)
    hoja.freeze_panes(1, 0)
    for n, renglon in enumerate(lista_de_jornada.renglones(jornada), 1):
        for i, celda in enumerate(renglon):
            if celda:
                hoja.write_string(n, i, celda)
    libro.close()
    archivo.seek(0)
    return archivo
