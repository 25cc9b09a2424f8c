"""Lo que comparten los actos que deciden sobre un plazo: apartarlo y ver si quien decide puede."""

from __future__ import annotations

from sibis.agenda.models import Vencimiento
from sibis.agenda.models.instancias import impedimentos
from sibis.bitacora.datos_personales import DatoPersonalEnBitacora, exigir_sin_datos_personales
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso


def bloquear(pk: int) -> Vencimiento:
    """El vencimiento como está ahora, apartado para esta transacción."""
    return (
        Vencimiento.objects.select_for_update(of=("self",))
        .select_related("obligacion", "dependencia")
        .get(pk=pk)
    )


def exigir_por_cumplir(v: Vencimiento) -> None:
    if v.cumplido_que:
        raise ErrorDeNegocio("Ese plazo ya está cumplido: no hay nada que decidir.")
    if v.sin_efecto_el is not None:
        raise ErrorDeNegocio("Ese plazo quedó sin efecto: ya nadie lo debe.")


def exigir_otra_instancia(v: Vencimiento, *, por: Usuario) -> None:
    """Facultad y otro órgano. Levanta SinPermiso."""
    if not puede(por, Permiso.PRORROGA_DECIDIR, en=v.dependencia_id):
        raise SinPermiso("Tu función no permite decidir sobre plazos.")
    for condicion, motivo in impedimentos(por=por):
        if Vencimiento.objects.filter(condicion, pk=v.pk).exists():
            raise SinPermiso(str(motivo))


def exigir_texto_publicable(**textos: str) -> None:
    """Queda en la bitácora para siempre: no lleva datos de nadie."""
    try:
        exigir_sin_datos_personales(textos)
    except DatoPersonalEnBitacora as error:
        raise ErrorDeNegocio(
            "El texto parece traer una CURP, una CLABE o un correo. Quítalo: queda en la bitácora. "
            "No se cambió nada."
        ) from error
