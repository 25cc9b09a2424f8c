"""Publicar: con su Gaceta, la regla pasa al portal y sustituye a la versión anterior."""

from __future__ import annotations

import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programas import proyeccion
from programas.consultas import impresos
from programas.estados import EstadoRegla
from programas.models import Exigencia, ReglaOperacion
from programas.servicios.revision import bloquear, exigir, exigir_completa, mover
from sibis.cuentas.models import Usuario
from sibis.documentos import servicios as documentos
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.vigencia.carga import en_palabras


@transaction.atomic
def publicar(
    regla: ReglaOperacion,
    *,
    por: Usuario,
    gaceta_numero: str,
    gaceta_fecha: datetime.date,
    coplade_acuerdo: str = "",
) -> ReglaOperacion:
    """Pone en el portal una regla validada. Levanta ErrorDeNegocio con todo lo que falte."""
    regla = bloquear(regla)
    exigir("publicar", regla, por=por)
    regla.gaceta_numero, regla.gaceta_fecha = gaceta_numero.strip(), gaceta_fecha
    regla.coplade_acuerdo = coplade_acuerdo.strip() or regla.coplade_acuerdo
    _exigir_gaceta_posible(regla)
    exigir_completa(regla, Exigencia.Momento.PUBLICAR)
    _exigir_gaceta(regla)
    _sustituir_anterior(regla, por=por)
    mover(
        regla,
        "publicar",
        por=por,
        gaceta_numero=regla.gaceta_numero,
        gaceta_fecha=regla.gaceta_fecha,
        coplade_acuerdo=regla.coplade_acuerdo,
        publicado_en=timezone.now(),
        publicado_por=por,
    )
    _poner_nombre_actual(regla)
    proyeccion.proyectar(regla.programa)
    transaction.on_commit(partial(_preparar_documentos, regla.pk))
    return regla


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


def _sustituir_anterior(regla: ReglaOperacion, *, por: Usuario) -> None:
    anterior = (
        ReglaOperacion.objects.select_for_update(of=("self",))
        .select_related("dependencia")
        .filter(programa=regla.programa, ejercicio=regla.ejercicio, estado=EstadoRegla.PUBLICADO)
        .first()
    )
    if anterior is not None:
        mover(anterior, "sustituir", por=por)


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
