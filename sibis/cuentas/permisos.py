"""Qué puede hacer una persona y sobre qué dependencias.

La respuesta sale solo de sus adscripciones vigentes; no hay atajo para superusuarios. La
dependencia la pone el objeto, nunca la petición.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from sibis.cuentas.models import Dependencia, Usuario


class Permiso(StrEnum):
    """Facultades; su frase es la que leen las personas en avisos y en la tabla de funciones."""

    REGLA_VER = "regla.ver"
    REGLA_CAPTURAR = "regla.capturar"
    REGLA_ENVIAR = "regla.enviar"
    REGLA_OBSERVAR = "regla.observar"
    REGLA_VALIDAR = "regla.validar"
    REGLA_DICTAMINAR = "regla.dictaminar"
    REGLA_PUBLICAR = "regla.publicar"
    REVISION_COMENTAR = "revision.comentar"
    VEDA_EXCEPTUAR = "veda.exceptuar"
    FUNCION_DELEGAR = "funcion.delegar"
    AGENDA_VER = "agenda.ver"
    AGENDA_EDITAR = "agenda.editar"
    PRORROGA_PEDIR = "prorroga.pedir"
    PRORROGA_DECIDIR = "prorroga.decidir"
    MENSAJE_ESCRIBIR = "mensaje.escribir"
    AVANCE_CAPTURAR = "avance.capturar"
    AVANCE_ENVIAR = "avance.enviar"
    AVANCE_REVISAR = "avance.revisar"
    CATALOGO_EDITAR = "catalogo.editar"
    CENTRO_EDITAR = "centro.editar"
    DOCUMENTO_EDITAR = "documento.editar"
    PRESUPUESTO_VER = "presupuesto.ver"
    PRESUPUESTO_CAPTURAR = "presupuesto.capturar"
    PADRON_CARGAR = "padron.cargar"
    PADRON_CONFIRMAR = "padron.confirmar"
    DATOS_PERSONALES_VER = "datos_personales.ver"
    BITACORA_VER = "bitacora.ver"
    USUARIOS_ADMINISTRAR = "usuarios.administrar"
    SISTEMA_OPERAR = "sistema.operar"

    @property
    def frase(self) -> Promise:
        return _FRASES[self]


_FRASES: dict[Permiso, Promise] = {
    Permiso.REGLA_VER: _("consultar reglas de operación, también las que no se han publicado"),
    Permiso.REGLA_CAPTURAR: _("escribir y corregir reglas de operación"),
    Permiso.REGLA_ENVIAR: _("firmar reglas de operación y enviarlas a validación"),
    Permiso.REGLA_OBSERVAR: _("resolver, reabrir y descartar las observaciones de su órgano"),
    Permiso.REGLA_VALIDAR: _("validar reglas de operación"),
    Permiso.REGLA_DICTAMINAR: _("emitir el dictamen de reglas de operación"),
    Permiso.REGLA_PUBLICAR: _("publicar reglas de operación con los datos de su Gaceta"),
    Permiso.REVISION_COMENTAR: _("comentar por dentro lo que su órgano escribe o revisa"),
    Permiso.VEDA_EXCEPTUAR: _("firmar una excepción a la veda electoral, junto con otra persona"),
    Permiso.FUNCION_DELEGAR: _("delegar su función en otra persona, por un tiempo"),
    Permiso.AGENDA_VER: _("consultar las obligaciones y sus plazos"),
    Permiso.AGENDA_EDITAR: _("mantener las obligaciones, los días inhábiles y las vedas"),
    Permiso.PRORROGA_PEDIR: _("pedir prórroga de un plazo"),
    Permiso.PRORROGA_DECIDIR: _("conceder o negar prórrogas, y anotar que un plazo se cumplió"),
    Permiso.MENSAJE_ESCRIBIR: _("escribir mensajes sobre los asuntos que puede ver"),
    Permiso.AVANCE_CAPTURAR: _("escribir el informe trimestral de avance"),
    Permiso.AVANCE_ENVIAR: _("firmar y enviar el informe trimestral de avance"),
    Permiso.AVANCE_REVISAR: _("revisar, observar y aprobar informes trimestrales de avance"),
    Permiso.CATALOGO_EDITAR: _("mantener los catálogos"),
    Permiso.CENTRO_EDITAR: _("mantener los centros de atención"),
    Permiso.DOCUMENTO_EDITAR: _("mantener los documentos del archivo histórico"),
    Permiso.PRESUPUESTO_VER: _("consultar el presupuesto"),
    Permiso.PRESUPUESTO_CAPTURAR: _("capturar y conciliar el presupuesto"),
    Permiso.PADRON_CARGAR: _("cargar padrones de beneficiarios"),
    Permiso.PADRON_CONFIRMAR: _("confirmar el padrón que cargó otra persona"),
    Permiso.DATOS_PERSONALES_VER: _(
        "ver datos personales de beneficiarios; cada lectura queda registrada"
    ),
    Permiso.BITACORA_VER: _("consultar la bitácora"),
    Permiso.USUARIOS_ADMINISTRAR: _("dar de alta cuentas y otorgar o retirar funciones"),
    Permiso.SISTEMA_OPERAR: _("ver y repetir los trabajos del sistema"),
}


@dataclass(frozen=True, slots=True)
class Ambito:
    """Dependencias sobre las que vale un permiso: todas, o las de la lista (quizá ninguna)."""

    todas: bool = False
    dependencias: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.todas or bool(self.dependencias)

    def incluye(self, dependencia: Dependencia | int) -> bool:
        identificador = dependencia if isinstance(dependencia, int) else dependencia.pk
        return self.todas or identificador in self.dependencias

    def filtro(self, campo: str = "dependencia") -> Q:
        """Condición para un QuerySet: `qs.filter(ambito.filtro("programa__dependencia"))`."""
        return Q() if self.todas else Q(**{f"{campo}__in": self.dependencias})


NINGUNO = Ambito()


def ambito(
    usuario: Usuario | AnonymousUser, permiso: Permiso, fecha: datetime.date | None = None
) -> Ambito:
    """Dónde vale ese permiso ese día (hoy en la Ciudad, si no se dice)."""
    if not usuario.is_authenticated or not usuario.is_active:
        return NINGUNO
    suyas = [a for a in usuario.adscripciones_vigentes(fecha) if a.concede(permiso)]
    if any(a.vale_en_toda_la_ciudad for a in suyas):
        return Ambito(todas=True)
    return Ambito(dependencias=frozenset(a.dependencia_id for a in suyas))


def puede(
    usuario: Usuario | AnonymousUser,
    permiso: Permiso,
    en: Dependencia | int | None = None,
    fecha: datetime.date | None = None,
) -> bool:
    """¿Tiene ese permiso en esa dependencia? Con `en=None`: ¿lo tiene en alguna parte?"""
    donde = ambito(usuario, permiso, fecha)
    return bool(donde) if en is None else donde.incluye(en)
