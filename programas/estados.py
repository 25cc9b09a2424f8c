"""Estados de una regla de operación y su tabla de transiciones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso
from sibis.nucleo.estados import Flujo, Transicion


class EstadoRegla(models.TextChoices):
    BORRADOR = "borrador", _("borrador")
    ENVIADO = "enviado", _("enviado")
    OBSERVADO = "observado", _("observado")
    VALIDADO = "validado", _("validado")
    PUBLICADO = "publicado", _("publicado")
    SUSTITUIDO = "sustituido", _("sustituido")
    RETIRADO = "retirado", _("retirado")


E = EstadoRegla

EDITABLES = frozenset({E.BORRADOR, E.OBSERVADO})
EN_CURSO = frozenset({E.BORRADOR, E.ENVIADO, E.OBSERVADO, E.VALIDADO})
FUERON_PUBLICOS = frozenset({E.PUBLICADO, E.SUSTITUIDO})

# Pasos que acompañan a otro acto: ninguna persona los pide, así que no llevan botón.
DEL_SISTEMA = frozenset({"incorporar", "sustituir"})


def _de(*estados: EstadoRegla) -> frozenset[str]:
    return frozenset(estados)


FLUJO_REGLA = Flujo(
    E.BORRADOR,
    [
        Transicion(
            "enviar",
            _de(E.BORRADOR, E.OBSERVADO),
            E.ENVIADO,
            Permiso.REGLA_ENVIAR,
            "La persona titular firma y la manda a validación.",
        ),
        Transicion(
            "observar",
            _de(E.ENVIADO),
            E.OBSERVADO,
            Permiso.REGLA_OBSERVAR,
            "SIBISO la regresa a la dependencia con lo que hay que corregir.",
            exige_motivo=True,
            exige_otra_persona=True,
        ),
        Transicion(
            "validar",
            _de(E.ENVIADO),
            E.VALIDADO,
            Permiso.REGLA_VALIDAR,
            "SIBISO da por completa y correcta la regla.",
            exige_otra_persona=True,
        ),
        Transicion(
            "publicar",
            _de(E.VALIDADO),
            E.PUBLICADO,
            Permiso.REGLA_PUBLICAR,
            "Con su número de Gaceta pasa al portal y sustituye a la versión anterior.",
            exige_otra_persona=True,
        ),
        Transicion(
            "incorporar",
            _de(E.BORRADOR),
            E.PUBLICADO,
            Permiso.CATALOGO_EDITAR,
            "El catálogo de fuentes públicas entra ya publicado, con sus fuentes a la vista.",
        ),
        Transicion(
            "sustituir",
            _de(E.PUBLICADO),
            E.SUSTITUIDO,
            Permiso.REGLA_PUBLICAR,
            "La reemplaza una versión posterior del mismo ejercicio; lo hace el sistema al publicar.",
        ),
        Transicion(
            "retirar",
            _de(E.BORRADOR, E.OBSERVADO),
            E.RETIRADO,
            Permiso.REGLA_ENVIAR,
            "La dependencia desiste de esta versión; queda guardada y no se publica.",
            exige_motivo=True,
        ),
    ],
)


class EstadoConvocatoria(models.TextChoices):
    """Lo que ve una persona: si hoy puede pedir el apoyo."""

    ABIERTO = "abierto", _("Abierto")
    PAUSADO = "pausado", _("En pausa")
    LISTA_DE_ESPERA = "lista_de_espera", _("Lista de espera")
    CERRADO = "cerrado", _("Cerrado")
