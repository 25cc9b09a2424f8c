"""Publicar: con su Gaceta, la regla pasa al portal y sustituye a la versión anterior."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programas.materia import REGLA
from programas.models import ReglaOperacion
from programas.vigor import llevar_al_portal, sustituir_a_la_anterior
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.requisitos import exigir_lo_que_pide
from sibis.revision.servicios import pasos
from sibis.revision.servicios.expediente import expediente_de
from sibis.vigencia.carga import en_palabras


@transaction.atomic
def publicar(
    regla: ReglaOperacion,
    *,
    por: Usuario,
    gaceta_numero: str,
    gaceta_fecha: datetime.date,
    coplade_acuerdo: str = "",
    vigente_desde: datetime.date | None = None,
    visto: int | None = None,
) -> ReglaOperacion:
    """Pone en el portal una regla aprobada, o la deja lista para el día en que empieza a regir.

    Sin `vigente_desde` rige desde la fecha de su Gaceta. Levanta ErrorDeNegocio con todo lo que falte.
    """
    regla = REGLA.bloquear(regla)
    transicion = pasos.exigir(REGLA, "publicar", regla, por=por)
    regla.gaceta_numero, regla.gaceta_fecha = gaceta_numero.strip(), gaceta_fecha
    regla.coplade_acuerdo = coplade_acuerdo.strip() or regla.coplade_acuerdo
    _exigir_gaceta_posible(regla)
    exigir_lo_que_pide(REGLA, transicion, regla, expediente_de(REGLA, regla))
    _exigir_gaceta(regla)
    rige = vigente_desde or regla.vigente_desde or gaceta_fecha
    _exigir_vigencia_posible(regla, rige)
    datos: dict[str, Any] = {
        "gaceta_numero": regla.gaceta_numero,
        "gaceta_fecha": regla.gaceta_fecha,
        "coplade_acuerdo": regla.coplade_acuerdo,
        "vigente_desde": rige,
    }
    if rige > timezone.localdate():
        diferida: ReglaOperacion = pasos.dar(REGLA, regla, "diferir", por=por, visto=visto, **datos)
        return diferida
    sustituir_a_la_anterior(regla)
    regla = pasos.dar(REGLA, regla, "publicar", por=por, visto=visto, **datos)
    llevar_al_portal(regla)
    return regla


def _exigir_gaceta_posible(regla: ReglaOperacion) -> None:
    if regla.gaceta_fecha and regla.gaceta_fecha > timezone.localdate():
        raise ErrorDeNegocio("La Gaceta no puede ser de una fecha que aún no llega.")
    try:
        regla.clean_fields()
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error


def _exigir_gaceta(regla: ReglaOperacion) -> None:
    """La base no admite publicar sin ella, la pida o no el catálogo de exigencias."""
    if not regla.gaceta_numero or not regla.gaceta_fecha:
        raise ErrorDeNegocio(
            "Para publicar hacen falta el número y la fecha de la Gaceta. No se cambió nada."
        )


def _exigir_vigencia_posible(regla: ReglaOperacion, rige: datetime.date) -> None:
    """Nada rige antes de publicarse."""
    if regla.gaceta_fecha and rige < regla.gaceta_fecha:
        raise ErrorDeNegocio("No puede regir desde antes de su Gaceta. No se cambió nada.")
