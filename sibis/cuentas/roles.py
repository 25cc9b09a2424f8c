"""Las funciones del personal, escritas para que las lea quien conoce la norma y no el código.

Retirar una función: quitarle los permisos y decirlo en `descripcion`; su clave no se borra
mientras haya adscripciones, aunque sean de años pasados.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import product
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso


class Alcance(StrEnum):
    DEPENDENCIA = "dependencia"
    CIUDAD = "ciudad"

    @property
    def frase(self) -> Promise:
        return _("su dependencia") if self is Alcance.DEPENDENCIA else _("toda la Ciudad")


class Rol:
    """Una función: quién la ejerce, con qué sustento, hasta dónde llega y qué permite."""

    clave: ClassVar[str]
    nombre: ClassVar[Promise]
    descripcion: ClassVar[Promise]
    fundamento: ClassVar[Promise]
    alcance: ClassVar[Alcance]
    permisos: ClassVar[frozenset[Permiso]]


class EnlaceDeDependencia(Rol):
    clave = "enlace"
    nombre = _("Enlace de dependencia o alcaldía")
    descripcion = _(
        "Escribe las reglas de operación de los programas de su dependencia, dice cuándo y dónde "
        "se atienden, guarda sus documentos, escribe su informe trimestral y carga sus padrones. No "
        "firma ni valida lo que captura."
    )
    fundamento = _("Designación por oficio de la persona titular de la dependencia o alcaldía.")
    alcance = Alcance.DEPENDENCIA
    permisos = frozenset(
        {
            Permiso.REGLA_VER,
            Permiso.AGENDA_VER,
            Permiso.MENSAJE_ESCRIBIR,
            Permiso.REVISION_COMENTAR,
            Permiso.AVANCE_CAPTURAR,
            Permiso.REGLA_CAPTURAR,
            Permiso.DOCUMENTO_EDITAR,
            Permiso.PRESUPUESTO_VER,
            Permiso.PADRON_CARGAR,
            Permiso.DATOS_PERSONALES_VER,
        }
    )


class TitularQueFirma(Rol):
    clave = "titular"
    nombre = _("Titular que firma")
    descripcion = _(
        "Responde por lo que su dependencia presenta: firma y envía las reglas de operación y los "
        "informes trimestrales, pide prórrogas y confirma los padrones que cargó su enlace."
    )
    fundamento = _("Nombramiento de la persona titular o acuerdo con que delega la firma.")
    alcance = Alcance.DEPENDENCIA
    permisos = frozenset(
        {
            Permiso.REGLA_VER,
            Permiso.AGENDA_VER,
            Permiso.MENSAJE_ESCRIBIR,
            Permiso.REVISION_COMENTAR,
            Permiso.PRORROGA_PEDIR,
            Permiso.FUNCION_DELEGAR,
            Permiso.AVANCE_ENVIAR,
            Permiso.REGLA_ENVIAR,
            Permiso.PRESUPUESTO_VER,
            Permiso.PADRON_CONFIRMAR,
            Permiso.DATOS_PERSONALES_VER,
        }
    )


class ValidacionSIBISO(Rol):
    clave = "validacion"
    nombre = _("Validación de la Secretaría de Bienestar")
    descripcion = _(
        "Revisa lo que envían las dependencias, observa, valida y publica; concede prórrogas; mantiene "
        "los catálogos, las obligaciones y el archivo histórico. "
        "No captura reglas de ninguna dependencia."
    )
    fundamento = _("Designación por oficio en la Secretaría que coordina la política de bienestar.")
    alcance = Alcance.CIUDAD
    permisos = frozenset(
        {
            Permiso.REGLA_VER,
            Permiso.AGENDA_VER,
            Permiso.AGENDA_EDITAR,
            Permiso.MENSAJE_ESCRIBIR,
            Permiso.REVISION_COMENTAR,
            Permiso.PRORROGA_DECIDIR,
            Permiso.FUNCION_DELEGAR,
            Permiso.VEDA_EXCEPTUAR,
            Permiso.AVANCE_REVISAR,
            Permiso.REGLA_OBSERVAR,
            Permiso.REGLA_VALIDAR,
            Permiso.REGLA_PUBLICAR,
            Permiso.CATALOGO_EDITAR,
            Permiso.CENTRO_EDITAR,
            Permiso.DOCUMENTO_EDITAR,
            Permiso.PRESUPUESTO_VER,
        }
    )


class DictamenEVALUA(Rol):
    clave = "dictamen"
    nombre = _("Dictamen del Consejo de Evaluación (EVALÚA)")
    descripcion = _(
        "Observa las reglas que la Secretaría validó y emite su dictamen: sin él nada se publica. "
        "Valida y publica las de la propia Secretaría de Bienestar, y revisa sus informes: ella no puede "
        "decidir sobre lo suyo."
    )
    fundamento = _("Designación por oficio del Consejo de Evaluación de la Ciudad de México.")
    alcance = Alcance.CIUDAD
    permisos = frozenset(
        {
            Permiso.REGLA_VER,
            Permiso.AGENDA_VER,
            Permiso.MENSAJE_ESCRIBIR,
            Permiso.REVISION_COMENTAR,
            Permiso.PRORROGA_DECIDIR,
            Permiso.FUNCION_DELEGAR,
            Permiso.VEDA_EXCEPTUAR,
            Permiso.REGLA_OBSERVAR,
            Permiso.REGLA_DICTAMINAR,
            Permiso.AVANCE_REVISAR,
            Permiso.REGLA_VALIDAR,
            Permiso.REGLA_PUBLICAR,
            Permiso.PRESUPUESTO_VER,
        }
    )


class Finanzas(Rol):
    clave = "finanzas"
    nombre = _("Finanzas")
    descripcion = _(
        "Captura el presupuesto por clave y momento contable y concilia sus diferencias."
    )
    fundamento = _("Designación por oficio en la Secretaría de Administración y Finanzas.")
    alcance = Alcance.CIUDAD
    permisos = frozenset(
        {
            Permiso.REGLA_VER,
            Permiso.AGENDA_VER,
            Permiso.MENSAJE_ESCRIBIR,
            Permiso.PRESUPUESTO_VER,
            Permiso.PRESUPUESTO_CAPTURAR,
        }
    )


class Analista(Rol):
    clave = "analista"
    nombre = _("Analista")
    descripcion = _(
        "Consulta y compara programas y presupuesto. No cambia nada ni ve datos personales."
    )
    fundamento = _("Designación por oficio de la dependencia a la que pertenece.")
    alcance = Alcance.CIUDAD
    permisos = frozenset({Permiso.REGLA_VER, Permiso.AGENDA_VER, Permiso.PRESUPUESTO_VER})


class Auditoria(Rol):
    clave = "auditoria"
    nombre = _("Auditoría")
    descripcion = _(
        "Lee la bitácora y lo que cada quien hizo. No cambia nada ni ve datos personales."
    )
    fundamento = _(
        "Oficio de comisión del órgano interno de control o de la autoridad fiscalizadora."
    )
    alcance = Alcance.CIUDAD
    permisos = frozenset(
        {Permiso.REGLA_VER, Permiso.AGENDA_VER, Permiso.PRESUPUESTO_VER, Permiso.BITACORA_VER}
    )


class AdministracionTecnica(Rol):
    clave = "administracion_tecnica"
    nombre = _("Administración técnica")
    descripcion = _(
        "Da de alta cuentas, otorga funciones a otras personas y mantiene el sistema en marcha. "
        "No decide sobre ningún programa ni ve datos personales."
    )
    fundamento = _(
        "Designación por oficio en el área de tecnologías de la Secretaría que opera el sistema."
    )
    alcance = Alcance.CIUDAD
    permisos = frozenset({Permiso.USUARIOS_ADMINISTRAR, Permiso.SISTEMA_OPERAR})


ROLES: tuple[type[Rol], ...] = (
    EnlaceDeDependencia,
    TitularQueFirma,
    ValidacionSIBISO,
    DictamenEVALUA,
    Finanzas,
    Analista,
    Auditoria,
    AdministracionTecnica,
)
_POR_CLAVE = {rol.clave: rol for rol in ROLES}


def por_clave(clave: str) -> type[Rol]:
    return _POR_CLAVE[clave]


def opciones() -> list[tuple[str, Promise]]:
    """Las funciones como las muestra un formulario."""
    return [(rol.clave, rol.nombre) for rol in ROLES]


def _pares(
    unos: tuple[type[Rol], ...], otros: tuple[type[Rol], ...], motivo: Promise
) -> dict[frozenset[str], Promise]:
    return {frozenset({a.clave, b.clave}): motivo for a, b in product(unos, otros) if a is not b}


_QUIEN_PRESENTA = (EnlaceDeDependencia, TitularQueFirma)
_QUIEN_DECIDE = (ValidacionSIBISO, DictamenEVALUA, Finanzas)

# Lo que una misma persona no puede ser a la vez, y por qué. Basta con que las fechas se toquen:
# estas funciones valen en toda la Ciudad, así que siempre caerían sobre el mismo objeto.
INCOMPATIBLES: dict[frozenset[str], Promise] = {
    **_pares(
        _QUIEN_PRESENTA, _QUIEN_DECIDE, _("quien presenta un programa no puede decidir sobre él")
    ),
    **_pares(
        (ValidacionSIBISO,),
        (DictamenEVALUA,),
        _("el dictamen debe venir de un órgano distinto del que valida"),
    ),
    **_pares(
        (Auditoria,),
        (*_QUIEN_PRESENTA, *_QUIEN_DECIDE),
        _("quien audita no puede participar en lo que audita"),
    ),
    **_pares(
        (AdministracionTecnica,),
        ROLES,
        _("quien otorga funciones no puede ejercer otra en el mismo sistema"),
    ),
}


def tabla_de_roles() -> list[dict[str, str]]:
    """Los roles como renglones de texto, para `docs/` y para la ayuda del panel."""
    return [
        {
            "clave": rol.clave,
            "nombre": str(rol.nombre),
            "descripcion": str(rol.descripcion),
            "fundamento": str(rol.fundamento),
            "alcance": str(rol.alcance.frase),
            "permisos": "; ".join(str(p.frase) for p in Permiso if p in rol.permisos),
            "no_junto_con": "; ".join(
                str(por_clave(otra).nombre)
                for par in INCOMPATIBLES
                if rol.clave in par
                for otra in par - {rol.clave}
            ),
        }
        for rol in ROLES
    ]
