"""Por dónde pasa una jornada, qué le puede pasar a una entrega y en qué va un lote. De aquí salen los botones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso
from sibis.nucleo.estados import Flujo, Transicion


class EstadoJornada(models.TextChoices):
    PLANEADA = "planeada", _("planeada")
    PUBLICADA = "publicada", _("publicada")
    CANCELADA = "cancelada", _("cancelada")


class EstadoEntrega(models.TextChoices):
    """Lo que se anota de un apoyo. Cada anotación es otro renglón: ninguna se cambia ni se borra."""

    ENTREGADA = "entregada", _("entregada")
    NO_RECOGIDA = "no_recogida", _("no recogida")
    DEVUELTA = "devuelta", _("devuelta")
    REENTREGADA = "reentregada", _("entregada otra vez")


class EstadoLote(models.TextChoices):
    PREPARADO = "preparado", _("por confirmar")
    POR_CONFIRMAR = "por_confirmar", _("espera a otra persona")
    EN_COLA = "en_cola", _("anotándose")
    APLICADO = "aplicado", _("anotado")
    DESCARTADO = "descartado", _("descartado")


J, E, L = EstadoJornada, EstadoEntrega, EstadoLote

# Con el apoyo en manos de la persona; lo demás no suma.
VIVAS = frozenset({E.ENTREGADA, E.REENTREGADA})


def _de(*estados: str) -> frozenset[str]:
    return frozenset(str(e) for e in estados)


FLUJO_JORNADA = Flujo(
    J.PLANEADA,
    [
        Transicion(
            "publicar",
            _de(J.PLANEADA),
            J.PUBLICADA,
            Permiso.PADRON_CARGAR,
            "La fecha y el lugar salen en la página del programa y en su calendario.",
        ),
        Transicion(
            "cancelar",
            _de(J.PLANEADA, J.PUBLICADA),
            J.CANCELADA,
            Permiso.PADRON_CARGAR,
            "Ya no se entrega ese día; quien seguía la fecha lee que se canceló.",
            exige_motivo=True,
        ),
    ],
)

# «» es que aún no se anota nada de ese apoyo.
FLUJO_ENTREGA = Flujo(
    "",
    [
        Transicion(
            "entregar",
            _de("", E.NO_RECOGIDA),
            E.ENTREGADA,
            Permiso.PADRON_CARGAR,
            "La persona, o quien la representa, recibió el apoyo.",
            boton="anotar que se entregó",
        ),
        Transicion(
            "no-recogio",
            _de(""),
            E.NO_RECOGIDA,
            Permiso.PADRON_CARGAR,
            "No se presentó; puede recoger en la ventana extemporánea.",
            boton="anotar que no recogió",
        ),
        Transicion(
            "devolver",
            _de(E.ENTREGADA, E.REENTREGADA),
            E.DEVUELTA,
            Permiso.PADRON_CARGAR,
            "El apoyo volvió, o la entrega se anotó por error.",
            boton="anotar que se devolvió",
            exige_motivo=True,
        ),
        Transicion(
            "reentregar",
            _de(E.DEVUELTA),
            E.REENTREGADA,
            Permiso.PADRON_CARGAR,
            "El apoyo que había vuelto se entregó de nuevo.",
            boton="anotar que se entregó otra vez",
            exige_motivo=True,
        ),
    ],
)

FLUJO_LOTE = Flujo(
    L.PREPARADO,
    [
        Transicion(
            "proponer",
            _de(L.PREPARADO),
            L.POR_CONFIRMAR,
            Permiso.PADRON_CARGAR,
            "Una devolución de muchas entregas espera a que otra persona la confirme.",
            boton="pedir que otra persona lo confirme",
        ),
        Transicion(
            "confirmar",
            _de(L.PREPARADO),
            L.EN_COLA,
            Permiso.PADRON_CARGAR,
            "Se anota todo, o nada.",
            boton="anotar",
        ),
        Transicion(
            "confirmar-devolucion",
            _de(L.POR_CONFIRMAR),
            L.EN_COLA,
            Permiso.PADRON_CONFIRMAR,
            "Otra persona revisó la devolución y la da por buena.",
            boton="confirmar la devolución",
            exige_otra_persona=True,
        ),
        Transicion(
            "aplicar",
            _de(L.EN_COLA),
            L.APLICADO,
            Permiso.PADRON_CARGAR,
            "La máquina terminó de anotar.",
        ),
        Transicion(
            "fallar",
            _de(L.EN_COLA),
            L.DESCARTADO,
            Permiso.PADRON_CARGAR,
            "La base no lo admitió: no se anotó nada y el lote dice por qué.",
        ),
        Transicion(
            "descartar",
            _de(L.PREPARADO, L.POR_CONFIRMAR),
            L.DESCARTADO,
            Permiso.PADRON_CARGAR,
            "No se anota nada.",
        ),
    ],
)
# Lo hace la máquina; ninguna persona lo pide.
DEL_SISTEMA = frozenset({"aplicar", "fallar"})
