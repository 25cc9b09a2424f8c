"""Jornadas, entregas y lotes mínimos y válidos; a cada estado se llega por su tabla."""

from __future__ import annotations

import datetime
from typing import Any

import factory
from django.utils import timezone

from padron import models as m
from padron.estados_de_entrega import EstadoEntrega, EstadoJornada
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.padron import RegistroFactory
from tests.fabricas.programas import ProgramaFactory
from tests.fabricas.territorio import CentroFactory

ESTE_ANIO = timezone.localdate().year


def hace(dias: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=dias)


class InstrumentoDeEntregaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.InstrumentoDeEntrega
        django_get_or_create = ("clave",)

    clave = "efectivo"
    nombre = factory.LazyAttribute(lambda i: i.clave.capitalize())
    lleva_monto = factory.LazyAttribute(lambda i: i.clave not in {"en-especie", "servicio"})


class JornadaDeEntregaFactory(factory.django.DjangoModelFactory):
    """Empezó hace diez días, para que haya qué anotar; `publicada=True` la publica."""

    class Meta:
        model = m.JornadaDeEntrega

    class Params:
        publicada = factory.Trait(estado=EstadoJornada.PUBLICADA)
        cancelada = factory.Trait(estado=EstadoJornada.CANCELADA)

    programa = factory.SubFactory(ProgramaFactory)
    dependencia = factory.SelfAttribute("programa.dependencia")
    ejercicio = 2025
    instrumento = factory.SubFactory(InstrumentoDeEntregaFactory)
    centro = factory.SubFactory(CentroFactory)
    desde = factory.LazyFunction(lambda: hace(10))
    hasta = factory.SelfAttribute("desde")
    estado = EstadoJornada.PLANEADA

    @classmethod
    def _create(cls, model_class: type, *args: Any, **valores: Any) -> m.JornadaDeEntrega:
        estado = valores.pop("estado")
        jornada = super()._create(model_class, *args, **valores)
        if estado == EstadoJornada.PUBLICADA:
            jornada.publicada_en, jornada.publicada_por = timezone.now(), UsuarioFactory()
        if estado == EstadoJornada.CANCELADA:
            jornada.cancelada_en, jornada.cancelada_por = timezone.now(), UsuarioFactory()
            jornada.motivo = jornada.motivo or "Se inundó el lugar."
        if estado != EstadoJornada.PLANEADA:
            jornada.estado = estado
            jornada.save()
        return jornada


class EntregaFactory(factory.django.DjangoModelFactory):
    """La primera anotación de un registro, sin pasar por los servicios: no mueve las cuentas."""

    class Meta:
        model = m.Entrega

    registro = factory.SubFactory(RegistroFactory)
    ejercicio = factory.SelfAttribute("registro.ejercicio")
    carga_id = factory.SelfAttribute("registro.carga_id")
    jornada = factory.SubFactory(
        JornadaDeEntregaFactory,
        publicada=True,
        programa=factory.SelfAttribute("..registro.programa"),
        ejercicio=factory.SelfAttribute("..registro.ejercicio"),
    )
    instrumento = factory.SelfAttribute("jornada.instrumento")
    estado = EstadoEntrega.ENTREGADA
    monto = 600
    fecha = factory.LazyFunction(lambda: hace(1))
    anotada_por = factory.SubFactory(UsuarioFactory)


class LoteDeEntregasFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.LoteDeEntregas

    jornada = factory.SubFactory(JornadaDeEntregaFactory, publicada=True)
    que = m.LoteDeEntregas.Que.TODAS_MENOS
    fecha = factory.LazyFunction(lambda: hace(1))
    preparado_por = factory.SubFactory(UsuarioFactory)


class RegistroDeLoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.RegistroDeLote

    lote = factory.SubFactory(LoteDeEntregasFactory)
    registro_id = factory.Sequence(lambda n: n + 1)
    carga_id = 1
