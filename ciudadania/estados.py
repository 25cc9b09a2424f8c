"""Estados de una suscripción y de qué se avisa. Los de un envío son los de todo correo."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.correo.estados import SIN_PERMISO
from sibis.nucleo.estados import Flujo, Transicion


class EstadoSuscripcion(models.TextChoices):
    PENDIENTE = "pendiente", _("espera confirmación")
    CONFIRMADA = "confirmada", _("confirmada")
    BAJA = "baja", _("dada de baja")


class Motivo(models.TextChoices):
    """Lo que una persona puede pedir que se le avise."""

    ABRE = "abre", _("cuando abra")
    CIERRA = "cierra", _("cuando esté por cerrar")
    ENTREGA = "entrega", _("cuando se vaya a entregar el apoyo")
    REGLA = "regla", _("cuando se publiquen reglas nuevas")


class ClaseDeEnvio(models.TextChoices):
    CONFIRMACION = "confirmacion", _("confirmar la dirección")
    YA_SUSCRITA = "ya_suscrita", _("ya recibía estos avisos")
    AVISOS = "avisos", _("avisos del día")


S = EstadoSuscripcion

# Nadie del personal da estos pasos: los da la persona con el enlace de su correo, o la máquina.

FLUJO_SUSCRIPCION = Flujo(
    S.PENDIENTE,
    [
        Transicion(
            "confirmar",
            frozenset({S.PENDIENTE}),
            S.CONFIRMADA,
            SIN_PERMISO,
            "La persona oprimió el botón de la página que abre su correo.",
        ),
        Transicion(
            "dar de baja",
            frozenset({S.PENDIENTE, S.CONFIRMADA}),
            S.BAJA,
            SIN_PERMISO,
            "La dirección se borra en ese momento; no se puede reactivar, solo pedir otra.",
        ),
    ],
)
