"""Lo que la página de un informe muestra alrededor de sus cifras: pasos, faltas, observaciones, versiones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from presupuesto.consultas.comprobaciones import Faltante, faltantes
from presupuesto.consultas.informe import InformeLeido, leer
from presupuesto.estados import DEL_SISTEMA, EN_CURSO, FLUJO_INFORME, EstadoInforme
from presupuesto.models import InformeDeAvance
from presupuesto.models.instancias import impedimentos
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.panel.transiciones import Boton, botones
from sibis.revision.models import Observacion, Paso

# Quien trabaja el informe ve su evidencia; quien solo consulta ve qué es y su huella.
_VEN_LA_EVIDENCIA = (Permiso.AVANCE_CAPTURAR, Permiso.AVANCE_ENVIAR, Permiso.AVANCE_REVISAR)


@dataclass(frozen=True, slots=True)
class Hoja:
    leido: InformeLeido
    botones: tuple[Boton, ...]
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
        botones=tuple(_botones(informe, quien)),
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


def ultimo_paso(informe: InformeDeAvance) -> int | None:
    """Lo que tenía a la vista quien decide: si alguien da otro entre tanto, el motor lo dice."""
    paso = Paso.objects.filter(expediente=informe.expediente_id).order_by("-pk").first()
    return paso.pk if paso and informe.expediente_id else None


def _botones(informe: InformeDeAvance, quien: Usuario) -> list[Boton]:
    """Sin los que el motor le negaría por ser quien presentó o de la misma dependencia."""
    posibles = botones(
        FLUJO_INFORME,
        estado=informe.estado,
        dependencia=informe.dependencia_id,
        usuario=quien,
        salvo=DEL_SISTEMA,
    )
    negados: dict[str, bool] = {}

    def impedido(permiso: str) -> bool:
        if permiso not in negados:
            condiciones: list[Any] = [q for q, _ in impedimentos(Permiso(permiso), por=quien)]
            negados[permiso] = any(
                InformeDeAvance.objects.filter(q, pk=informe.pk).exists() for q in condiciones
            )
        return negados[permiso]

    pasos = {t.nombre: t for t in FLUJO_INFORME}
    return [
        b
        for b in posibles
        if not pasos[b.nombre].exige_otra_persona or not impedido(pasos[b.nombre].permiso)
    ]


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
