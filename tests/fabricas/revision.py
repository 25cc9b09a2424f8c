"""Piezas de una revisión: lo remitido, los pasos, lo observado, lo cotejado y lo dictaminado."""

from __future__ import annotations

import factory
from django.utils import timezone

from sibis.revision import models as m
from tests.fabricas.cuentas import DependenciaFactory, UsuarioFactory
from tests.fabricas.expedientes import ExpedienteFactory

CONTENIDO = [
    {
        "clave": "que-es",
        "titulo": "Qué es",
        "campos": [
            {"clave": "resumen", "titulo": "Qué es", "texto": "Da.", "renglones": [], "norma": ""}
        ],
    }
]


class _DeUnExpediente(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    expediente = factory.SubFactory(ExpedienteFactory)


class RemisionFactory(_DeUnExpediente):
    class Meta:
        model = m.Remision

    numero = factory.LazyAttribute(lambda r: r.expediente.remisiones.count() + 1)
    contenido = factory.LazyFunction(lambda: CONTENIDO)
    huella = "0" * 64
    remitida_por = factory.SubFactory(UsuarioFactory)


class PasoFactory(_DeUnExpediente):
    class Meta:
        model = m.Paso

    nombre = "enviar"
    desde = "borrador"
    hacia = "enviado"
    organo = factory.SelfAttribute("expediente.dependencia")
    quien = factory.SubFactory(UsuarioFactory)


class AsignacionFactory(_DeUnExpediente):
    class Meta:
        model = m.Asignacion

    instancia = "validacion"
    revisor = factory.SubFactory(UsuarioFactory)


class ObservacionFactory(_DeUnExpediente):
    class Meta:
        model = m.Observacion

    class Params:
        notificada = factory.Trait(notificada_en=factory.LazyFunction(timezone.now))

    clase = "observacion"
    campo = "resumen"
    campo_titulo = "Qué es"
    texto = "Falta decir a quién."
    autor = factory.SubFactory(UsuarioFactory)
    organo = factory.SubFactory(DependenciaFactory)


class RespuestaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Respuesta

    observacion = factory.SubFactory(ObservacionFactory)
    texto = "Ya lo dice."
    autor = factory.SubFactory(UsuarioFactory)
    organo = factory.SelfAttribute("observacion.expediente.dependencia")


class PuntoDeCotejoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.PuntoDeCotejo

    clave = factory.Sequence(lambda n: f"punto-{n}")
    nombre = factory.Sequence(lambda n: f"¿Cumple lo {n}?")
    materia = "regla"
    instancia = "validacion"


class PlazoDeRevisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.PlazoDeRevision

    clave = factory.Sequence(lambda n: f"plazo-{n}")
    nombre = "Plazo para revisar"
    materia = "regla"
    estado = "en_revision"
    dias_habiles = 5


class CotejoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Cotejo

    remision = factory.SubFactory(RemisionFactory)
    punto = factory.SubFactory(PuntoDeCotejoFactory)
    resultado = "si"
    cotejado_por = factory.SubFactory(UsuarioFactory)


class DictamenFactory(_DeUnExpediente):
    class Meta:
        model = m.Dictamen

    remision = factory.SubFactory(RemisionFactory, expediente=factory.SelfAttribute("..expediente"))
    folio = factory.Sequence(lambda n: f"EVALUA/2026/{n:04d}")
    sentido = "favorable"
    organo = factory.SubFactory(DependenciaFactory)
    emitido_por = factory.SubFactory(UsuarioFactory)


class ExcepcionDeVedaFactory(_DeUnExpediente):
    class Meta:
        model = m.ExcepcionDeVeda

    paso = "publicar"
    fundamento = "Constitución, artículo 134"
    razon = "Es un servicio de salud."
    pedida_por = factory.SubFactory(UsuarioFactory)
