"""Lo que los padrones cuelgan del expediente de una regla."""

from __future__ import annotations

from django.utils.translation import gettext as _

from padron.consultas.sombra import comparables, puede_comparar
from programas.models import ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.expedientes.bloques import Bloque
from sibis.expedientes.models import Expediente


def bloque(usuario: Usuario, expediente: Expediente) -> Bloque | None:
    """Nada si no hay padrones entregados, o para quien no los compara."""
    if expediente.clase != "regla" or not puede_comparar(usuario, expediente.dependencia_id):
        return None
    regla = ReglaOperacion.objects.filter(expediente=expediente).first()
    cuantas = comparables(regla).count() if regla else 0
    if regla is None or not cuantas:
        return None
    return Bloque(
        "padrones",
        _("Padrones ya entregados"),
        "padron/_en_el_expediente.html",
        {"regla": regla, "cargas": cuantas},
    )
