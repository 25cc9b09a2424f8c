"""Cómo va un vencimiento, que se calcula y no se guarda; y la tabla de una prórroga, que sí."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso
from sibis.nucleo.estados import Flujo, Transicion

DIAS_POR_VENCER = 15  # desde cuándo un plazo deja de estar lejos


class EstadoVencimiento(models.TextChoices):
    VENCIDO = "vencido", _("vencido")
    POR_VENCER = "por_vencer", _("por vencer")
    EN_PRORROGA = "en_prorroga", _("en prórroga")
    PENDIENTE = "pendiente", _("pendiente")
    CUMPLIDO_TARDE = "cumplido_tarde", _("cumplido tarde")
    CUMPLIDO = "cumplido", _("cumplido")
    CUMPLIDO_SIN_FECHA = "cumplido_sin_fecha", _("cumplido, no se sabe qué día")
    SIN_EFECTO = "sin_efecto", _("sin efecto")


class EstadoProrroga(models.TextChoices):
    PEDIDA = "pedida", _("pedida")
    CONCEDIDA = "concedida", _("concedida")
    NEGADA = "negada", _("negada")
    RETIRADA = "retirada", _("retirada")


P = EstadoProrroga

FLUJO_PRORROGA = Flujo(
    P.PEDIDA,
    [
        Transicion(
            "conceder",
            frozenset({P.PEDIDA}),
            P.CONCEDIDA,
            Permiso.PRORROGA_DECIDIR,
            "El plazo pasa al día que se pidió y los recordatorios vuelven a contar desde ahí.",
            exige_otra_persona=True,
        ),
        Transicion(
            "negar",
            frozenset({P.PEDIDA}),
            P.NEGADA,
            Permiso.PRORROGA_DECIDIR,
            "El plazo queda como estaba.",
            exige_motivo=True,
            exige_otra_persona=True,
        ),
        Transicion(
            "retirar",
            frozenset({P.PEDIDA}),
            P.RETIRADA,
            Permiso.PRORROGA_PEDIR,
            "La dependencia desiste de pedirla.",
        ),
    ],
)
