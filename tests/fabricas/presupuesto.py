"""Cortes, vínculos, avances e indicadores mínimos y válidos."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import factory

from presupuesto import models as m
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.programas import ProgramaFactory


class CorteDeEgresosFactory(factory.django.DjangoModelFactory):
    """Sin renglones y sin sumas: así cuadra. Los de verdad entran con `cargar`."""

    class Meta:
        model = m.CorteDeEgresos

    class Params:
        demostracion = factory.Trait(es_demostracion=True)

    ejercicio = factory.Sequence(lambda n: 2000 + n % 100)
    momento = "cp"
    disposicion = "egresos"
    archivo = "egresos.csv"
    sha256 = "0" * 64
    filas = 0
    fuente = "Fuente de prueba"
    fecha_corte = datetime.date(2025, 12, 31)


class RenglonDeEgresosFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.RenglonDeEgresos

    corte = factory.SubFactory(CorteDeEgresosFactory, filas=1)
    fila = factory.Sequence(lambda n: n + 2)
    programa_presupuestario = "S227"


class DescripcionDeClaveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.DescripcionDeClave

    corte = factory.SubFactory(CorteDeEgresosFactory)
    clasificador = "programa_presupuestario"
    clave = "S227"
    descripcion = "Mi Beca para Empezar"


class ResumenDeEgresosFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.ResumenDeEgresos

    corte = factory.SubFactory(CorteDeEgresosFactory)
    programa_presupuestario = factory.Sequence(lambda n: f"S{n:03d}")
    es_social = True
    filas = 1
    aprobado = Decimal("100.00")


class TotalDeLoSocialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.TotalDeLoSocial

    corte = factory.SubFactory(CorteDeEgresosFactory)
    dimension = "programa"
    clave = factory.Sequence(lambda n: f"S{n:03d}")
    aprobado = Decimal("100.00")


class UnidadResponsableFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.UnidadResponsable

    clave = factory.Sequence(lambda n: f"35C{n:03d}")
    nombre = "Unidad de prueba"


class VinculoPresupuestalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.VinculoPresupuestal

    class Params:
        confirmado = factory.Trait(
            estado="confirmado",
            certeza="segura",
            revisado_por=factory.SubFactory(UsuarioFactory),
            revisado_en=datetime.datetime(2025, 3, 1, tzinfo=datetime.UTC),
        )

    programa_presupuestario = factory.Sequence(lambda n: f"S{n:03d}")
    programa = factory.SubFactory(ProgramaFactory)
    ejercicio = 2025
    certeza = "probable"


class MontoDeProgramaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.MontoDePrograma

    corte = factory.SubFactory(CorteDeEgresosFactory)
    programa = factory.SubFactory(ProgramaFactory)
    aprobado = Decimal("100.00")
    certeza = "segura"
    claves = "S227"


class AvanceFisicoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.AvanceFisico

    programa = factory.SubFactory(ProgramaFactory)
    ejercicio = 2025
    trimestre = 1
    unidad = "personas"
    meta = Decimal(100)
    alcanzado = Decimal(25)
    fuente = "Informe de prueba"


class IndicadorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Indicador

    programa = factory.SubFactory(ProgramaFactory)
    ejercicio = 2025
    nivel = "fin"
    objetivo = "Que nadie deje la escuela."
    nombre = factory.Sequence(lambda n: f"Indicador {n}")
    meta = Decimal(90)


class MedicionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Medicion

    indicador = factory.SubFactory(IndicadorFactory)
    desde = datetime.date(2025, 1, 1)
    hasta = datetime.date(2025, 12, 31)
    valor = Decimal(80)
    fuente = "Informe de prueba"


def valores(**otros: Any) -> dict[str, str]:
    """Un renglón del archivo de 63 columnas: `valores(monto_aprobado="1.50")`."""
    return {
        "clave_presupuestaria": "1",
        "ciclo": "2025",
        "unidad_responsable": "35C001",
        "desc_unidad_responsable": "Secretaría de Prueba",
        "modalidad": "S",
        "programa_presupuestario": "S227",
        "desc_programa_presupuestario": "Mi Beca",
        "capitulo": "4000",
        "desc_capitulo": "TRANSFERENCIAS",
        "partida_especifica": "4412",
        "monto_aprobado": "100.00",
        "monto_modificado": "110.00",
        "monto_ejercido": "55.00",
    } | {c: str(v) for c, v in otros.items()}
