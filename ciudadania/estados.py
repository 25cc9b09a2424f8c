"""Estados de una suscripción y de un envío, y de qué se avisa."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.nucleo.estados import Flujo, Transicion


class EstadoSuscripcion(models.TextChoices):
    PENDIENTE = "pendiente", _("espera confirmación")
    CONFIRMADA = "confirmada", _("confirmada")
    BAJA = "baja", _("dada de baja")


class EstadoEnvio(models.TextChoices):
    PENDIENTE = "pendiente", _("por salir")
    ENVIADO = "enviado", _("entregado al servidor")
    RECHAZADO = "rechazado", _("rechazado")
    AGOTADO = "agotado", _("no salió tras muchos intentos")
    CANCELADO = "cancelado", _("ya no hacía falta")


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


S, N = EstadoSuscripcion, EstadoEnvio

# Nadie del personal da estos pasos: los da la persona con el enlace de su correo, o la máquina.
SIN_PERMISO = ""
POR_SALIR = frozenset({N.PENDIENTE})
NO_SALIERON = frozenset({N.RECHAZADO, N.AGOTADO})

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

FLUJO_ENVIO = Flujo(
    N.PENDIENTE,
    [
        Transicion(
            "entregar",
            frozenset({N.PENDIENTE}),
            N.ENVIADO,
            SIN_PERMISO,
            "El servidor de correo, o el del navegador, lo aceptó.",
        ),
        Transicion(
            "rechazar",
            frozenset({N.PENDIENTE}),
            N.RECHAZADO,
            SIN_PERMISO,
            "El servidor dijo que no y que no se repita.",
        ),
        Transicion(
            "agotar",
            frozenset({N.PENDIENTE}),
            N.AGOTADO,
            SIN_PERMISO,
            "Se intentó durante dos días y no se pudo.",
        ),
        Transicion(
            "cancelar",
            frozenset({N.PENDIENTE}),
            N.CANCELADO,
            SIN_PERMISO,
            "Quien lo iba a recibir se dio de baja antes.",
        ),
        Transicion(
            "repetir",
            frozenset({N.AGOTADO}),
            N.PENDIENTE,
            SIN_PERMISO,
            "Quien opera el sistema corrigió la causa y pide otro intento.",
        ),
    ],
)
