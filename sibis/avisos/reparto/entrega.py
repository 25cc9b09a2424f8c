"""Lleva los correos de los avisos. Cómo se reparte sin perder ni repetir está en `sibis/correo`."""

from __future__ import annotations

from collections.abc import Sequence

from sibis.avisos.models import Aviso, CorreoDeAviso
from sibis.avisos.reparto.mensaje import mensaje_de
from sibis.correo import reparto
from sibis.correo.buzon import Buzon, Veredicto
from sibis.correo.direcciones import es_de_ejemplo
from sibis.correo.reparto import SEGUNDOS, Cuenta, Reparto, Resultado


def repartir(*, segundos: float = SEGUNDOS) -> Cuenta:
    return reparto.repartir(_CORREOS, segundos=segundos)


def repetir_agotados() -> int:
    return reparto.repetir(_CORREOS, CorreoDeAviso.objects.agotados())


def _llevar(correo: CorreoDeAviso, buzon: Buzon) -> Resultado:
    avisos = list(correo.avisos.order_by("-urgente", "creado_en", "pk"))
    if motivo := _por_que_sobra(correo, avisos):
        return Veredicto.SOBRA, motivo
    return buzon.entregar(mensaje_de(correo, avisos))


def _por_que_sobra(correo: CorreoDeAviso, avisos: Sequence[Aviso]) -> str:
    """Vacío si hay que mandarlo. Se lee en el panel, en la columna de lo que falló."""
    direccion = correo.para.email
    if not correo.para.is_active:
        return "cuenta suspendida"
    if not direccion:
        return "cuenta sin correo"
    if es_de_ejemplo(direccion):
        return "dirección de ejemplo, que no existe"
    if all(aviso.leido_en for aviso in avisos):
        return "ya los había leído"
    return ""


_CORREOS = Reparto(
    nombre="aviso_al_personal",
    que_ya_tocan=lambda: CorreoDeAviso.objects.que_ya_tocan(),
    llevar=_llevar,
)
