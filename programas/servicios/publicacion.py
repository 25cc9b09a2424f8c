"""Publicar: con su Gaceta, la regla pasa al portal y sustituye a la versión anterior."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programas import proyeccion
from programas.consultas import impresos
from programas.estados import EstadoRegla
from programas.materia import REGLA
from programas.models import ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.documentos import servicios as documentos
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
    anterior = _apartar_anterior(regla)
    if anterior is not None:
        pasos.dar(REGLA, anterior, "sustituir", por=None)
    regla = pasos.dar(REGLA, regla, "publicar", por=por, visto=visto, **datos)
    _llevar_al_portal(regla)
    return regla


@transaction.atomic
def entrar_en_vigor(regla: ReglaOperacion, *, por: None = None) -> ReglaOperacion:
    """Llegó el día de una que ya se publicó: sustituye a la anterior. Lo hace el reloj (`por=None`)."""
    regla = REGLA.bloquear(regla)
    anterior = _apartar_anterior(regla)
    if anterior is not None:
        pasos.dar(REGLA, anterior, "sustituir", por=None)
    regla = pasos.dar(REGLA, regla, "entrar-en-vigor", por=por)
    _llevar_al_portal(regla)
    return regla


def _llevar_al_portal(regla: ReglaOperacion) -> None:
    _poner_nombre_actual(regla)
    proyeccion.proyectar(regla.programa)
    transaction.on_commit(partial(_preparar_documentos, regla.pk))


def _preparar_documentos(regla: int) -> None:
    """Quien llegue primero ya los encuentra hechos. Si la cola no está, se harán al pedirlos."""
    for clave in impresos.TODOS:
        documentos.preparar(clave, {"regla": regla})


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


def _apartar_anterior(regla: ReglaOperacion) -> ReglaOperacion | None:
    return (
        ReglaOperacion.objects.select_for_update(of=("self",))
        .filter(programa=regla.programa, ejercicio=regla.ejercicio)
        .filter(estado__in=[EstadoRegla.PUBLICADO, EstadoRegla.SUSPENDIDO])
        .first()
    )


def _poner_nombre_actual(regla: ReglaOperacion) -> None:
    """El programa se llama hoy, y lo opera quien lo opera, como en su último ejercicio publicado."""
    programa = regla.programa
    ultimo = programa.reglas.publicadas().order_by("-ejercicio").values_list("ejercicio", flat=True)
    igual = (programa.nombre, programa.dependencia_id) == (regla.nombre, regla.dependencia_id)
    if igual or ultimo[0] != regla.ejercicio:
        return
    if programa.nombre not in (regla.nombre, *programa.otros_nombres):
        programa.otros_nombres = [*programa.otros_nombres, programa.nombre]
    programa.nombre, programa.dependencia = regla.nombre, regla.dependencia
    programa.save(update_fields=["nombre", "dependencia", "otros_nombres"])
