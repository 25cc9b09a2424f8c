"""Volver a revisar lo ya entregado, sin efecto: qué cambiaría con otra regla u otras comprobaciones."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from padron.consultas.sombra import puede_comparar
from padron.estados import PASADAS_ABIERTAS
from padron.importacion import pasadas, revisar, trabajo
from padron.models import Carga, Pasada
from padron.servicios.en_marcha import seguir, siguiente_pasada
from padron.servicios.exigencias import anotar, apartar
from programas.models import ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso


@transaction.atomic
def revisar_en_sombra(
    carga: Carga, *, por: Usuario | None, regla: ReglaOperacion | None = None, en_cola: bool = True
) -> Pasada:
    """Con la regla que se diga (la suya, si no) y las comprobaciones de hoy. La anterior se tira.

    `por=None` es la máquina. Levanta SinPermiso o ErrorDeNegocio, y entonces no empieza nada.
    """
    carga = apartar(carga)
    if por is not None and not puede_comparar(por, carga.dependencia_id):
        raise SinPermiso(
            _("Solo quien entrega sus padrones o quien revisa sus reglas los compara.")
        )
    if carga.pasada is None:
        raise ErrorDeNegocio(_("Esa carga todavía no se ha revisado: no hay con qué comparar."))
    if regla is not None and (regla.programa_id, regla.ejercicio) != (
        carga.programa_id,
        carga.ejercicio,
    ):
        raise ErrorDeNegocio(_("Esa regla es de otro programa o de otro ejercicio."))
    _tirar_las_anteriores(carga)
    pasada = siguiente_pasada(carga, motivo=Pasada.Motivo.SOMBRA, regla=regla or carga.regla)
    anotar(
        "carga.sombra_pedida", carga, por=por, pasada=pasada.numero, version=pasada.regla.version
    )
    if en_cola:
        seguir(carga, pasada)
    return pasada


def revisar_varias_en_sombra(
    cargas: Iterable[Carga], *, por: Usuario, regla: ReglaOperacion
) -> list[Pasada]:
    """Cada una en su transacción: una que no se pueda no detiene a las demás."""
    return [
        revisar_en_sombra(carga, por=por, regla=regla)
        for carga in cargas
        if carga.pasada_id is not None
    ]


def _tirar_las_anteriores(carga: Carga) -> None:
    """De lo comparado antes quedan las cuentas, no los renglones."""
    anteriores = carga.pasadas.select_for_update(of=("self",)).filter(motivo=Pasada.Motivo.SOMBRA)
    for anterior in anteriores:
        if anterior.estado in PASADAS_ABIERTAS:
            pasadas.mover_pasada(anterior, "cancelar")
        revisar.olvidar(anterior)
        transaction.on_commit(partial(trabajo.tirar, anterior))
