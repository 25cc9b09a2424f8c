"""Un error que se repite: qué arreglos tiene, qué cambiaría cada uno, y hacerlo en todas las filas."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from padron.consultas.arreglos import Arreglo, Previa, caso_de, hechos, previa_de, recordadas
from padron.consultas.filas import Contexto
from padron.forms.arreglos import ArregloForm
from padron.models import Carga, Hallazgo, Receta
from padron.servicios import lecturas, recetas
from padron.servicios.correcciones import LARGO_DE_MOTIVO
from padron.validacion.codigos import CODIGOS
from padron.validacion.patrones import mensaje_de, titulo_de
from padron.validacion.recetas import Caso, Transformacion, sugeridas
from padron.views.arreglos_base import armado, del_ambito, exigir_que_cargue, url_de
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso


@require_http_methods(["GET", "HEAD", "POST"])
def arreglar_patron(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """La dirección dice el patrón (código, columna, forma) y, al elegir, el arreglo con sus parámetros."""
    contexto = del_ambito(request, modelo_admin, pk)
    exigir_que_cargue(request, contexto.carga)
    caso = caso_de(
        contexto, **{c: request.GET.get(c, "")[:200] for c in ("codigo", "columna", "forma")}
    )
    if caso is None:
        raise Http404(_("No hay un error con ese nombre."))
    datos = request.POST if request.method == "POST" else request.GET
    opciones = [_form(contexto, caso, t, datos) for t in sugeridas(caso)]
    elegida = next((f for f in opciones if f.is_bound), None)
    arreglo = elegida.arreglo if elegida is not None and elegida.is_valid() else None
    if request.method == "POST" and request.POST.get("accion") == "aplicar" and arreglo is not None:
        return _aplicar(request, contexto, arreglo, elegida)
    previa = previa_de(contexto, arreglo) if arreglo is not None else None
    con_datos = _pide_ver(request, contexto, previa)
    pagina = armado(
        request,
        modelo_admin,
        contexto,
        _("Arreglar en todas las filas"),
        caso=caso,
        titulo_de_columna=titulo_de(caso.columna),
        mensaje=mensaje_de(caso.codigo, caso.columna, contexto.regla),
        sugerencia=CODIGOS[caso.codigo].sugerencia,
        filas=_cuantas(contexto, caso),
        opciones=opciones,
        elegida=elegida,
        previa=previa,
        ejemplos=_ejemplos(contexto, previa, con_datos=con_datos),
        con_datos=con_datos,
    )
    estado = 422 if elegida is not None and arreglo is None else 200
    return _privada(render(request, "admin/padron/arreglar.html", pagina, status=estado))


def _form(
    contexto: Contexto, caso: Caso, transformacion: Transformacion, datos: Any
) -> ArregloForm:
    """Solo el elegido lleva datos: los demás enseñan su propuesta."""
    suyo = datos if datos.get("receta") == transformacion.identificador else None
    motivo = mensaje_de(caso.codigo, caso.columna, contexto.regla)[:LARGO_DE_MOTIVO]
    if suyo is not None and transformacion.descarta and "motivo" not in suyo:
        suyo = suyo.copy()
        suyo["motivo"] = motivo
    return ArregloForm(suyo, transformacion=transformacion, caso=caso, motivo=motivo)


def _cuantas(contexto: Contexto, caso: Caso) -> int:
    return Hallazgo.objects.filter(
        pasada=contexto.pasada, codigo=caso.codigo, columna=caso.columna, forma=caso.forma
    ).count()


def _pide_ver(request: HttpRequest, contexto: Contexto, previa: Previa | None) -> bool:
    """Verdadero si pidió los datos y se anotó que los leyó."""
    if request.method != "POST" or request.POST.get("accion") != "ver" or previa is None:
        return False
    try:
        lecturas.anotar_lectura(
            contexto.carga, donde="arreglo", filas=len(previa.ejemplos), por=request.user
        )
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    return True


def _ejemplos(
    contexto: Contexto, previa: Previa | None, *, con_datos: bool
) -> list[dict[str, Any]]:
    return [
        {
            "fila": c.fila.fila,
            "antes": contexto.a_la_vista(c.lugar, c.antes, con_datos=con_datos),
            "despues": contexto.a_la_vista(c.lugar, c.despues, con_datos=con_datos),
        }
        for c in (previa.ejemplos if previa else ())
    ]


def _aplicar(
    request: HttpRequest, contexto: Contexto, arreglo: Arreglo, form: ArregloForm | None
) -> HttpResponse:
    motivo = form.cleaned_data.get("motivo", "") if form is not None else ""
    try:
        cuantas = recetas.aplicar(contexto.carga, arreglo, motivo=motivo, por=request.user)
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect(request.get_full_path())
    _decir(request, cuantas)
    return redirect(url_de(contexto.carga))


def _decir(request: HttpRequest, cuantas: int) -> None:
    messages.success(
        request,
        ngettext(
            "Se arregló %(n)s fila y la carga se está revisando de nuevo. Se recuerda para la siguiente.",
            "Se arreglaron %(n)s filas y la carga se está revisando de nuevo. Se recuerda para la "
            "siguiente.",
            cuantas,
        )
        % {"n": f"{cuantas:,}"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def arreglos(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """Lo que la dependencia ya sabe arreglar, y lo que se arregló en esta carga, por si hay que deshacerlo."""
    contexto = del_ambito(request, modelo_admin, pk)
    exigir_que_cargue(request, contexto.carga)
    if request.method == "POST":
        return _hacer(request, contexto)
    ofrecidas = recordadas(contexto)
    pagina = armado(
        request,
        modelo_admin,
        contexto,
        _("Arreglos de esta carga"),
        recordadas=ofrecidas,
        filas_recordadas=sum(r.filas for r in ofrecidas),
        hechos=hechos(contexto.carga),
    )
    return render(request, "admin/padron/arreglos.html", pagina)


def _hacer(request: HttpRequest, contexto: Contexto) -> HttpResponse:
    carga, accion = contexto.carga, request.POST.get("accion", "")
    elegidas = {int(v[:18]) for v in request.POST.getlist("receta") if v.isdecimal()}
    try:
        if accion == "aplicar":
            _decir(request, recetas.aplicar_recordadas(carga, cuales=elegidas, por=request.user))
            return redirect(url_de(carga))
        receta = _receta(carga, elegidas)
        if accion == "deshacer":
            recetas.deshacer(carga, receta, por=request.user)
            messages.success(request, _("Se deshizo. La carga se está revisando de nuevo."))
            return redirect(url_de(carga))
        if accion == "olvidar":
            recetas.olvidar(receta, por=request.user)
            messages.success(request, _("Ya no se ofrecerá. Lo arreglado se queda como está."))
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
    return redirect(request.path)


def _receta(carga: Carga, elegidas: set[int]) -> Receta:
    """De la misma dependencia que la carga; si no, no existe."""
    receta = Receta.objects.filter(pk__in=elegidas, dependencia=carga.dependencia_id).first()
    if receta is None:
        raise Http404(_("Esa receta no es de tu dependencia."))
    return receta


def _privada(respuesta: HttpResponse) -> HttpResponse:
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta
