"""Contestar la lista de cotejo de la última remisión."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.revision.estados import ResultadoDeCotejo
from sibis.revision.materias import Materia
from sibis.revision.models import Cotejo, PuntoDeCotejo
from sibis.revision.servicios.pasos import exigir_otra_instancia, exigir_texto_publicable


def instancia_que_coteja(materia: Materia, asunto: Any, *, por: Usuario) -> str:
    """La instancia cuya lista puede contestar hoy esa persona; vacía si ninguna."""
    for transicion in materia.flujo.desde(asunto.estado):
        if transicion.exige_cotejo and puede(
            por, Permiso(transicion.permiso), en=asunto.dependencia_id
        ):
            return transicion.exige_cotejo
    return ""


@transaction.atomic
def cotejar(
    materia: Materia, asunto: Any, *, por: Usuario, respuestas: Mapping[int, tuple[str, str]]
) -> int:
    """Guarda {punto: (resultado, nota)}; lo que no viene queda como estaba. Devuelve cuántas cambió."""
    asunto = materia.bloquear(asunto)
    instancia = instancia_que_coteja(materia, asunto, por=por)
    if not instancia:
        raise SinPermiso(_("En este estado tu función no coteja este asunto."))
    _exigir_facultad(materia, asunto, instancia, por=por)
    remision = (
        asunto.expediente.remisiones.order_by("-numero").first() if asunto.expediente else None
    )
    if remision is None:
        raise ErrorDeNegocio(_("Todavía no se remite nada que cotejar."))
    puntos = PuntoDeCotejo.objects.de(materia.clase, instancia, variante=materia.variante(asunto))
    cambios = 0
    for punto in puntos:
        if punto.pk not in respuestas:
            continue
        resultado, nota = respuestas[punto.pk]
        if resultado not in ResultadoDeCotejo.values:
            raise ErrorDeNegocio(_("Cada punto se contesta con sí, no o no aplica."))
        exigir_texto_publicable(nota)
        cambios += _guardar(remision, punto, resultado, _limpia(nota), por=por)
    if cambios:
        registrar(
            f"{materia.clase}.cotejada",
            asunto,
            por=por,
            dependencia=asunto.dependencia.clave,
            puntos=cambios,
            remision=remision.numero,
        )
    return cambios


def _limpia(nota: str) -> str:
    return nota.replace("\x00", "").strip()[:500]  # la base no guarda ceros


def _exigir_facultad(materia: Materia, asunto: Any, instancia: str, *, por: Usuario) -> None:
    for transicion in materia.flujo.desde(asunto.estado):
        if transicion.exige_cotejo == instancia and transicion.exige_otra_persona:
            exigir_otra_instancia(materia, asunto, Permiso(transicion.permiso), por=por)


def _guardar(
    remision: Any, punto: PuntoDeCotejo, resultado: str, nota: str, *, por: Usuario
) -> int:
    hecho = Cotejo.objects.filter(remision=remision, punto=punto).first()
    if hecho is not None and (hecho.resultado, hecho.nota) == (resultado, nota):
        return 0
    Cotejo.objects.update_or_create(
        remision=remision,
        punto=punto,
        defaults={
            "resultado": resultado,
            "nota": nota,
            "cotejado_por": por,
            "cotejado_en": timezone.now(),
        },
    )
    return 1
