"""Informes trimestrales mínimos y válidos; el estado se alcanza por la tabla, como en la vida."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from presupuesto import models as m
from presupuesto.estados import FUERON_APROBADOS
from presupuesto.estados import EstadoInforme as E
from sibis.archivos import servicios as archivos
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.expedientes import ExpedienteFactory
from tests.fabricas.programas import ReglaFactory

CAMINO = {
    E.BORRADOR: [],
    E.ENVIADO: [E.ENVIADO],
    E.EN_REVISION: [E.ENVIADO, E.EN_REVISION],
    E.OBSERVADO: [E.ENVIADO, E.EN_REVISION, E.OBSERVADO],
    E.APROBADO: [E.ENVIADO, E.EN_REVISION, E.APROBADO],
    E.SUSTITUIDO: [E.ENVIADO, E.EN_REVISION, E.APROBADO, E.SUSTITUIDO],
    E.RETIRADO: [E.RETIRADO],
}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


class RangoDeSemaforoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.RangoDeSemaforo

    clave = factory.Sequence(lambda n: f"rango-{n}")
    nombre = factory.SelfAttribute("clave")
    indice = "icmpp"
    color = "verde"
    desde = Decimal(90)
    hasta = Decimal(110)


class ExigenciaDeInformeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.ExigenciaDeInforme

    clave = factory.Sequence(lambda n: f"exigencia-de-informe-{n}")
    nombre = factory.SelfAttribute("clave")
    comprobacion = "cifras_completas"
    severidad = "bloquea"


class InformeDeAvanceFactory(factory.django.DjangoModelFactory):
    """`InformeDeAvanceFactory(aprobado=True, renglones=[{"alcanzada": 90}])`; sin pedir nada, una meta cumplida."""

    class Meta:
        model = m.InformeDeAvance

    class Params:
        enviado = factory.Trait(estado=E.ENVIADO)
        en_revision = factory.Trait(estado=E.EN_REVISION)
        observado = factory.Trait(estado=E.OBSERVADO)
        aprobado = factory.Trait(estado=E.APROBADO)
        sustituido = factory.Trait(estado=E.SUSTITUIDO)

    regla = factory.SubFactory(
        ReglaFactory, publicada=True, completa=True, metas=[{"cantidad": 100, "unidad": "personas"}]
    )
    programa = factory.SelfAttribute("regla.programa")
    dependencia = factory.SelfAttribute("regla.dependencia")
    ejercicio = factory.SelfAttribute("regla.ejercicio")
    trimestre = 4
    expediente = factory.SubFactory(
        ExpedienteFactory, clase="informe", dependencia=factory.SelfAttribute("..dependencia")
    )
    presupuesto_original = Decimal(1000)
    presupuesto_modificado = Decimal(1000)
    presupuesto_programado = Decimal(1000)
    presupuesto_devengado = Decimal(1000)
    presupuesto_ejercido = Decimal(1000)
    capturado_por = factory.SubFactory(UsuarioFactory)

    @classmethod
    def _create(cls, model_class: type, *args: Any, **valores: Any) -> m.InformeDeAvance:
        destino = E(valores.pop("estado", E.BORRADOR))
        renglones = valores.pop("renglones", None)
        if destino not in {E.BORRADOR, E.RETIRADO}:
            valores.setdefault("enviado_por", UsuarioFactory())
            valores.setdefault("enviado_en", timezone.now())
        informe = super()._create(model_class, *args, estado=E.BORRADOR, **valores)
        for lugar, meta in enumerate(informe.regla.metas.order_by("orden", "pk"), 1):
            otros = renglones[lugar - 1] if renglones and len(renglones) >= lugar else {}
            RenglonDeAvanceFactory(informe=informe, meta=meta, orden=lugar, **otros)
        for estado in CAMINO[destino]:
            firma = (
                {
                    "aprobado_por": valores.get("aprobado_por") or UsuarioFactory(),
                    "aprobado_en": timezone.now(),
                }
                if estado == E.APROBADO
                else {}
            )
            m.InformeDeAvance.objects.filter(pk=informe.pk).update(estado=estado, **firma)
        assert destino not in FUERON_APROBADOS or CAMINO[destino]
        informe.refresh_from_db()
        return informe


class RenglonDeAvanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.RenglonDeAvance

    informe = factory.SubFactory(InformeDeAvanceFactory, regla__metas=[])
    meta = factory.LazyAttribute(lambda r: _meta_de(r.informe))
    orden = 1
    unidad = factory.LazyAttribute(lambda r: r.meta.unidad)
    meta_original = factory.LazyAttribute(lambda r: Decimal(r.meta.cantidad))
    programada = factory.SelfAttribute("meta_original")
    alcanzada = factory.SelfAttribute("meta_original")


def _meta_de(informe: m.InformeDeAvance) -> Any:
    """La de otra regla: la de la publicada ya no cambia."""
    return ReglaFactory(
        programa=informe.programa, ejercicio=informe.ejercicio + 1, metas=[{"cantidad": 100}]
    ).metas.get()


def archivo_pdf(contenido: bytes = PDF) -> Any:
    return archivos.guardar(io.BytesIO(contenido), por=None, limite=1_000_000)


class EvidenciaDeAvanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.EvidenciaDeAvance

    informe = factory.SubFactory(InformeDeAvanceFactory)
    descripcion = "Acta de entrega"
    archivo = factory.LazyFunction(archivo_pdf)
    adjuntado_por = factory.SubFactory(UsuarioFactory)
