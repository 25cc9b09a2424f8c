"""Lo que la agenda pregunta de los programas: quién debe qué, y qué regla ya se publicó."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from programas.estados import FUERON_PUBLICOS, EstadoRegla
from programas.models import ReglaOperacion
from programas.models.programa import TipoDePrograma
from sibis.agenda.costuras import Cumplimiento, Sujeto
from sibis.agenda.models import Obligacion, Vencimiento
from sibis.cuentas.models.dependencia import TipoDeDependencia

A = Obligacion.AplicaA
_TIPOS = {
    A.PROGRAMAS: (TipoDePrograma.PROGRAMA,),
    A.ACCIONES: (TipoDePrograma.ACCION,),
    A.PROGRAMAS_Y_ACCIONES: (TipoDePrograma.PROGRAMA, TipoDePrograma.ACCION),
}
_ES_ALCALDIA = Q(dependencia__tipo=TipoDeDependencia.ALCALDIA)
_DEPENDENCIAS = {A.ALCALDIAS: _ES_ALCALDIA, A.DEPENDENCIAS: ~_ES_ALCALDIA, A.TODAS: Q()}
_DESISTIDAS = (EstadoRegla.RETIRADO, EstadoRegla.RECHAZADO)


def sujetos(obligacion: Obligacion, ejercicio: int) -> Iterable[Sujeto]:
    """Cada programa con regla ese año, aunque esté en borrador; o cada dependencia que tenga alguno."""
    reglas = ReglaOperacion.objects.filter(ejercicio=ejercicio).exclude(estado__in=_DESISTIDAS)
    if obligacion.aplica_a in _DEPENDENCIAS:
        llaves = reglas.filter(_DEPENDENCIAS[A(obligacion.aplica_a)]).order_by("dependencia_id")
        return [Sujeto(pk) for pk in llaves.values_list("dependencia_id", flat=True).distinct()]
    return list(_de_cada_programa(reglas.filter(programa__tipo__in=_TIPOS[A(obligacion.aplica_a)])))


def _de_cada_programa(reglas: object) -> Iterator[Sujeto]:
    """Uno por programa, con el nombre y la dependencia de su última versión."""
    columnas = ("dependencia_id", "programa__clave", "nombre")
    ultimas = reglas.order_by("programa_id", "-version").distinct("programa_id")
    for dependencia, clave, nombre in ultimas.values_list(*columnas):
        yield Sujeto(dependencia, clave, nombre)


def reglas_publicadas(vencimientos: list[Vencimiento]) -> dict[int, Cumplimiento]:
    """La primera vez que cada programa publicó la regla de ese ejercicio. Una consulta."""
    primeras: dict[tuple[str, int], ReglaOperacion] = {}
    reglas = (
        ReglaOperacion.objects.filter(
            estado__in=FUERON_PUBLICOS,
            ejercicio__in={v.ejercicio for v in vencimientos},
            programa__clave__in={v.asunto_clave for v in vencimientos},
        )
        .select_related("programa")
        .order_by("version")
    )
    for regla in reglas:
        primeras.setdefault((regla.programa.clave, regla.ejercicio), regla)
    return {
        v.pk: _cumplimiento(regla)
        for v in vencimientos
        if (regla := primeras.get((v.asunto_clave, v.ejercicio))) is not None
    }


def _cumplimiento(regla: ReglaOperacion) -> Cumplimiento:
    """Sin fecha de Gaceta se sabe que se publicó, no qué día."""
    que = (
        _("Reglas publicadas en la Gaceta %(numero)s") % {"numero": regla.gaceta_numero}
        if regla.gaceta_numero
        else _("Reglas publicadas")
    )
    url = reverse("programas:programa_ejercicio", args=[regla.programa.slug, regla.ejercicio])
    return Cumplimiento(regla.gaceta_fecha, que, url)
