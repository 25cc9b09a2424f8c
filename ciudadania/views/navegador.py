"""Notificaciones del navegador: la llave pública, suscribirse, dejarlas, y el guion que las muestra."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ciudadania.estados import Motivo
from ciudadania.forms.suscripcion import AlcanceForm
from ciudadania.limites import pide_de_mas
from ciudadania.reparto.destinos import DestinoNegado
from ciudadania.reparto.vapid import publica
from ciudadania.servicios import navegador as servicio
from ciudadania.views.origen import solo_desde_aqui
from programas.consultas.filtros import opciones

CUERPO_MAXIMO = 8_000


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@solo_desde_aqui
def navegador(request: HttpRequest) -> HttpResponse:
    """GET da la llave; POST suscribe; DELETE olvida. El cuerpo es JSON."""
    if request.method in {"GET", "HEAD"}:
        return JsonResponse({"llave": publica()})
    if pide_de_mas(request):
        return JsonResponse({"error": "demasiados"}, status=429)
    try:
        datos = _leer(request)
        destino = datos["endpoint"]
        if request.method == "DELETE":
            return JsonResponse({"borradas": servicio.dejar(destino=destino, por=None)})
        return _seguir(destino, datos)
    except (KeyError, TypeError, ValueError, RecursionError):  # DestinoNegado es un ValueError
        return JsonResponse({"error": "suscripcion"}, status=422)


def _leer(request: HttpRequest) -> dict[str, Any]:
    """Levanta ValueError si no es un objeto con sus textos, o si pesa de más."""
    if int(request.headers.get("Content-Length") or 0) > CUERPO_MAXIMO:
        raise ValueError("cuerpo")
    datos = json.loads(request.body)
    if not isinstance(datos, dict) or not isinstance(datos["endpoint"], str):
        raise DestinoNegado("no es una suscripción")
    return datos


def _seguir(destino: str, datos: dict[str, Any]) -> HttpResponse:
    alcance = datos.get("alcance")
    formulario = AlcanceForm(alcance if isinstance(alcance, dict) else {}, opciones=opciones())
    claves = {nombre: str(datos["keys"][nombre]) for nombre in ("p256dh", "auth")}
    if not formulario.is_valid():
        return JsonResponse({"error": "alcance"}, status=422)
    programa = formulario.cleaned_data["programa"]
    perfil = {} if programa else formulario.perfil()
    motivos = [m for m in Motivo.values if m in (datos.get("motivos") or Motivo.values)]
    if not motivos or (programa is None and not perfil):
        return JsonResponse({"error": "alcance"}, status=422)
    guardada = servicio.seguir(
        destino=destino,
        claves=claves,
        programa=programa,
        perfil=perfil,
        motivos=motivos,
        por=None,
    )
    return JsonResponse({"guardada": guardada is not None}, status=201 if guardada else 429)


@login_not_required
@require_safe
def guion(request: HttpRequest) -> HttpResponse:
    """Desde la raíz: un guion de servicio solo manda en su carpeta, y los estáticos viven en otra."""
    codigo = Path(str(finders.find("js/avisos-sw.js"))).read_bytes()
    respuesta = HttpResponse(codigo, content_type="text/javascript; charset=utf-8")
    respuesta["Cache-Control"] = "no-cache"
    return respuesta
