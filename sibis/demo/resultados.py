"""Avance físico y matrices de indicadores inventados, junto al gasto inventado."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from presupuesto.models import AvanceFisico, Indicador, Medicion
from programas.models import MetaFisica, ReglaOperacion
from sibis.demo.azar import azar
from sibis.demo.catalogo import EnPortal
from sibis.demo.sincronia import Balance, igualar

FUENTE = "Demostración: cifras inventadas"
CON_MATRIZ = (
    "mi-beca-para-empezar",
    "seguro-de-desempleo",
    "comedores-sociales",
    "cosecha-de-lluvia",
)
_ACUMULADO = (0.2, 0.46, 0.73, 0.99)
_MEDIDO = (Decimal("0.97"), Decimal("1.02"), Decimal("0.88"), Decimal("0.93"), Decimal("1.00"))
NIVEL, TIPO = Indicador.Nivel, Indicador.Tipo

# Nivel, objetivo, indicador, fórmula, dimensión, frecuencia, meta.
_MATRIZ = (
    (
        NIVEL.FIN,
        "Contribuir a que las personas ejerzan sus derechos sociales.",
        "Variación de la población con carencias en la Ciudad",
        "(Población con carencias del año ÷ la del año base − 1) × 100",
        TIPO.EFICACIA,
        Indicador.Frecuencia.BIANUAL,
        Decimal("4.0"),
    ),
    (
        NIVEL.PROPOSITO,
        "La población objetivo recibe el apoyo completo y a tiempo.",
        "Cobertura de la población objetivo",
        "(Personas atendidas ÷ población objetivo) × 100",
        TIPO.EFICACIA,
        Indicador.Frecuencia.ANUAL,
        Decimal("85.0"),
    ),
    (
        NIVEL.COMPONENTE,
        "Apoyos entregados.",
        "Porcentaje de apoyos entregados",
        "(Apoyos entregados ÷ apoyos programados) × 100",
        TIPO.EFICACIA,
        Indicador.Frecuencia.TRIMESTRAL,
        Decimal("100.0"),
    ),
    (
        NIVEL.COMPONENTE,
        "Apoyos entregados.",
        "Personas satisfechas con el trámite",
        "(Personas que lo califican bien ÷ personas encuestadas) × 100",
        TIPO.CALIDAD,
        Indicador.Frecuencia.SEMESTRAL,
        Decimal("90.0"),
    ),
    (
        NIVEL.ACTIVIDAD,
        "Revisar las solicitudes.",
        "Solicitudes resueltas en plazo",
        "(Solicitudes resueltas en plazo ÷ solicitudes recibidas) × 100",
        TIPO.EFICIENCIA,
        Indicador.Frecuencia.TRIMESTRAL,
        Decimal("95.0"),
    ),
)


def sembrar(
    programas: list[EnPortal], *, semilla: int, hoy: datetime.date
) -> tuple[Balance, Balance, Balance]:
    avances = igualar(
        [a for p in programas for a in _avances(p, _meta(p), semilla, hoy)],
        modelo=AvanceFisico,
        asunto="avances físicos",
        llave=("programa_id", "ejercicio", "unidad", "trimestre"),
    )
    con_matriz = [p for p in programas if p.clave in CON_MATRIZ]
    indicadores = igualar(
        [i for p in con_matriz for i in _indicadores(p)],
        modelo=Indicador,
        asunto="indicadores",
        llave=("programa_id", "ejercicio", "nivel", "nombre"),
        quitar_sobrantes=False,
    )
    mediciones = igualar(
        [m for i in Indicador.objects.filter(es_demostracion=True) for m in _mediciones(i)],
        modelo=Medicion,
        asunto="mediciones",
        llave=("indicador_id", "hasta"),
    )
    return avances, indicadores, mediciones


def _meta(p: EnPortal) -> MetaFisica | None:
    """La que de verdad dice la regla; sin ella no se inventa otra."""
    regla = ReglaOperacion.objects.publicadas().filter(programa=p.programa, ejercicio=p.ejercicio)
    return MetaFisica.objects.filter(regla__in=regla, cantidad__gt=0).order_by("orden").first()


def _avances(
    p: EnPortal, meta: MetaFisica | None, semilla: int, hoy: datetime.date
) -> Iterator[AvanceFisico]:
    """Los trimestres ya cerrados de este año y del pasado."""
    if meta is None:
        return
    for ejercicio, cerrados in ((hoy.year - 1, 4), (hoy.year, (hoy.month - 1) // 3)):
        ritmo = azar(semilla, "avance", p.clave, ejercicio).uniform(0.7, 1.08)
        for trimestre in range(1, cerrados + 1):
            alcanzado = Decimal(round(meta.cantidad * _ACUMULADO[trimestre - 1] * ritmo))
            yield AvanceFisico(
                programa=p.programa,
                ejercicio=ejercicio,
                trimestre=trimestre,
                unidad=meta.unidad,
                meta=Decimal(meta.cantidad),
                alcanzado=alcanzado,
                fuente=FUENTE,
                es_demostracion=True,
            )


def _indicadores(p: EnPortal) -> Iterator[Indicador]:
    for orden, (nivel, objetivo, nombre, formula, tipo, frecuencia, meta) in enumerate(_MATRIZ, 1):
        yield Indicador(
            programa=p.programa,
            ejercicio=p.ejercicio,
            orden=orden,
            nivel=nivel,
            objetivo=objetivo,
            nombre=nombre,
            formula=formula,
            tipo=tipo,
            unidad="porcentaje",
            frecuencia=frecuencia,
            desagregacion="Sexo, edad y alcaldía",
            linea_base=meta - 5 if meta > 5 else Decimal(0),
            linea_base_anio=p.ejercicio - 1,
            meta=meta,
            medios="Registros administrativos inventados para la demostración.",
            supuestos="Las personas acuden en las fechas publicadas.",
            fuente=FUENTE,
            es_demostracion=True,
        )


def _mediciones(indicador: Indicador) -> Iterator[Medicion]:
    if indicador.meta is None:
        return
    factor = _MEDIDO[(indicador.orden - 1) % len(_MEDIDO)]
    for lugar, mes in enumerate((6, 12), start=1):
        ultimo = datetime.date(indicador.ejercicio, mes, 30 if mes == 6 else 31)
        valor = (indicador.meta * factor * Decimal(lugar + 3) / 5).quantize(Decimal("0.01"))
        yield Medicion(
            indicador=indicador,
            desde=datetime.date(indicador.ejercicio, 1, 1),
            hasta=ultimo,
            valor=valor,
            numerador=valor * 10,
            denominador=Decimal(1000),
            fuente=FUENTE,
            es_demostracion=True,
        )
