"""Ver datos de personas en una carga: solo quien puede, y cada lectura queda escrita."""

from __future__ import annotations

from django.utils.translation import gettext as _

from padron.models import Carga
from sibis.bitacora.registro import registrar_lectura
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import SinPermiso


def ve_datos(usuario: Usuario, carga: Carga) -> bool:
    return puede(usuario, Permiso.DATOS_PERSONALES_VER, en=carga.dependencia_id)


def anotar_lectura(carga: Carga, *, donde: str, filas: int, por: Usuario) -> None:
    """Se llama antes de enseñar. Levanta SinPermiso si no le toca."""
    if not ve_datos(por, carga):
        raise SinPermiso(_("Tu función no permite ver datos personales de esta dependencia."))
    registrar_lectura(
        "carga",
        carga,
        por=por,
        dependencia=carga.dependencia,
        folio=carga.folio,
        donde=donde,
        filas=filas,
    )
