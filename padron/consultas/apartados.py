"""Lo que el padrón pone en la página de un programa."""

from __future__ import annotations

from django.utils.translation import gettext as _

from padron.consultas.padrones import padron_de, vigentes
from programas.consultas.apartados import Apartado
from programas.models import ReglaOperacion

CUANTOS = 12  # los meses de un año; los demás están en /padron/


def padron(regla: ReglaOperacion) -> Apartado | None:
    """Lo que la dependencia ya entregó de ese ejercicio, y con qué recibo. Sin entregas, nada."""
    suyos = vigentes().filter(carga__programa=regla.programa_id, carga__ejercicio=regla.ejercicio)
    recientes = tuple(map(padron_de, suyos.order_by("-emitido_en", "-pk")[:CUANTOS]))
    if not recientes:
        return None
    return Apartado("padron", _("Padrón"), "padron/_apartado.html", {"padrones": recientes})
