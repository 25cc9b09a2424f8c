"""Estados de una carga y de sus pasadas, y sus tablas de transición."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso
from sibis.nucleo.estados import Flujo, Transicion


class EstadoCarga(models.TextChoices):
    RECIBIDA = "recibida", _("recibida")
    POR_MAPEAR = "por_mapear", _("por decir qué es cada columna")
    EN_PROCESO = "en_proceso", _("en proceso")
    PAUSADA = "pausada", _("en pausa")
    POR_REVISAR = "por_revisar", _("por revisar")
    POR_CONFIRMAR = "por_confirmar", _("por confirmar")
    APLICADA = "aplicada", _("aplicada")
    SUSTITUIDA = "sustituida", _("sustituida")
    ILEGIBLE = "ilegible", _("no se pudo leer")
    CANCELADA = "cancelada", _("cancelada")


E = EstadoCarga

# La máquina puede trabajar en ella.
EN_MARCHA = frozenset({E.RECIBIDA, E.EN_PROCESO})
# Aún puede llegar al padrón: ocupa su archivo, y sus personas cuentan como «en otra carga».
EN_CURSO = EN_MARCHA | {E.POR_MAPEAR, E.PAUSADA, E.POR_REVISAR, E.POR_CONFIRMAR}
# Terminada de revisar: hay resultado que mirar, corregir y presentar.
REVISADAS = frozenset({E.POR_REVISAR, E.POR_CONFIRMAR})
# Lo que alguna vez entró al padrón ya no cambia.
FUERON_APLICADAS = frozenset({E.APLICADA, E.SUSTITUIDA})
# Las que dejan libre su archivo: se puede volver a entregar.
SIN_EFECTO = frozenset({E.ILEGIBLE, E.CANCELADA})

# Los da la máquina: ninguna persona los pide, así que no llevan botón.
DEL_SISTEMA = frozenset({"procesar", "preguntar", "detener", "terminar", "desistir", "sustituir"})


def _de(*estados: EstadoCarga) -> frozenset[str]:
    return frozenset(estados)


FLUJO_CARGA = Flujo(
    E.RECIBIDA,
    [
        Transicion(
            "procesar",
            _de(E.RECIBIDA),
            E.EN_PROCESO,
            Permiso.PADRON_CARGAR,
            "El archivo se leyó y sus columnas ya se conocen: se revisa renglón por renglón.",
        ),
        Transicion(
            "preguntar",
            _de(E.RECIBIDA, E.EN_PROCESO),
            E.POR_MAPEAR,
            Permiso.PADRON_CARGAR,
            "El archivo se leyó y alguien debe decir qué es cada columna.",
        ),
        Transicion(
            "confirmar_mapeo",
            _de(E.POR_MAPEAR, E.POR_REVISAR),
            E.EN_PROCESO,
            Permiso.PADRON_CARGAR,
            "El enlace dice qué es cada columna; se recuerda para la siguiente carga.",
            boton="confirmar las columnas",
        ),
        Transicion(
            "pausar",
            _de(E.RECIBIDA, E.EN_PROCESO),
            E.PAUSADA,
            Permiso.PADRON_CARGAR,
            "Se detiene donde va, sin perder lo hecho.",
        ),
        Transicion(
            "detener",
            _de(E.RECIBIDA, E.EN_PROCESO),
            E.PAUSADA,
            Permiso.PADRON_CARGAR,
            "Falló varias veces seguidas: queda en pausa y dice por qué.",
        ),
        Transicion(
            "reanudar",
            _de(E.PAUSADA),
            E.EN_PROCESO,
            Permiso.PADRON_CARGAR,
            "Sigue desde donde se quedó.",
        ),
        Transicion(
            "terminar",
            _de(E.EN_PROCESO),
            E.POR_REVISAR,
            Permiso.PADRON_CARGAR,
            "La revisión terminó: todo lo hallado está a la vista.",
        ),
        Transicion(
            "revisar_de_nuevo",
            _de(E.POR_REVISAR),
            E.EN_PROCESO,
            Permiso.PADRON_CARGAR,
            "Se vuelve a revisar entera, con lo que se haya corregido.",
            boton="revisar de nuevo",
        ),
        Transicion(
            "presentar",
            _de(E.POR_REVISAR),
            E.POR_CONFIRMAR,
            Permiso.PADRON_CARGAR,
            "El enlace la da por lista para que otra persona la confirme.",
        ),
        Transicion(
            "devolver",
            _de(E.POR_CONFIRMAR),
            E.POR_REVISAR,
            Permiso.PADRON_CONFIRMAR,
            "La titular la regresa y dice qué falta.",
            exige_motivo=True,
            exige_otra_persona=True,
        ),
        Transicion(
            "aplicar",
            _de(E.POR_REVISAR, E.POR_CONFIRMAR),
            E.APLICADA,
            Permiso.PADRON_CONFIRMAR,
            "Otra persona la confirma: sus registros entran al padrón, todos o ninguno.",
            exige_otra_persona=True,
        ),
        Transicion(
            "sustituir",
            _de(E.APLICADA),
            E.SUSTITUIDA,
            Permiso.PADRON_CONFIRMAR,
            "La reemplaza otra carga aplicada del mismo periodo; sus registros se conservan.",
        ),
        Transicion(
            "desistir",
            _de(E.RECIBIDA, E.EN_PROCESO),
            E.ILEGIBLE,
            Permiso.PADRON_CARGAR,
            "El archivo no se puede leer: se dice por qué y nada de él entró.",
        ),
        Transicion(
            "cancelar",
            EN_CURSO,
            E.CANCELADA,
            Permiso.PADRON_CARGAR,
            "Quien la cargó desiste; el archivo se conserva y nada de él entró.",
        ),
    ],
)


class EstadoPasada(models.TextChoices):
    EN_MARCHA = "en_marcha", _("en marcha")
    PAUSADA = "pausada", _("en pausa")
    TERMINADA = "terminada", _("terminada")
    CANCELADA = "cancelada", _("cancelada")
    FALLIDA = "fallida", _("fallida")


P = EstadoPasada

# Como mucho una de estas por carga.
PASADAS_ABIERTAS = frozenset({P.EN_MARCHA, P.PAUSADA})


class PasoDePasada(models.TextChoices):
    """En este orden. Cada uno se puede repetir desde su principio y termina en lo mismo."""

    LEER = "leer", _("leer el archivo")
    REVISAR = "revisar", _("revisar los renglones")
    ESCRIBIR = "escribir", _("escribir los registros")
    INDEXAR = "indexar", _("ordenar los registros")
    CERRAR = "cerrar", _("contar el resultado")


FLUJO_PASADA = Flujo(
    P.EN_MARCHA,
    [
        Transicion(
            "pausar",
            frozenset({P.EN_MARCHA}),
            P.PAUSADA,
            Permiso.PADRON_CARGAR,
            "Espera a una persona, o a que se arregle lo que la detuvo.",
        ),
        Transicion(
            "reanudar",
            frozenset({P.PAUSADA}),
            P.EN_MARCHA,
            Permiso.PADRON_CARGAR,
            "Sigue desde su último paso completo.",
        ),
        Transicion(
            "terminar",
            frozenset({P.EN_MARCHA}),
            P.TERMINADA,
            Permiso.PADRON_CARGAR,
            "Sus cuentas y lo hallado quedan a la vista.",
        ),
        Transicion(
            "cancelar",
            frozenset({P.EN_MARCHA, P.PAUSADA}),
            P.CANCELADA,
            Permiso.PADRON_CARGAR,
            "Se tira lo que llevaba.",
        ),
        Transicion(
            "fallar",
            frozenset({P.EN_MARCHA}),
            P.FALLIDA,
            Permiso.PADRON_CARGAR,
            "El archivo no se puede leer.",
        ),
    ],
)
