"""Lo que todo acto sobre una carga comprueba antes: apartarla, quién, y que sea otra persona."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from padron.estados import FLUJO_CARGA
from padron.models import Carga, Correccion, Descarte
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Dependencia, Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio, SinPermiso

_SIN_FACULTAD = {
    Permiso.PADRON_CARGAR: gettext_lazy("Solo el enlace de la dependencia carga sus padrones."),
    Permiso.PADRON_CONFIRMAR: gettext_lazy(
        "Solo la persona titular de la dependencia confirma sus padrones."
    ),
}


def apartar(carga: Carga, *, edicion: int | None = None) -> Carga:
    """La bloquea. Con `edicion`, levanta EdicionConcurrente si alguien la movió después de verla."""
    apartada = (
        Carga.objects.select_for_update(of=("self",))
        .select_related("dependencia", "programa", "pasada")
        .get(pk=carga.pk)
    )
    if edicion is not None and edicion != apartada.edicion:
        raise EdicionConcurrente(
            _("Alguien movió la carga mientras la veías. No se hizo nada: mírala como está ahora.")
        )
    return apartada


def exigir_paso(carga: Carga, nombre: str, *, por: Usuario) -> None:
    """El estado lo admite y quien lo pide tiene la facultad sobre esa dependencia."""
    transicion = FLUJO_CARGA.exigir(nombre, estado=carga.estado)
    exigir_facultad(Permiso(transicion.permiso), carga.dependencia_id, por=por)
    if transicion.exige_otra_persona:
        exigir_otra_persona(carga, por=por)


def exigir_facultad(permiso: Permiso, dependencia: Dependencia | int, *, por: Usuario) -> None:
    if not puede(por, permiso, en=dependencia):
        raise SinPermiso(str(_SIN_FACULTAD[permiso]))


def exigir_otra_persona(carga: Carga, *, por: Usuario) -> None:
    """El único lugar donde se decide. La base lo repite al aplicar (models/resguardos.py)."""
    suya = por.pk in (carga.cargada_por_id, carga.presentada_por_id)
    corrigio = any(m.objects.filter(carga=carga, por=por).exists() for m in (Correccion, Descarte))
    if suya or corrigio:
        raise SinPermiso(
            _(
                "Tú cargaste, corregiste o presentaste esta carga: la confirma o la devuelve otra "
                "persona. No se hizo nada."
            )
        )


def exigir_motivo(motivo: str) -> str:
    if not (limpio := " ".join(motivo.split())):
        raise ErrorDeNegocio(_("Escribe por qué: quien la cargó lo va a leer."))
    return limpio


def anotar(tipo: str, carga: Carga, *, por: Usuario | None, **detalle: Any) -> None:
    """`por=None` es la máquina."""
    registrar(tipo, carga, por=por, dependencia=carga.dependencia, folio=carga.folio, **detalle)
