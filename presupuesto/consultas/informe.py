"""Un informe trimestral leído entero: sus metas con sus índices, lo anterior y lo que dice Egresos."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from presupuesto.consultas import cortes as de_cortes
from presupuesto.consultas.montos import Montos
from presupuesto.estados import EstadoInforme
from presupuesto.models import (
    DE_TODA_LA_CIUDAD,
    CorteDeEgresos,
    EvidenciaDeAvance,
    Indice,
    InformeDeAvance,
    MontoDePrograma,
    RangoDeSemaforo,
    RenglonDeAvance,
)
from programas.models import MetaFisica, ReglaOperacion
from sibis.nucleo import avance
from sibis.nucleo.avance import Rango
from sibis.nucleo.cifras import Origen
from sibis.nucleo.normalizacion import clave_comparable

Rangos = dict[str, list[Rango]]


@dataclass(frozen=True, slots=True)
class Oficial:
    """Lo que el archivo de egresos le da al programa en el mismo corte."""

    montos: Montos
    origen: Origen
    corte: datetime.date
    confirmado: bool
    claves: str
    demostracion: bool

    def diferencia(self, informado: Decimal | None, oficial: Decimal | None) -> Decimal | None:
        return None if informado is None or oficial is None else informado - oficial


@dataclass(frozen=True, slots=True)
class MetaLeida:
    """Una meta con lo que se calcula de ella."""

    renglon: RenglonDeAvance
    icmpp: Decimal | None
    iarcm: Decimal | None
    color: str
    color_iarcm: str
    antes: RenglonDeAvance | None  # la misma meta en el trimestre anterior
    en_la_regla: Decimal | None  # lo que hoy dice la regla vigente; None si ya no la trae
    evidencias: tuple[EvidenciaDeAvance, ...]


@dataclass(frozen=True, slots=True)
class InformeLeido:
    informe: InformeDeAvance
    metas: tuple[MetaLeida, ...]
    icppp: Decimal | None
    color_icppp: str
    anterior: InformeDeAvance | None  # el trimestre de antes, si se informó
    oficial: Oficial | None
    evidencias: tuple[EvidenciaDeAvance, ...]  # de la parte financiera
    faltan_metas: tuple[MetaFisica, ...] = field(default=())  # de la regla, sin renglón


def leer(informe: InformeDeAvance) -> InformeLeido:
    """Siete consultas, sin importar cuántas metas ni cuántos archivos tenga."""
    renglones = list(informe.renglones.select_related("meta"))
    rangos = rangos_vigentes(informe.ultimo_dia)
    anterior = anterior_de(informe)
    de_antes = {r.orden: r for r in anterior.renglones.all()} if anterior else {}
    de_la_regla = _metas_de_hoy(informe)
    evidencias = _evidencias(informe)
    informadas = {_llave(r.meta) for r in renglones}
    return InformeLeido(
        informe=informe,
        metas=tuple(
            _meta_leida(informe, r, rangos, de_antes, de_la_regla, evidencias) for r in renglones
        ),
        icppp=informe.icppp,
        color_icppp=avance.color(informe.icppp, rangos[Indice.ICPPP]),
        anterior=anterior,
        oficial=oficial_de(informe),
        evidencias=tuple(evidencias[None]),
        faltan_metas=tuple(m for llave, m in de_la_regla.items() if llave not in informadas),
    )


def _metas_de_hoy(informe: InformeDeAvance) -> dict[tuple[str, str], MetaFisica]:
    """Las de la regla que hoy rige ese ejercicio: pudo modificarse después de abrir el informe."""
    reglas = ReglaOperacion.objects.publicadas().filter(
        programa=informe.programa_id, ejercicio=informe.ejercicio
    )
    return {_llave(m): m for m in MetaFisica.objects.filter(regla__in=reglas)}


def _llave(meta: MetaFisica) -> tuple[str, str]:
    """Una meta es la misma en otra versión si cuenta lo mismo: las llaves cambian al copiarla."""
    return clave_comparable(meta.unidad), clave_comparable(meta.descripcion)


def _meta_leida(
    informe: InformeDeAvance,
    renglon: RenglonDeAvance,
    rangos: Rangos,
    de_antes: dict[int, RenglonDeAvance],
    de_la_regla: dict[tuple[str, str], MetaFisica],
    evidencias: dict[int | None, list[EvidenciaDeAvance]],
) -> MetaLeida:
    indice = avance.iarcm(
        renglon.alcanzada,
        renglon.programada,
        informe.presupuesto_ejercido,
        informe.presupuesto_programado,
    )
    antes, en_la_regla = de_antes.get(renglon.orden), de_la_regla.get(_llave(renglon.meta))
    return MetaLeida(
        renglon=renglon,
        icmpp=renglon.icmpp,
        iarcm=indice,
        color=avance.color(renglon.icmpp, rangos[Indice.ICMPP]),
        color_iarcm=avance.color(indice, rangos[Indice.IARCM]),
        antes=antes if antes is not None and antes.unidad == renglon.unidad else None,
        en_la_regla=Decimal(en_la_regla.cantidad) if en_la_regla else None,
        evidencias=tuple(evidencias[renglon.pk]),
    )


def _evidencias(informe: InformeDeAvance) -> dict[int | None, list[EvidenciaDeAvance]]:
    por_renglon: dict[int | None, list[EvidenciaDeAvance]] = defaultdict(list)
    for evidencia in informe.evidencias.select_related("archivo", "adjuntado_por").order_by("pk"):
        por_renglon[evidencia.renglon_id].append(evidencia)
    return por_renglon


def rangos_vigentes(dia: datetime.date, todos: Iterable[RangoDeSemaforo] | None = None) -> Rangos:
    """Los colores que regían ese día, por índice y en su orden. Con `todos`, sin consultar."""
    rangos: Rangos = defaultdict(list)
    for renglon in RangoDeSemaforo.objects.order_by("orden", "pk") if todos is None else todos:
        if renglon.rige(dia):
            rangos[renglon.indice].append(renglon.rango)
    return rangos


def anterior_de(informe: InformeDeAvance) -> InformeDeAvance | None:
    """El último trimestre anterior del mismo año que no se retiró; el aprobado antes que otro."""
    previos = (
        InformeDeAvance.objects.filter(
            programa=informe.programa_id,
            ejercicio=informe.ejercicio,
            trimestre__lt=informe.trimestre,
        )
        .exclude(estado__in=[EstadoInforme.RETIRADO, EstadoInforme.SUSTITUIDO])
        .prefetch_related("renglones")
        .order_by("-trimestre")
    )
    candidatos = list(previos)
    if not candidatos:
        return None
    del_ultimo = [i for i in candidatos if i.trimestre == candidatos[0].trimestre]
    return max(del_ultimo, key=lambda i: (i.estado == EstadoInforme.APROBADO, i.version))


def oficial_de(informe: InformeDeAvance) -> Oficial | None:
    """El corte de egresos del mismo trimestre; para el cuarto, también la Cuenta Pública. Una consulta."""
    momentos = [f"t{informe.trimestre}"] + (["cp"] if informe.trimestre == 4 else [])
    montos = MontoDePrograma.objects.filter(
        programa=informe.programa_id,
        corte__ejercicio=informe.ejercicio,
        corte__momento__in=momentos,
        corte__disposicion__in=DE_TODA_LA_CIUDAD,
        corte__estado=CorteDeEgresos.Estado.VIGENTE,
    ).select_related("corte")
    return _el_que_manda(informe, montos)


def _el_que_manda(informe: InformeDeAvance, montos: Iterable[MontoDePrograma]) -> Oficial | None:
    por_corte = {m.corte: m for m in montos}
    del_trimestre = [c for c in por_corte if c.momento == f"t{informe.trimestre}"]
    mandan = de_cortes.por_ejercicio(del_trimestre or por_corte)
    corte = mandan.get(informe.ejercicio)
    if corte is None:
        return None
    monto = por_corte[corte]
    return Oficial(
        Montos(monto.aprobado, monto.modificado, monto.ejercido),
        de_cortes.origen(corte),
        corte.fecha_corte,
        monto.confirmado,
        monto.claves,
        corte.es_demostracion,
    )
