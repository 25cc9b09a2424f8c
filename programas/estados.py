"""Estados de una regla de operación y su tabla de transiciones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso
from sibis.nucleo.estados import Flujo, Transicion


class EstadoRegla(models.TextChoices):
    BORRADOR = "borrador", _("borrador")
    ENVIADO = "enviado", _("enviado")
    EN_REVISION = "en_revision", _("en revisión")
    OBSERVADO = "observado", _("observado")
    VALIDADO = "validado", _("validado")
    EN_DICTAMEN = "en_dictamen", _("en dictamen")
    OBSERVADO_EN_DICTAMEN = "observado_en_dictamen", _("observado en dictamen")
    APROBADO = "aprobado", _("aprobado")
    POR_REGIR = "por_regir", _("publicado, por entrar en vigor")
    PUBLICADO = "publicado", _("publicado")
    SUSPENDIDO = "suspendido", _("suspendido")
    CERRADO = "cerrado", _("cerrado")
    SUSTITUIDO = "sustituido", _("sustituido")
    RECHAZADO = "rechazado", _("rechazado")
    RETIRADO = "retirado", _("retirado")


E = EstadoRegla

EDITABLES = frozenset({E.BORRADOR, E.OBSERVADO, E.OBSERVADO_EN_DICTAMEN})
EN_CURSO = EDITABLES | {E.ENVIADO, E.EN_REVISION, E.VALIDADO, E.EN_DICTAMEN, E.APROBADO}
# Lo que el portal muestra de un ejercicio: una sola versión en alguno de estos estados.
EN_EL_PORTAL = frozenset({E.PUBLICADO, E.SUSPENDIDO, E.CERRADO})
# Lo que alguna vez se publicó: ya no cambia, y se puede leer por su versión o por su fecha.
FUERON_PUBLICOS = EN_EL_PORTAL | {E.SUSTITUIDO, E.POR_REGIR}

# Pasos que acompañan a otro acto: ninguna persona los pide, así que no llevan botón.
DEL_SISTEMA = frozenset({"incorporar", "sustituir", "diferir", "entrar-en-vigor"})

# Las dos instancias que revisan, como las nombran las asignaciones y las listas de cotejo.
VALIDACION, DICTAMEN = "validacion", "dictamen"


def _de(*estados: EstadoRegla) -> frozenset[str]:
    return frozenset(estados)


FLUJO_REGLA = Flujo(
    E.BORRADOR,
    [
        Transicion(
            "enviar",
            _de(E.BORRADOR),
            E.ENVIADO,
            Permiso.REGLA_ENVIAR,
            "La persona titular firma y la manda a revisión; lo enviado queda congelado como versión.",
            exige_completo="enviar",
            remite=True,
        ),
        Transicion(
            "tomar",
            _de(E.ENVIADO),
            E.EN_REVISION,
            Permiso.REGLA_VALIDAR,
            "Una persona de la Secretaría la toma para revisarla.",
            boton="tomar para revisión",
            exige_otra_persona=True,
            toma=VALIDACION,
        ),
        Transicion(
            "observar",
            _de(E.EN_REVISION),
            E.OBSERVADO,
            Permiso.REGLA_VALIDAR,
            "La Secretaría la regresa con sus observaciones, cada una en su campo.",
            exige_otra_persona=True,
            exige_observaciones=True,
        ),
        Transicion(
            "atender",
            _de(E.OBSERVADO),
            E.EN_REVISION,
            Permiso.REGLA_ENVIAR,
            "La titular firma la versión corregida, con cada observación contestada.",
            boton="enviar lo corregido",
            exige_completo="enviar",
            exige_respuestas=True,
            remite=True,
        ),
        Transicion(
            "validar",
            _de(E.EN_REVISION),
            E.VALIDADO,
            Permiso.REGLA_VALIDAR,
            "La Secretaría la da por completa y correcta, y la pasa a EVALÚA.",
            exige_otra_persona=True,
            exige_completo="enviar",
            exige_resueltas=True,
            exige_cotejo=VALIDACION,
        ),
        Transicion(
            "tomar-dictamen",
            _de(E.VALIDADO),
            E.EN_DICTAMEN,
            Permiso.REGLA_DICTAMINAR,
            "Una persona de EVALÚA la toma para dictaminarla.",
            boton="tomar para dictamen",
            exige_otra_persona=True,
            toma=DICTAMEN,
        ),
        Transicion(
            "observar-dictamen",
            _de(E.EN_DICTAMEN),
            E.OBSERVADO_EN_DICTAMEN,
            Permiso.REGLA_DICTAMINAR,
            "EVALÚA la regresa con sus observaciones, cada una en su campo.",
            boton="observar",
            exige_otra_persona=True,
            exige_observaciones=True,
        ),
        Transicion(
            "atender-dictamen",
            _de(E.OBSERVADO_EN_DICTAMEN),
            E.EN_DICTAMEN,
            Permiso.REGLA_ENVIAR,
            "La titular firma la versión corregida y la regresa a EVALÚA.",
            boton="enviar lo corregido",
            exige_completo="enviar",
            exige_respuestas=True,
            remite=True,
        ),
        Transicion(
            "aprobar",
            _de(E.EN_DICTAMEN),
            E.APROBADO,
            Permiso.REGLA_DICTAMINAR,
            "EVALÚA emite su dictamen favorable, firmado.",
            boton="emitir dictamen favorable",
            exige_otra_persona=True,
            exige_completo="enviar",
            exige_resueltas=True,
            exige_cotejo=DICTAMEN,
            dictamina="favorable",
        ),
        Transicion(
            "rechazar",
            _de(E.EN_REVISION),
            E.RECHAZADO,
            Permiso.REGLA_VALIDAR,
            "La Secretaría no la acepta: lo que falta no se corrige con observaciones.",
            exige_motivo=True,
            exige_otra_persona=True,
        ),
        Transicion(
            "dictaminar-en-contra",
            _de(E.EN_DICTAMEN),
            E.RECHAZADO,
            Permiso.REGLA_DICTAMINAR,
            "EVALÚA emite un dictamen no favorable, firmado, y con él termina.",
            boton="emitir dictamen no favorable",
            exige_motivo=True,
            exige_otra_persona=True,
            dictamina="no_favorable",
        ),
        Transicion(
            "publicar",
            _de(E.APROBADO),
            E.PUBLICADO,
            Permiso.REGLA_PUBLICAR,
            "Con su número de Gaceta pasa al portal y sustituye a la versión anterior.",
            exige_otra_persona=True,
            exige_completo="publicar",
            lo_frena_la_veda=True,
        ),
        Transicion(
            "diferir",
            _de(E.APROBADO),
            E.POR_REGIR,
            Permiso.REGLA_PUBLICAR,
            "Se publicó con una fecha de vigencia que aún no llega: la anterior sigue rigiendo.",
            exige_otra_persona=True,
            exige_completo="publicar",
            lo_frena_la_veda=True,
        ),
        Transicion(
            "entrar-en-vigor",
            _de(E.POR_REGIR),
            E.PUBLICADO,
            Permiso.REGLA_PUBLICAR,
            "Llegó su fecha: el sistema la pone en el portal y sustituye a la anterior.",
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
            _de(E.PUBLICADO, E.SUSPENDIDO),
            E.SUSTITUIDO,
            Permiso.REGLA_PUBLICAR,
            "La reemplaza una versión posterior del mismo ejercicio; lo hace el sistema al publicar.",
        ),
        Transicion(
            "suspender",
            _de(E.PUBLICADO),
            E.SUSPENDIDO,
            Permiso.REGLA_PUBLICAR,
            "El programa deja de operar por un tiempo; el portal lo dice, con el motivo.",
            exige_motivo=True,
            exige_otra_persona=True,
        ),
        Transicion(
            "reanudar",
            _de(E.SUSPENDIDO),
            E.PUBLICADO,
            Permiso.REGLA_PUBLICAR,
            "El programa vuelve a operar.",
            exige_otra_persona=True,
            lo_frena_la_veda=True,
        ),
        Transicion(
            "cerrar",
            _de(E.PUBLICADO, E.SUSPENDIDO),
            E.CERRADO,
            Permiso.REGLA_PUBLICAR,
            "El ejercicio terminó: se queda en el portal como historia y ya no admite cambios.",
            exige_otra_persona=True,
            exige_completo="cerrar",
        ),
        Transicion(
            "retirar",
            _de(E.BORRADOR, E.ENVIADO, E.OBSERVADO, E.OBSERVADO_EN_DICTAMEN),
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
