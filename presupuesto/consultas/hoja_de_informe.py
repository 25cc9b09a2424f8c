"""Lo que la página de un informe muestra alrededor de sus cifras: pasos, faltas, observaciones, versiones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from presupuesto.consultas.comprobaciones import Faltante, faltantes
from presupuesto.consultas.informe import InformeLeido, leer
from presupuesto.estados import EN_CURSO, EstadoInforme
from presupuesto.materia import INFORME
from presupuesto.models import InformeDeAvance
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.revision.consultas.botones import BotonDePaso, botones_de
from sibis.revision.models import Observacion

# Quien trabaja el informe ve su evidencia; quien solo consulta ve qué es y su huella.
_VEN_LA_EVIDENCIA = (Permiso.AVANCE_CAPTURAR, Permiso.AVANCE_ENVIAR, Permiso.AVANCE_REVISAR)


@dataclass(frozen=True, slots=True)
class Hoja:
    leido: InformeLeido
    botones: tuple[BotonDePaso, ...]
    faltan: tuple[Faltante, ...]
    avisos: tuple[Faltante, ...]
    observaciones: tuple[Observacion, ...]
    versiones: tuple[InformeDeAvance, ...]
    puede_corregir: bool
    ve_la_evidencia: bool

    @property
    def informe(self) -> InformeDeAvance:
        return self.leido.informe

    @property
    def periodo(self) -> str:
        return f"{self.informe.get_trimestre_display()}, {self.informe.ejercicio}"

    @property
    def url(self) -> str:
        return reverse("admin:presupuesto_informedeavance_change", args=[self.informe.pk])


def hoja_de(informe: InformeDeAvance, *, quien: Usuario) -> Hoja:
    leido = leer(informe)
    hallados = faltantes(leido) if informe.estado in EN_CURSO else []
    return Hoja(
        leido=leido,
        botones=botones_de(INFORME, informe, quien) if informe.expediente_id else (),
        faltan=tuple(f for f in hallados if f.bloquea),
        avisos=tuple(f for f in hallados if not f.bloquea),
        observaciones=tuple(_por_atender(informe)),
        versiones=tuple(_otras_versiones(informe)),
        puede_corregir=informe.estado == EstadoInforme.APROBADO
        and puede(quien, Permiso.AVANCE_CAPTURAR, en=informe.dependencia_id),
        ve_la_evidencia=ve_la_evidencia(informe, quien=quien),
    )


def ve_la_evidencia(informe: InformeDeAvance, *, quien: Usuario) -> bool:
    return any(puede(quien, permiso, en=informe.dependencia_id) for permiso in _VEN_LA_EVIDENCIA)


def _por_atender(informe: InformeDeAvance) -> Any:
    """Las que ya se notificaron y siguen abiertas, en su orden."""
    if informe.expediente_id is None:
        return ()
    return (
        Observacion.objects.formales()
        .abiertas()
        .notificadas()
        .filter(expediente=informe.expediente_id)
        .select_related("organo")
        .order_by("pk")
    )


def _otras_versiones(informe: InformeDeAvance) -> Any:
    return (
        InformeDeAvance.objects.filter(
            programa=informe.programa_id,
            ejercicio=informe.ejercicio,
            trimestre=informe.trimestre,
        )
        .exclude(pk=informe.pk)
        .order_by("-version")
    )
