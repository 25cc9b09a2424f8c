"""Pedir avisos, confirmarlos, verlos y dejarlos: sin cuenta, sin galletas y sin JavaScript.

Abrir un enlace nunca cambia nada: los filtros de correo los abren todos antes que su dueña. Lo que
cambia algo es el botón de la página, o el del propio programa de correo (RFC 8058).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ciudadania.consultas import propias
from ciudadania.consultas.alcance import FACETAS_DE_PERFIL
from ciudadania.estados import EstadoSuscripcion
from ciudadania.forms.suscripcion import SuscribirForm
from ciudadania.limites import pide_de_mas
from ciudadania.reparto.vapid import publica
from ciudadania.servicios import suscribir
from ciudadania.servicios.suscribir import Respuesta
from ciudadania.views.origen import solo_desde_aqui
from programas.consultas.filtros import opciones

_CAMBIA = ["GET", "HEAD", "POST"]
_ESTADO = {
    Respuesta.LISTO: 200,
    Respuesta.YA_ESTABA: 200,
    Respuesta.VENCIDO: 410,
    Respuesta.DESCONOCIDO: 404,
}


@login_not_required
@never_cache
@require_http_methods(_CAMBIA)
@solo_desde_aqui
def avisos(request: HttpRequest) -> HttpResponse:
    """El formulario. La respuesta a quien lo manda es siempre la misma, estuviera o no la dirección."""
    if request.method != "POST":
        return _mostrar(request, _formulario_de_la_direccion(request))
    if pide_de_mas(request):
        return render(request, "429.html", status=429)
    formulario = SuscribirForm(request.POST, opciones=opciones())
    if not formulario.is_valid():
        return _mostrar(request, formulario, status=422)
    if not formulario.es_de_maquina:
        datos = formulario.cleaned_data
        suscribir.pedir(
            correo=datos["correo"],
            programa=datos["programa"],
            perfil={} if datos["programa"] else formulario.perfil(),
            motivos=datos["motivos"],
            por=None,
        )
    return redirect("ciudadania:revisa")


def _formulario_de_la_direccion(request: HttpRequest) -> SuscribirForm:
    """Lo que traiga la dirección, si existe; lo que no, como si no lo trajera."""
    nombres = opciones()
    iniciales: dict[str, object] = {
        faceta: [v for v in request.GET.getlist(faceta) if v in nombres.nombres[faceta]]
        for faceta in FACETAS_DE_PERFIL
    }
    slug = request.GET.get("programa", "")
    if slug_re.match(slug):
        iniciales["programa"] = slug
    return SuscribirForm(initial=iniciales, opciones=nombres)


def _mostrar(request: HttpRequest, formulario: SuscribirForm, status: int = 200) -> HttpResponse:
    contexto = {
        "formulario": formulario,
        "programa": formulario.programa_elegido(),
        "correos_en_archivo": "filebased" in settings.EMAIL_BACKEND,
        "llave_push": publica(),
    }
    return render(request, "ciudadania/avisos.html", contexto, status=status)


@login_not_required
@require_safe
def revisa(request: HttpRequest) -> HttpResponse:
    contexto = {"correos_en_archivo": "filebased" in settings.EMAIL_BACKEND}
    return render(request, "ciudadania/revisa.html", contexto)


@login_not_required
@never_cache
@require_http_methods(_CAMBIA)
@solo_desde_aqui
def confirmar(request: HttpRequest) -> HttpResponse:
    """GET enseña qué se va a recibir y un botón; POST lo confirma."""
    llave = _llave(request)
    if request.method == "POST":
        return _resultado(request, suscribir.confirmar(llave=llave, por=None), llave)
    suscripcion = propias.por_confirmar(llave) if llave else None
    if suscripcion is None or suscripcion.estado == EstadoSuscripcion.BAJA:
        return _enlace_que_no_sirve(request, llave)
    contexto = {"pedido": propias.pedido(suscripcion), "llave": llave}
    return render(request, "ciudadania/confirmar.html", contexto)


def _resultado(request: HttpRequest, respuesta: Respuesta, llave: str) -> HttpResponse:
    if respuesta == Respuesta.DESCONOCIDO:
        return _enlace_que_no_sirve(request, llave)
    suscripcion = propias.por_confirmar(llave)
    contexto = {
        "vencido": respuesta == Respuesta.VENCIDO,
        "pedido": propias.pedido(suscripcion) if suscripcion else None,
    }
    return render(request, "ciudadania/confirmada.html", contexto, status=_ESTADO[respuesta])


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(_CAMBIA)
def baja(request: HttpRequest) -> HttpResponse:
    """Con un botón. El del programa de correo llega de su servidor: solo trae la llave, y basta.

    Ese promete no recibir más, así que deja todo lo que la dirección pidió; el de la página pregunta.
    """
    llave = _llave(request)
    if request.method == "POST":
        toda = "todo" in request.POST or "List-Unsubscribe" in request.POST
        respuesta = suscribir.dar_de_baja(llave=llave, toda=toda, por=None)
        if respuesta == Respuesta.DESCONOCIDO:
            return _enlace_que_no_sirve(request, llave)
        return render(request, "ciudadania/de_baja.html", {"toda": toda})
    suscripcion = propias.de_llave(llave) if llave else None
    if suscripcion is None:
        return _enlace_que_no_sirve(request, llave)
    if suscripcion.estado == EstadoSuscripcion.BAJA:
        return render(request, "ciudadania/de_baja.html", {"toda": False})
    pedidos = propias.pedidos_de(suscripcion)
    contexto = {"pedido": propias.pedido(suscripcion), "otros": len(pedidos) - 1, "llave": llave}
    return render(request, "ciudadania/baja.html", contexto)


@login_not_required
@never_cache
@require_http_methods(_CAMBIA)
@solo_desde_aqui
def administrar(request: HttpRequest) -> HttpResponse:
    """Todo lo que esa dirección sigue; cada cosa se puede dejar, o todas."""
    llave = _llave(request)
    suscripcion = propias.de_llave(llave) if llave else None
    if suscripcion is None or suscripcion.estado == EstadoSuscripcion.BAJA:
        return _enlace_que_no_sirve(request, llave)
    calendario = ""
    if request.method == "POST":
        calendario = _cambiar_calendario(request)
    contexto = {
        "pedidos": propias.pedidos_de(suscripcion),
        "llave": llave,
        "calendario": calendario,
        "cual": request.POST.get("cual", ""),
    }
    return render(request, "ciudadania/administrar.html", contexto)


def _cambiar_calendario(request: HttpRequest) -> str:
    """Abre o cierra la dirección secreta de un calendario; la devuelve si se acaba de abrir."""
    cual = request.POST.get("cual", "")
    if "cerrar" in request.POST:
        suscribir.cerrar_calendario(llave=cual, por=None)
        return ""
    nueva = suscribir.abrir_calendario(llave=cual, por=None)
    if not nueva:
        return ""
    return f"{settings.URL_PUBLICA}{reverse('ciudadania:calendario_propio')}?llave={nueva}"


def _llave(request: HttpRequest) -> str:
    """La del formulario o la del enlace; acotada, porque cualquiera escribe lo que quiera ahí."""
    llave = request.POST.get("llave") or request.GET.get("llave") or ""
    return llave[:200].replace("\x00", "")


def _enlace_que_no_sirve(request: HttpRequest, llave: str) -> HttpResponse:
    """Sin llave es que alguien llegó a la dirección a secas: se le explica, no se le regaña."""
    return render(request, "ciudadania/enlace.html", status=404 if llave else 200)
