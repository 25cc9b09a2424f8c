"""La excepción con que un paso procede durante la veda: la firman dos personas."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.bitacora.registro import registrar
from sibis.calendario.consultas import veda_vigente
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.revision.materias import Materia
from sibis.revision.models import ExcepcionDeVeda
from sibis.revision.servicios.expediente import expediente_de
from sibis.revision.servicios.pasos import exigir_texto_publicable


@transaction.atomic
def pedir_excepcion(
    materia: Materia, asunto: Any, *, paso: str, fundamento: str, razon: str, por: Usuario
) -> ExcepcionDeVeda:
    """La primera firma. Sin la segunda, de otra persona, no vale."""
    asunto = materia.bloquear(asunto)
    _exigir_facultad(asunto, por=por)
    if not materia.flujo.paso(paso).lo_frena_la_veda or veda_vigente() is None:
        raise ErrorDeNegocio(_("Hoy ninguna veda frena ese paso: no hace falta excepción."))
    if not fundamento.strip() or not razon.strip():
        raise ErrorDeNegocio(_("Escribe el fundamento legal y por qué procede la excepción."))
    exigir_texto_publicable(razon)
    try:
        with transaction.atomic():
            excepcion = ExcepcionDeVeda.objects.create(
                expediente=expediente_de(materia, asunto),
                paso=paso,
                fundamento=fundamento.strip()[:300],
                razon=razon.strip(),
                pedida_por=por,
            )
    except IntegrityError as error:
        raise ErrorDeNegocio(_("Ya hay una excepción pedida para ese paso: fírmala.")) from error
    _dejar_constancia("veda.excepcion_pedida", excepcion, asunto, por=por)
    return excepcion


@transaction.atomic
def firmar_excepcion(
    materia: Materia, excepcion: ExcepcionDeVeda, *, por: Usuario
) -> ExcepcionDeVeda:
    """La segunda firma, con la que vale."""
    excepcion = ExcepcionDeVeda.objects.select_for_update().get(pk=excepcion.pk)
    asunto = materia.de(excepcion.expediente)
    _exigir_facultad(asunto, por=por)
    if excepcion.firmada_en is not None:
        raise ErrorDeNegocio(_("Esta excepción ya tiene sus dos firmas."))
    if excepcion.pedida_por_id == por.pk:
        raise SinPermiso(_("Tú pusiste la primera firma: la segunda es de otra persona."))
    excepcion.firmada_en, excepcion.firmada_por = timezone.now(), por
    excepcion.save(update_fields=["firmada_en", "firmada_por"])
    _dejar_constancia("veda.excepcion_firmada", excepcion, asunto, por=por)
    return excepcion


def _exigir_facultad(asunto: Any, *, por: Usuario) -> None:
    if not puede(por, Permiso.VEDA_EXCEPTUAR, en=asunto.dependencia_id):
        raise SinPermiso(_("Tu función no firma excepciones a la veda."))


def _dejar_constancia(tipo: str, excepcion: ExcepcionDeVeda, asunto: Any, *, por: Usuario) -> None:
    registrar(
        tipo,
        asunto,
        por=por,
        dependencia=asunto.dependencia.clave,
        paso=excepcion.paso,
        fundamento=excepcion.fundamento,
    )
