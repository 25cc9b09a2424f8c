"""Llevar un informe por su camino, con los mismos servicios que usa el personal."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from presupuesto.materia import INFORME
from presupuesto.models import InformeDeAvance
from presupuesto.servicios import evidencias, informes, revision_de_informes
from sibis.revision.models import PuntoDeCotejo
from sibis.revision.servicios.cotejos import cotejar
from tests.fabricas.informes import PDF

COMPLETO = {
    "presupuesto_original": Decimal(1000),
    "presupuesto_modificado": Decimal(1000),
    "presupuesto_programado": Decimal(1000),
    "presupuesto_devengado": Decimal(990),
    "presupuesto_ejercido": Decimal(980),
}


def escribir(informe: InformeDeAvance, *, por: Any, **cambios: Any) -> InformeDeAvance:
    """Cifras que pasan todas las comprobaciones, con lo que se diga encima."""
    informe.refresh_from_db()

    def guardar() -> None:
        InformeDeAvance.objects.filter(pk=informe.pk).update(**COMPLETO | cambios)
        for renglon in informe.renglones.all():
            renglon.programada = renglon.alcanzada = renglon.meta_vigente
            renglon.save()

    informes.guardar(informe, edicion=informe.edicion, por=por, escribir=guardar)
    for lugar, renglon in enumerate(informe.renglones.all()):
        if not renglon.evidencias.exists():
            evidencias.adjuntar(
                informe,
                contenido=io.BytesIO(PDF + bytes([65 + lugar])),
                descripcion="Acta de entrega",
                renglon=renglon,
                por=por,
            )
    informe.refresh_from_db()
    return informe


def aprobar(informe: InformeDeAvance, *, titular: Any, revisora: Any) -> InformeDeAvance:
    """De borrador completo a aprobado."""
    revision_de_informes.enviar(informe, por=titular)
    tomado = revision_de_informes.tomar(informe, por=revisora)
    cotejar_todo(tomado, por=revisora)
    return revision_de_informes.aprobar(tomado, por=revisora)


def cotejar_todo(informe: InformeDeAvance, *, por: Any) -> None:
    puntos = PuntoDeCotejo.objects.de("informe", "validacion", variante=informe.programa.tipo)
    cotejar(INFORME, informe, por=por, respuestas={p.pk: ("si", "") for p in puntos})
