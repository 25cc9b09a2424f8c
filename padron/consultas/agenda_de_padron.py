"""Con qué se cumple la obligación de entregar el padrón: con la carga que cierra el año, ya confirmada."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from padron.consultas.hoja_de_carga import url_de
from padron.consultas.periodos import orden
from padron.estados import FUERON_APLICADAS
from padron.models import Carga
from sibis.agenda.costuras import Cumplimiento
from sibis.agenda.models import Vencimiento

_DICIEMBRE = 12


def padrones_entregados(vencimientos: list[Vencimiento]) -> dict[int, Cumplimiento]:
    """La primera aplicada que llega a diciembre: el año, el cuarto trimestre o su último mes. Una consulta.

    Que otra la sustituya después no cambia el día en que se cumplió.
    """
    primeras: dict[tuple[str, int], Carga] = {}
    aplicadas = (
        Carga.objects.filter(
            estado__in=FUERON_APLICADAS,
            ejercicio__in={v.ejercicio for v in vencimientos},
            programa__clave__in={v.asunto_clave for v in vencimientos},
        )
        .select_related("programa")
        .order_by("aplicada_en")
    )
    for carga in aplicadas:
        if orden(carga.ejercicio, carga.periodo)[1] == _DICIEMBRE:
            primeras.setdefault((carga.programa.clave, carga.ejercicio), carga)
    return {
        v.pk: _cumplimiento(carga)
        for v in vencimientos
        if (carga := primeras.get((v.asunto_clave, v.ejercicio))) is not None
    }


def _cumplimiento(carga: Carga) -> Cumplimiento:
    assert carga.aplicada_en is not None  # noqa: S101  (lo exige la base en ese estado)
    return Cumplimiento(
        timezone.localdate(carga.aplicada_en),
        _("Padrón de %(anio)s, carga %(folio)s") % {"anio": carga.ejercicio, "folio": carga.folio},
        url_de(carga),
    )
