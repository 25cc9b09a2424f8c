"""Lo que el portal enseña de los informes trimestrales: solo lo aprobado, con su fuente."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from presupuesto.consultas.fechas_de_informe import ordinal
from presupuesto.consultas.informe import Rangos, rangos_vigentes
from presupuesto.consultas.montos import Montos
from presupuesto.estados import FUERON_APROBADOS, EstadoInforme
from presupuesto.models import Indice, InformeDeAvance, RangoDeSemaforo
from sibis.formatos.fechas import fecha_larga
from sibis.nucleo import avance
from sibis.nucleo.cifras import Origen


def origen_de(trimestre: int, aprobado_en: datetime) -> Origen:
    """«Informe de la dependencia, 4.º trimestre, aprobado el 20 de enero de 2026»."""
    nombre = _("Informe de la dependencia, %(trimestre)s, aprobado el %(dia)s") % {
        "trimestre": ordinal(trimestre),
        "dia": fecha_larga(timezone.localdate(aprobado_en)),
    }
    return Origen(nombre)


@dataclass(frozen=True, slots=True)
class MetaPublica:
    unidad: str
    descripcion: str
    meta: Decimal
    original: Decimal
    programada: Decimal | None
    alcanzada: Decimal | None
    icmpp: Decimal | None
    color: str
    explicacion: str
    motivo: str


@dataclass(frozen=True, slots=True)
class Anterior:
    """Lo que decía antes de corregirse, y por qué se corrigió."""

    version: int
    aprobado_en: datetime
    alcanzadas: str
    ejercido: Decimal | None


@dataclass(frozen=True, slots=True)
class InformePublico:
    trimestre: int
    hasta: str
    origen: Origen
    montos: Montos
    icppp: Decimal | None
    metas: tuple[MetaPublica, ...]
    explicacion_del_gasto: str
    explicacion_de_egresos: str
    razon: str
    anteriores: tuple[Anterior, ...]
    demostracion: bool


def por_ejercicio(programa: int, ejercicio: int | None = None) -> dict[int, InformePublico]:
    """El último trimestre aprobado de cada año, con lo que decía antes si se corrigió."""
    informes = InformeDeAvance.objects.filter(programa=programa, estado__in=FUERON_APROBADOS)
    if ejercicio is not None:
        informes = informes.filter(ejercicio=ejercicio)
    por_anio: dict[int, list[InformeDeAvance]] = defaultdict(list)
    for informe in informes.prefetch_related("renglones__meta").order_by("-trimestre", "-version"):
        por_anio[informe.ejercicio].append(informe)
    todos = list(RangoDeSemaforo.objects.order_by("orden", "pk")) if por_anio else []
    return {
        anio: publico for anio, suyos in por_anio.items() if (publico := _publico(suyos, todos))
    }


def _publico(suyos: list[InformeDeAvance], todos: list[RangoDeSemaforo]) -> InformePublico | None:
    aprobado = next((i for i in suyos if i.estado == EstadoInforme.APROBADO), None)
    if aprobado is None or aprobado.aprobado_en is None:
        return None
    rangos = rangos_vigentes(aprobado.ultimo_dia, todos)
    return InformePublico(
        trimestre=aprobado.trimestre,
        hasta=str(aprobado.get_trimestre_display()),
        origen=origen_de(aprobado.trimestre, aprobado.aprobado_en),
        montos=Montos(
            aprobado.presupuesto_original,
            aprobado.presupuesto_modificado,
            aprobado.presupuesto_ejercido,
        ),
        icppp=aprobado.icppp,
        metas=tuple(_metas(aprobado, rangos)),
        explicacion_del_gasto=aprobado.explicacion_del_gasto,
        explicacion_de_egresos=aprobado.explicacion_de_egresos,
        razon=aprobado.razon if any(_lo_corrigio(i, aprobado) for i in suyos) else "",
        anteriores=tuple(_anterior(i) for i in suyos if _lo_corrigio(i, aprobado)),
        demostracion=aprobado.es_demostracion,
    )


def _lo_corrigio(otro: InformeDeAvance, aprobado: InformeDeAvance) -> bool:
    return otro.trimestre == aprobado.trimestre and otro.estado == EstadoInforme.SUSTITUIDO


def _anterior(informe: InformeDeAvance) -> Anterior:
    alcanzadas = "; ".join(
        f"{renglon.alcanzada:,.0f} {renglon.unidad}"
        for renglon in informe.renglones.all()
        if renglon.alcanzada is not None
    )
    assert informe.aprobado_en is not None  # noqa: S101  (lo dice la base)
    return Anterior(informe.version, informe.aprobado_en, alcanzadas, informe.presupuesto_ejercido)


def _metas(informe: InformeDeAvance, rangos: Rangos) -> list[MetaPublica]:
    return [
        MetaPublica(
            unidad=renglon.unidad,
            descripcion=renglon.meta.descripcion,
            meta=renglon.meta_vigente,
            original=renglon.meta_original,
            programada=renglon.programada,
            alcanzada=renglon.alcanzada,
            icmpp=renglon.icmpp,
            color=avance.color(renglon.icmpp, rangos[Indice.ICMPP]),
            explicacion=renglon.explicacion,
            motivo=renglon.motivo_de_modificacion,
        )
        for renglon in informe.renglones.all()
    ]
