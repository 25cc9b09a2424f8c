"""Llevar una regla por su camino con los servicios de verdad, hasta donde la prueba la necesita."""

from __future__ import annotations

import datetime

from programas.materia import REGLA
from programas.models import ReglaOperacion
from programas.servicios import publicacion, revision
from sibis.cuentas import roles
from sibis.cuentas.models import Dependencia, Usuario
from sibis.revision.models import Observacion
from sibis.revision.servicios import observaciones
from tests.fabricas.cuentas import DependenciaFactory, con_rol

DIA = datetime.date(2025, 1, 31)
GACETA = {"gaceta_numero": "1600", "gaceta_fecha": DIA}


def evaluadora() -> Usuario:
    evalua = Dependencia.objects.filter(clave="EVALUA").first()
    return con_rol(roles.DictamenEVALUA, en=evalua or DependenciaFactory(clave="EVALUA"))


def hasta_revision(
    regla: ReglaOperacion, *, titular: Usuario, validadora: Usuario
) -> ReglaOperacion:
    revision.enviar(regla, por=titular)
    return revision.tomar(regla, por=validadora)


def observar(
    regla: ReglaOperacion, *, por: Usuario, campo: str = "resumen", texto: str = "Falta el total."
) -> ReglaOperacion:
    """Una observación en un campo, y de regreso a la dependencia."""
    observaciones.observar(REGLA, regla, por=por, campo=campo, texto=texto)
    return revision.observar(regla, por=por)


def contestar(regla: ReglaOperacion, *, por: Usuario) -> None:
    """Cada observación notificada, con su respuesta."""
    expediente = REGLA.bloquear(regla).expediente
    for observacion in Observacion.objects.abiertas().notificadas().filter(expediente=expediente):
        observaciones.responder(REGLA, observacion, por=por, texto="Corregido.")


def resolver(regla: ReglaOperacion, *, por: Usuario) -> None:
    expediente = REGLA.bloquear(regla).expediente
    for observacion in Observacion.objects.abiertas().filter(expediente=expediente):
        observaciones.mover(REGLA, observacion, "resolver", por=por)


def hasta_aprobar(
    regla: ReglaOperacion,
    *,
    titular: Usuario,
    validadora: Usuario,
    dictamina: Usuario | None = None,
) -> ReglaOperacion:
    dictamina = dictamina or evaluadora()
    hasta_revision(regla, titular=titular, validadora=validadora)
    revision.validar(regla, por=validadora)
    revision.tomar_dictamen(regla, por=dictamina)
    return revision.aprobar(regla, por=dictamina)


def hasta_publicar(
    regla: ReglaOperacion, *, titular: Usuario, validadora: Usuario
) -> ReglaOperacion:
    hasta_aprobar(regla, titular=titular, validadora=validadora)
    return publicacion.publicar(regla, por=validadora, **GACETA)
