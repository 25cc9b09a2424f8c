"""Estados de una observación y su tabla; y las respuestas cerradas de una revisión."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso
from sibis.nucleo.estados import Flujo, Transicion


class EstadoObservacion(models.TextChoices):
    ABIERTA = "abierta", _("abierta")
    RESUELTA = "resuelta", _("resuelta")
    DESCARTADA = "descartada", _("descartada")


class ClaseObservacion(models.TextChoices):
    """Un comentario es del órgano que lo escribe; lo demás llega a quien presenta."""

    OBSERVACION = "observacion", _("observación")
    RECOMENDACION = "recomendacion", _("recomendación")
    COMENTARIO = "comentario", _("comentario interno")


class ResultadoDeCotejo(models.TextChoices):
    SI = "si", _("sí")
    NO = "no", _("no")
    NO_APLICA = "no_aplica", _("no aplica")


class SentidoDelDictamen(models.TextChoices):
    FAVORABLE = "favorable", _("favorable")
    NO_FAVORABLE = "no_favorable", _("no favorable")


E = EstadoObservacion

FLUJO_OBSERVACION = Flujo(
    E.ABIERTA,
    [
        Transicion(
            "resolver",
            frozenset({E.ABIERTA}),
            E.RESUELTA,
            Permiso.REGLA_OBSERVAR,
            "El órgano que observó da por corregido lo que señaló.",
        ),
        Transicion(
            "reabrir",
            frozenset({E.RESUELTA}),
            E.ABIERTA,
            Permiso.REGLA_OBSERVAR,
            "Vuelve a quedar pendiente.",
        ),
        Transicion(
            "descartar",
            frozenset({E.ABIERTA}),
            E.DESCARTADA,
            Permiso.REGLA_OBSERVAR,
            "Se escribió por error; queda guardada y ya no cuenta.",
        ),
    ],
)
