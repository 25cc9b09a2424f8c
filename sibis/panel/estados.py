"""Estados de un lote y su tabla: la base la hace cumplir, los botones y las pruebas salen de ella."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.nucleo.estados import Flujo, Transicion


class EstadoDeLote(models.TextChoices):
    PREPARADO = "preparado", _("por confirmar")
    EN_MARCHA = "en_marcha", _("en marcha")
    TERMINADO = "terminado", _("terminado")
    CON_FALLAS = "con_fallas", _("terminado con fallas")
    CANCELADO = "cancelado", _("cancelado")


E = EstadoDeLote

ACABADOS = frozenset({E.TERMINADO, E.CON_FALLAS, E.CANCELADO})

# El permiso de cada paso lo pone la acción del lote; la tabla dice solo el camino.
_EL_DE_LA_ACCION = ""

FLUJO_LOTE = Flujo(
    E.PREPARADO,
    [
        Transicion(
            "confirmar",
            frozenset({E.PREPARADO}),
            E.EN_MARCHA,
            _EL_DE_LA_ACCION,
            "Quien lo preparó vio qué va a pasar y lo manda hacer.",
        ),
        Transicion(
            "terminar",
            frozenset({E.EN_MARCHA}),
            E.TERMINADO,
            _EL_DE_LA_ACCION,
            "Todo salió; lo anota el sistema.",
        ),
        Transicion(
            "terminar_con_fallas",
            frozenset({E.EN_MARCHA}),
            E.CON_FALLAS,
            _EL_DE_LA_ACCION,
            "Se recorrió entero y algo no procedió; lo anota el sistema.",
        ),
        Transicion(
            "cancelar",
            frozenset({E.PREPARADO, E.EN_MARCHA}),
            E.CANCELADO,
            _EL_DE_LA_ACCION,
            "Se deja de hacer lo que falta; lo hecho queda hecho.",
        ),
    ],
)


class Resultado(models.TextChoices):
    """Qué pasó con cada renglón del lote."""

    PENDIENTE = "pendiente", _("pendiente")
    HECHO = "hecho", _("hecho")
    FALLIDO = "fallido", _("no se hizo")
    OMITIDO = "omitido", _("no procede")
