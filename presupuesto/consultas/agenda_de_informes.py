"""Con qué se cumple la obligación de informar cada trimestre: con el informe enviado."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from presupuesto.consultas.fechas_de_informe import ordinal
from presupuesto.estados import EstadoInforme
from presupuesto.models import InformeDeAvance
from sibis.agenda.costuras import Cumplimiento
from sibis.agenda.models import Vencimiento

Llave = tuple[str, int, int]


def informes_enviados(vencimientos: list[Vencimiento]) -> dict[int, Cumplimiento]:
    """El primer envío de cada programa y trimestre; uno retirado no cumple. Una consulta.

    Corregirlo después no cambia el día en que se cumplió.
    """
    primeros: dict[Llave, InformeDeAvance] = {}
    enviados = (
        InformeDeAvance.objects.filter(
            enviado_en__isnull=False,
            ejercicio__in={v.ejercicio for v in vencimientos},
            programa__clave__in={v.asunto_clave for v in vencimientos},
        )
        .exclude(estado=EstadoInforme.RETIRADO)
        .select_related("programa")
        .order_by("version")
    )
    for informe in enviados:
        llave = (informe.programa.clave, informe.ejercicio, informe.trimestre)
        primeros.setdefault(llave, informe)
    return {
        v.pk: _cumplimiento(informe)
        for v in vencimientos
        if v.trimestre is not None
        and (informe := primeros.get((v.asunto_clave, v.ejercicio, v.trimestre))) is not None
    }


def _cumplimiento(informe: InformeDeAvance) -> Cumplimiento:
    assert informe.enviado_en is not None  # noqa: S101  (lo filtra la consulta)
    return Cumplimiento(
        timezone.localdate(informe.enviado_en),
        _("Informe del %(trimestre)s de %(anio)s, enviado")
        % {"trimestre": ordinal(informe.trimestre), "anio": informe.ejercicio},
        reverse("admin:presupuesto_informedeavance_change", args=[informe.pk]),
    )
