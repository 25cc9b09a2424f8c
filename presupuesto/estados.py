"""Estados de un informe trimestral y su tabla de transiciones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso
from sibis.nucleo.estados import Flujo, Transicion


class EstadoInforme(models.TextChoices):
    BORRADOR = "borrador", _("borrador")
    ENVIADO = "enviado", _("enviado")
    EN_REVISION = "en_revision", _("en revisión")
    OBSERVADO = "observado", _("observado")
    APROBADO = "aprobado", _("aprobado")
    SUSTITUIDO = "sustituido", _("sustituido")
    RETIRADO = "retirado", _("retirado")


E = EstadoInforme

EDITABLES = frozenset({E.BORRADOR, E.OBSERVADO})
EN_CURSO = EDITABLES | {E.ENVIADO, E.EN_REVISION}
# Lo que alguna vez se aprobó: ya no cambia, y se sigue pudiendo leer.
FUERON_APROBADOS = frozenset({E.APROBADO, E.SUSTITUIDO})

# Acompaña a la aprobación de una corrección: ninguna persona lo pide.
DEL_SISTEMA = frozenset({"sustituir"})

# La instancia que revisa, como la nombran las asignaciones y las listas de cotejo.
REVISION = "validacion"


def _de(*estados: EstadoInforme) -> frozenset[str]:
    return frozenset(estados)


FLUJO_INFORME = Flujo(
    E.BORRADOR,
    [
        Transicion(
            "enviar",
            _de(E.BORRADOR),
            E.ENVIADO,
            Permiso.AVANCE_ENVIAR,
            "La persona titular lo firma y lo manda a revisión; lo enviado queda congelado.",
            exige_completo="enviar",
            remite=True,
        ),
        Transicion(
            "tomar",
            _de(E.ENVIADO),
            E.EN_REVISION,
            Permiso.AVANCE_REVISAR,
            "Una persona de la Secretaría lo toma para revisarlo.",
            boton="tomar para revisión",
            exige_otra_persona=True,
            toma=REVISION,
        ),
        Transicion(
            "observar",
            _de(E.EN_REVISION),
            E.OBSERVADO,
            Permiso.AVANCE_REVISAR,
            "La Secretaría lo regresa con sus observaciones, cada una en su cifra.",
            exige_otra_persona=True,
            exige_observaciones=True,
        ),
        Transicion(
            "atender",
            _de(E.OBSERVADO),
            E.EN_REVISION,
            Permiso.AVANCE_ENVIAR,
            "La titular firma el informe corregido, con cada observación contestada.",
            boton="enviar lo corregido",
            exige_completo="enviar",
            exige_respuestas=True,
            remite=True,
        ),
        Transicion(
            "aprobar",
            _de(E.EN_REVISION),
            E.APROBADO,
            Permiso.AVANCE_REVISAR,
            "La Secretaría lo da por bueno: sus cifras pasan al portal y ya no cambian.",
            exige_otra_persona=True,
            exige_completo="enviar",
            exige_resueltas=True,
            exige_cotejo=REVISION,
        ),
        Transicion(
            "sustituir",
            _de(E.APROBADO),
            E.SUSTITUIDO,
            Permiso.AVANCE_REVISAR,
            "Lo reemplaza una corrección aprobada del mismo trimestre; sigue a la vista con su razón.",
        ),
        Transicion(
            "retirar",
            _de(E.BORRADOR, E.ENVIADO, E.OBSERVADO),
            E.RETIRADO,
            Permiso.AVANCE_ENVIAR,
            "La dependencia desiste de este informe; queda guardado y no cuenta.",
            exige_motivo=True,
        ),
    ],
)
