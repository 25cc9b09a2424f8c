"""Enseñar lo que traen las primeras celdas de un archivo: es leer datos de personas, y queda escrito."""

from __future__ import annotations

from django.utils.translation import gettext as _

from padron.consultas.alcance import ve_valores
from padron.importacion import muestra
from padron.models import Carga
from sibis.bitacora.registro import registrar_lectura
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import SinPermiso


def ver_valores(carga: Carga, *, por: Usuario) -> list[list[str]]:
    """Los primeros renglones como vienen. Levanta SinPermiso."""
    if not ve_valores(por, carga):
        raise SinPermiso(_("Tu función no incluye ver datos personales."))
    renglones = muestra.primeras(carga)
    registrar_lectura(
        "muestra_de_carga",
        carga,
        por=por,
        dependencia=carga.dependencia,
        folio=carga.folio,
        renglones=len(renglones),
    )
    return renglones
