"""Los hilos de un asunto, para ponerlos en la página de ese asunto."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from sibis.expedientes.models import Expediente
from sibis.mensajes.models import Hilo
from sibis.mensajes.servicios.hilos import puede_escribir_sobre

register = template.Library()
_MOSTRADOS = 8


@register.inclusion_tag("mensajes/_del_expediente.html", takes_context=True)
def hilos_del_expediente(context: Context, expediente: Expediente | None) -> dict[str, Any]:
    """{% hilos_del_expediente regla.expediente %}: la lista, lo no leído y «Escribir».

    Sin expediente, o a quien no lo puede ver, no pinta nada.
    """
    usuario = context["request"].user
    if expediente is None or not puede_escribir_sobre(expediente, por=usuario):
        return {"expediente": None}
    suyos = Hilo.objects.visibles_para(usuario).filter(expediente=expediente)
    hilos = list(suyos.con_lo_nuevo_para(usuario).defer("vector")[: _MOSTRADOS + 1])
    return {
        "expediente": expediente,
        "hilos": hilos[:_MOSTRADOS],
        "hay_mas": len(hilos) > _MOSTRADOS,
        "nuevos": sum(h.nuevos for h in hilos[:_MOSTRADOS]),
    }
