"""El camino de una regla de demostración, por los mismos servicios que usa el personal."""

from __future__ import annotations

from collections.abc import Mapping

from programas.materia import REGLA
from programas.models import ReglaOperacion
from programas.servicios import revision
from sibis.cuentas.models import Usuario
from sibis.demo import cuentas
from sibis.revision.models import PuntoDeCotejo
from sibis.revision.servicios.cotejos import cotejar, instancia_que_coteja
from sibis.revision.servicios.observaciones import observar as observar_campo

Personal = Mapping[str, Usuario]
_OBSERVACIONES = (
    (
        "poblacion-objetivo",
        "Demostración: la población objetivo no coincide con la meta física. Corrige la que esté mal "
        "y di en su fuente de dónde sale el número.",
    ),
    (
        "como_solicitar",
        "Demostración: no dice en cuántos días se responde una solicitud. Añádelo en días hábiles.",
    ),
)


def hasta_revision(regla: ReglaOperacion, *, titular: Usuario, personal: Personal) -> None:
    revision.enviar(regla, por=titular)
    revision.tomar(regla, por=personal[cuentas.VALIDA.usuario])


def observarla(regla: ReglaOperacion, *, personal: Personal) -> None:
    """Dos observaciones, cada una en su campo, y de regreso a la dependencia."""
    valida = personal[cuentas.VALIDA.usuario]
    for campo, texto in _OBSERVACIONES:
        observar_campo(REGLA, regla, por=valida, campo=campo, texto=texto)
    revision.observar(regla, por=valida)


def hasta_validar(regla: ReglaOperacion, *, titular: Usuario, personal: Personal) -> None:
    valida = personal[cuentas.VALIDA.usuario]
    hasta_revision(regla, titular=titular, personal=personal)
    _cotejar(regla, por=valida)
    revision.validar(regla, por=valida)


def hasta_aprobar(regla: ReglaOperacion, *, titular: Usuario, personal: Personal) -> None:
    dictamina = personal[cuentas.DICTAMINA.usuario]
    hasta_validar(regla, titular=titular, personal=personal)
    revision.tomar_dictamen(regla, por=dictamina)
    _cotejar(regla, por=dictamina)
    revision.aprobar(
        regla,
        por=dictamina,
        motivo="Demostración: la intervención atiende el problema que describe.",
    )


def _cotejar(regla: ReglaOperacion, *, por: Usuario) -> None:
    """La lista entera en «sí»."""
    regla = REGLA.bloquear(regla)
    instancia = instancia_que_coteja(REGLA, regla, por=por)
    puntos = PuntoDeCotejo.objects.de(REGLA.clase, instancia, variante=regla.programa.tipo)
    cotejar(REGLA, regla, por=por, respuestas={p.pk: ("si", "") for p in puntos})
