"""Estados de una captura: lo que se teclea renglón por renglón antes de entregarse."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso
from sibis.nucleo.estados import Flujo, Transicion


class EstadoCaptura(models.TextChoices):
    ABIERTA = "abierta", _("en captura")
    ENTREGADA = "entregada", _("entregada")
    DESCARTADA = "descartada", _("descartada")


E = EstadoCaptura

FLUJO_CAPTURA = Flujo(
    E.ABIERTA,
    [
        Transicion(
            "entregar",
            frozenset({E.ABIERTA}),
            E.ENTREGADA,
            Permiso.PADRON_CARGAR,
            "Sus renglones quedan fijos en un archivo, que se revisa como cualquier otro.",
        ),
        Transicion(
            "reabrir",
            frozenset({E.ENTREGADA}),
            E.ABIERTA,
            Permiso.PADRON_CARGAR,
            "La carga se canceló o no se pudo leer: se sigue escribiendo donde se quedó.",
        ),
        Transicion(
            "descartar",
            frozenset({E.ABIERTA}),
            E.DESCARTADA,
            Permiso.PADRON_CARGAR,
            "Sus renglones se borran: nunca fueron padrón.",
        ),
    ],
)
