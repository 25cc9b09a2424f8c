"""Por dónde pasa lo que se entrega: un renglón por correo, y su estado es la verdad."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.nucleo.estados import Flujo, Transicion


class EstadoEnvio(models.TextChoices):
    PENDIENTE = "pendiente", _("por salir")
    ENVIADO = "enviado", _("entregado al servidor")
    RECHAZADO = "rechazado", _("rechazado")
    AGOTADO = "agotado", _("no salió tras muchos intentos")
    CANCELADO = "cancelado", _("ya no hacía falta")


E = EstadoEnvio

# Nadie del personal da estos pasos: los da la máquina, o quien la opera.
SIN_PERMISO = ""
POR_SALIR = frozenset({E.PENDIENTE})
NO_SALIERON = frozenset({E.RECHAZADO, E.AGOTADO})

FLUJO_ENVIO = Flujo(
    E.PENDIENTE,
    [
        Transicion(
            "entregar",
            frozenset({E.PENDIENTE}),
            E.ENVIADO,
            SIN_PERMISO,
            "El servidor de correo, o el del navegador, lo aceptó.",
        ),
        Transicion(
            "rechazar",
            frozenset({E.PENDIENTE}),
            E.RECHAZADO,
            SIN_PERMISO,
            "El servidor dijo que no y que no se repita.",
        ),
        Transicion(
            "agotar",
            frozenset({E.PENDIENTE}),
            E.AGOTADO,
            SIN_PERMISO,
            "Se intentó durante dos días y no se pudo.",
        ),
        Transicion(
            "cancelar",
            frozenset({E.PENDIENTE}),
            E.CANCELADO,
            SIN_PERMISO,
            "Quien lo iba a recibir ya no lo necesita, o no tiene a dónde.",
        ),
        Transicion(
            "repetir",
            frozenset({E.AGOTADO}),
            E.PENDIENTE,
            SIN_PERMISO,
            "Quien opera el sistema corrigió la causa y pide otro intento.",
        ),
    ],
)
