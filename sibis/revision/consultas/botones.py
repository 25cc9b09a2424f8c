"""Qué puede hacer una persona hoy con un asunto: sus botones, y si observa o coteja."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.estados import Transicion
from sibis.revision.materias import Materia


@dataclass(frozen=True, slots=True)
class BotonDePaso:
    transicion: Transicion
    url: str


def botones_de(materia: Materia, asunto: Any, usuario: Usuario) -> tuple[BotonDePaso, ...]:
    """Los pasos que esta persona puede pedir hoy; el servicio vuelve a exigirlo todo."""
    disponibles = []
    for transicion in materia.flujo.desde(asunto.estado):
        permiso = Permiso(transicion.permiso)
        if transicion.nombre in materia.del_sistema:
            continue
        if not puede(usuario, permiso, en=asunto.dependencia_id):
            continue
        if transicion.exige_otra_persona and impedida(materia, asunto, permiso, usuario):
            continue
        disponibles.append(BotonDePaso(transicion, url_de_paso(materia, asunto, transicion)))
    return tuple(disponibles)


def url_de_paso(materia: Materia, asunto: Any, transicion: Transicion) -> str:
    propio = materia.formularios.get(transicion.nombre)
    if propio:
        return reverse(propio, args=[asunto.pk, transicion.nombre])
    return reverse("revision:paso", args=[asunto.expediente_id, transicion.nombre])


def impedida(materia: Materia, asunto: Any, permiso: Permiso, usuario: Usuario) -> bool:
    return any(
        materia.modelo._default_manager.filter(condicion, pk=asunto.pk).exists()
        for condicion, _motivo in materia.impedimentos(permiso, por=usuario)
    )


def puede_en_este_estado(materia: Materia, asunto: Any, usuario: Usuario, que: str) -> bool:
    return any(
        getattr(t, que)
        and puede(usuario, Permiso(t.permiso), en=asunto.dependencia_id)
        and not impedida(materia, asunto, Permiso(t.permiso), usuario)
        for t in materia.flujo.desde(asunto.estado)
    )
