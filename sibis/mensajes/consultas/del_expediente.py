"""Los hilos de un asunto, para la página de ese asunto."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sibis.cuentas.models import Usuario
from sibis.expedientes.bloques import Bloque
from sibis.expedientes.models import Expediente
from sibis.mensajes.alcance import alcance
from sibis.mensajes.models import Hilo

_MOSTRADOS = 8


def bloque(usuario: Usuario, expediente: Expediente) -> Bloque | None:
    """La lista, lo no leído y «Escribir»; nada para quien no puede escribir sobre él."""
    quien = alcance(usuario)
    dependencia = expediente.dependencia_id
    if not quien.ve(dependencia=dependencia, personas=[usuario.pk], organos=quien.organos):
        return None
    return Bloque(
        "mensajes", _("Mensajes"), "mensajes/_del_expediente.html", _hilos(usuario, expediente)
    )


def _hilos(usuario: Usuario, expediente: Expediente) -> dict[str, Any]:
    suyos = Hilo.objects.visibles_para(usuario).filter(expediente=expediente)
    hilos = list(suyos.con_lo_nuevo_para(usuario).defer("vector")[: _MOSTRADOS + 1])
    return {
        "expediente": expediente,
        "hilos": hilos[:_MOSTRADOS],
        "hay_mas": len(hilos) > _MOSTRADOS,
        "nuevos": sum(h.nuevos for h in hilos[:_MOSTRADOS]),
    }
