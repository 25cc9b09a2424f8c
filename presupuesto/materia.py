"""El informe trimestral, dicho al motor de revisión."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from presupuesto.consultas.comprobaciones import faltantes
from presupuesto.consultas.fechas_de_informe import ordinal
from presupuesto.consultas.informe import anterior_de, leer
from presupuesto.consultas.retrato_de_informe import retrato
from presupuesto.estados import (
    DEL_SISTEMA,
    EDITABLES,
    FLUJO_INFORME,
    FUERON_APROBADOS,
    REVISION,
    EstadoInforme,
)
from presupuesto.models import InformeDeAvance
from presupuesto.models.instancias import impedimentos
from sibis.cuentas.permisos import Permiso
from sibis.revision.materias import Materia
from sibis.revision.retratos import Retrato

E = EstadoInforme


def _faltantes(informe: InformeDeAvance, _momento: str) -> list[Any]:
    """Solo lo que detiene: los avisos se leen en su página."""
    return [f for f in faltantes(leer(informe)) if f.bloquea]


def _titulo(informe: InformeDeAvance) -> str:
    return (
        f"{informe.programa.nombre}, {ordinal(informe.trimestre)} de {informe.ejercicio}"
        f"{f', v{informe.version}' if informe.version > 1 else ''}"
    )


def _url(informe: InformeDeAvance) -> str:
    return reverse("admin:presupuesto_informedeavance_change", args=[informe.pk])


def _anterior(informe: InformeDeAvance) -> Retrato | None:
    """Con qué se compara: lo que corrige o, si es el primero, el trimestre de antes."""
    corregido = InformeDeAvance.objects.filter(
        programa=informe.programa_id,
        ejercicio=informe.ejercicio,
        trimestre=informe.trimestre,
        version__lt=informe.version,
        estado__in=FUERON_APROBADOS,
    )
    previo = corregido.select_related("programa").order_by("-version").first() or anterior_de(
        informe
    )
    return retrato(previo) if previo is not None else None


def _antes_de_aprobar(informe: InformeDeAvance, *, dar: Any) -> None:
    """Lo que una corrección aprobada reemplaza: queda guardado y deja de ser el del trimestre."""
    vigente = (
        InformeDeAvance.objects.aprobados()
        .filter(
            programa=informe.programa_id,
            ejercicio=informe.ejercicio,
            trimestre=informe.trimestre,
        )
        .exclude(pk=informe.pk)
        .first()
    )
    if vigente is not None:
        dar(INFORME, vigente, "sustituir", por=None)


INFORME = Materia(
    clase="informe",
    nombre=gettext_lazy("informes trimestrales"),
    articulo=gettext_lazy("este informe"),  # type: ignore[arg-type]
    modelo=InformeDeAvance,
    estados=EstadoInforme,
    flujo=FLUJO_INFORME,
    editables=EDITABLES,
    del_sistema=DEL_SISTEMA,
    instancias={E.ENVIADO: REVISION, E.EN_REVISION: REVISION},
    captura=Permiso.AVANCE_CAPTURAR,
    ver=Permiso.PRESUPUESTO_VER,
    retrato=retrato,
    titulo=_titulo,
    url=_url,
    impedimentos=impedimentos,
    faltantes=_faltantes,
    sellos={"enviar": "enviado", "aprobar": "aprobado"},
    variante=lambda informe: informe.programa.tipo,
    anterior=_anterior,
    antes_de={"aprobar": _antes_de_aprobar},
    ademas=("programa", "regla"),
    congela_fecha=FUERON_APROBADOS,
)
