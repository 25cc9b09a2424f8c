"""Lo que un paso pide del asunto y de su expediente: todo a la vez, en palabras."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.calendario.consultas import veda_vigente
from sibis.expedientes.models import Expediente
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.nucleo.estados import Transicion
from sibis.revision.estados import ResultadoDeCotejo
from sibis.revision.materias import Materia
from sibis.revision.models import Cotejo, ExcepcionDeVeda, Observacion, PuntoDeCotejo, Respuesta


def lo_que_falta(
    materia: Materia, transicion: Transicion, asunto: Any, expediente: Expediente | None
) -> list[str]:
    """Cada cosa que impide dar el paso, en una oración; vacío si procede."""
    faltas = [
        falta.texto
        for falta in (
            materia.faltantes(asunto, transicion.exige_completo)
            if transicion.exige_completo
            else ()
        )
    ]
    return [
        *faltas,
        *_del_expediente(materia, transicion, asunto, expediente),
        *_de_la_veda(transicion, expediente),
    ]


def exigir_lo_que_pide(
    materia: Materia, transicion: Transicion, asunto: Any, expediente: Expediente
) -> None:
    """Levanta ErrorDeNegocio con todo lo que falta, de una vez."""
    faltan = lo_que_falta(materia, transicion, asunto, expediente)
    if faltan:
        cuantas = ngettext("falta %(n)s cosa", "faltan %(n)s cosas", len(faltan)) % {
            "n": len(faltan)
        }
        raise ErrorDeNegocio(
            _("Para %(paso)s %(faltan)s. No se cambió nada.")
            % {"paso": transicion.rotulo, "faltan": cuantas},
            detalles=tuple(faltan),
        )


def _del_expediente(
    materia: Materia, transicion: Transicion, asunto: Any, expediente: Expediente | None
) -> Iterator[str]:
    if transicion.exige_observaciones and not _por_notificar(expediente):
        yield _("Escribe al menos una observación, en el campo que hay que corregir.")
    if transicion.exige_respuestas and (sin := _sin_contestar(expediente)):
        yield ngettext(
            "Hay %(n)s observación sin contestar.", "Hay %(n)s observaciones sin contestar.", sin
        ) % {"n": sin}
    if transicion.exige_resueltas and (abiertas := _obligatorias_abiertas(expediente)):
        yield ngettext(
            "Hay %(n)s observación abierta: resuélvela o regresa el documento.",
            "Hay %(n)s observaciones abiertas: resuélvelas o regresa el documento.",
            abiertas,
        ) % {"n": abiertas}
    if transicion.exige_cotejo:
        yield from _del_cotejo(materia, transicion.exige_cotejo, asunto, expediente)


def _formales(expediente: Expediente | None) -> Any:
    return Observacion.objects.formales().abiertas().filter(expediente=expediente)


def _por_notificar(expediente: Expediente | None) -> bool:
    return _formales(expediente).filter(notificada_en__isnull=True).exists()


def _sin_contestar(expediente: Expediente | None) -> int:
    """Las notificadas que quien presenta no ha contestado desde que se le notificaron."""
    if expediente is None:
        return 0
    contestada = Respuesta.objects.filter(
        observacion=OuterRef("pk"),
        organo=expediente.dependencia_id,
        escrita_en__gte=OuterRef("notificada_en"),
    )
    return int(_formales(expediente).notificadas().filter(~Exists(contestada)).count())


def _obligatorias_abiertas(expediente: Expediente | None) -> int:
    return int(_formales(expediente).obligatorias().count())


def _del_cotejo(
    materia: Materia, instancia: str, asunto: Any, expediente: Expediente | None
) -> Iterator[str]:
    """Todo punto vigente tiene respuesta en la última remisión, y ninguna es «no»."""
    puntos = list(
        PuntoDeCotejo.objects.de(materia.clase, instancia, variante=materia.variante(asunto))
    )
    remision = expediente.remisiones.order_by("-numero").first() if expediente else None
    hechos = dict(
        Cotejo.objects.filter(remision=remision, punto__in=puntos).values_list(
            "punto_id", "resultado"
        )
        if remision
        else ()
    )
    sin = sum(punto.pk not in hechos for punto in puntos)
    if sin:
        yield ngettext(
            "Falta contestar %(n)s punto de la lista de cotejo.",
            "Falta contestar %(n)s puntos de la lista de cotejo.",
            sin,
        ) % {"n": sin}
    for punto in puntos:
        if hechos.get(punto.pk) == ResultadoDeCotejo.NO:
            yield _("La lista de cotejo dice que no: «%(punto)s».") % {"punto": punto.nombre}


def _de_la_veda(transicion: Transicion, expediente: Expediente | None) -> Iterator[str]:
    veda = veda_vigente() if transicion.lo_frena_la_veda else None
    if veda is None:
        return
    firmada = ExcepcionDeVeda.objects.filter(
        Q(firmada_en__isnull=False), expediente=expediente, paso=transicion.nombre
    )
    if not firmada.exists():
        yield _(
            "Rige la veda «%(veda)s»: este paso pide una excepción con fundamento, firmada por dos "
            "personas."
        ) % {"veda": veda}
