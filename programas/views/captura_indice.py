"""La página de una regla: lista de tareas para quien la escribe, lectura para los demás."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from programas import requisitos
from programas.consultas.conversacion import hilos_de
from programas.consultas.copiado import Cotejada, cotejar
from programas.consultas.secciones import secciones_de
from programas.consultas.tareas import lista_de_tareas
from programas.estados import EN_CURSO, EstadoRegla
from programas.materia import REGLA, anterior_de
from programas.models import Exigencia, ReglaOperacion
from programas.views.lectura_panel import regla_del_panel
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.diferencias import Cambio
from sibis.revision.consultas.botones import botones_de
from sibis.revision.retratos import Campo


@require_safe
def indice(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    regla = regla_del_panel(request, modelo_admin, pk)
    escribe = regla.es_editable and _escribe(request.user, regla)
    cotejada = cotejar(regla, regla.copiada_de or anterior_de(regla))
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        **_cabeza(regla, request.user),
        "opts": ReglaOperacion._meta,
        "title": str(regla),
        "cotejada": cotejada,
        "hay_cambios": bool(cotejada.cambios),
        "escribe": escribe,
        "mis_borradores": [] if escribe else _mis_borradores(regla, request.user),
    }
    if escribe:
        contexto |= _tareas(regla, cotejada, contexto["faltantes"], request.user)
    plantilla = "tareas" if escribe else "lectura"
    return render(request, f"admin/programas/captura/{plantilla}.html", contexto)


def _escribe(usuario: Usuario, regla: ReglaOperacion) -> bool:
    return puede(usuario, Permiso.REGLA_CAPTURAR, en=regla.dependencia_id)


def _cabeza(regla: ReglaOperacion, usuario: Usuario) -> dict[str, Any]:
    """Cómo está, qué puede hacer esta persona con ella y qué le falta para el siguiente paso."""
    momento = Exigencia.Momento.ENVIAR if regla.es_editable else Exigencia.Momento.PUBLICAR
    abiertas = {EstadoRegla.PUBLICADO, EstadoRegla.SUSPENDIDO, EstadoRegla.CERRADO}
    return {
        "regla": regla,
        "botones": botones_de(REGLA, regla, usuario) if regla.expediente_id else (),
        "faltantes": requisitos.faltantes(regla, momento) if regla.estado in EN_CURSO else [],
        "puede_abrir_version": regla.estado in abiertas and _escribe(usuario, regla),
    }


def _tareas(
    regla: ReglaOperacion,
    cotejada: Cotejada,
    faltantes: list[requisitos.Faltante],
    usuario: Usuario,
) -> dict[str, Any]:
    secciones, hilos = secciones_de(regla), hilos_de(regla, por=usuario)
    lista = lista_de_tareas(
        regla, secciones, cotejada, por=usuario, faltantes=faltantes, hilos=hilos
    )
    return {"lista": lista, "de_todo": hilos.get("", [])}


def _mis_borradores(regla: ReglaOperacion, usuario: Usuario) -> list[tuple[str, str]]:
    """(título, dirección) de lo que dejó sin guardar antes de que la regla cambiara de estado."""
    suyos = set(regla.borradores.filter(usuario=usuario).values_list("seccion", flat=True))
    if not suyos:
        return []
    return [
        (str(s.titulo), reverse("admin:programas_regla_seccion", args=[regla.pk, s.clave]))
        for s in secciones_de(regla)
        if s.clave in suyos
    ]


@require_safe
def cambios(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """Qué dice distinto de la regla de antes, campo por campo."""
    regla = regla_del_panel(request, modelo_admin, pk)
    cotejada = cotejar(regla, regla.copiada_de or anterior_de(regla))
    vacio = Campo("", "")
    entonces = cotejada.entonces.por_clave() if cotejada.entonces else {}
    pares: list[tuple[Campo, list[Cambio]]] = [
        (cotejada.campos.get(clave) or entonces.get(clave, vacio), lista)
        for clave, lista in cotejada.cambios.items()
    ]
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "opts": ReglaOperacion._meta,
        "regla": regla,
        "cotejada": cotejada,
        "pares": pares,
        "title": str(regla),
    }
    return render(request, "admin/programas/captura/cambios.html", contexto)
