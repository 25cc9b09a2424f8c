"""Obligaciones, vencimientos y lo que cuelga de ellos, mínimos y válidos."""

import datetime
import hashlib

import factory
from django.utils import timezone

from sibis.agenda.models import LlaveDeAgenda, Obligacion, Prorroga, Recordatorio, Vencimiento
from tests.fabricas.cuentas import DependenciaFactory, UsuarioFactory
from tests.fabricas.expedientes import ExpedienteFactory


class ObligacionFactory(factory.django.DjangoModelFactory):
    """Por omisión: el 31 de enero del ejercicio, sin gracia, y la anota una persona."""

    class Meta:
        model = Obligacion

    class Params:
        trimestral = factory.Trait(
            clase_de_fecha="tras_trimestre", dia=None, mes=None, dias=30, trimestres=[1, 2, 3, 4]
        )

    clave = factory.Sequence(lambda n: f"obligacion-{n}")
    nombre = "Publicar las reglas"
    norma = "Ley de Desarrollo Social"
    articulo = "34"
    aplica_a = "programas"
    clase_de_fecha = "fija"
    dia, mes = 31, 1


class VencimientoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vencimiento

    class Params:
        cumplido = factory.Trait(
            cumplido_el=factory.SelfAttribute("vence_el"), cumplido_que="Gaceta 1,234"
        )

    obligacion = factory.SubFactory(ObligacionFactory)
    ejercicio = 2026
    dependencia = factory.SubFactory(DependenciaFactory)
    asunto_clave = factory.Sequence(lambda n: f"programa-{n}")
    asunto_nombre = factory.LazyAttribute(lambda v: v.asunto_clave.capitalize())
    vence_el = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=60))
    expediente = factory.SubFactory(
        ExpedienteFactory, clase="vencimiento", dependencia=factory.SelfAttribute("..dependencia")
    )


class ProrrogaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Prorroga

    class Params:
        negada = factory.Trait(
            estado="negada",
            razon="Todavía hay tiempo.",
            decidida_en=factory.LazyFunction(timezone.now),
            decidida_por=factory.SubFactory(UsuarioFactory),
        )

    vencimiento = factory.SubFactory(VencimientoFactory)
    hasta = factory.LazyAttribute(lambda p: p.vencimiento.vence_el + datetime.timedelta(days=20))
    motivo = "El comité sesiona después."
    pedida_por = factory.SubFactory(UsuarioFactory)


class RecordatorioFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Recordatorio

    vencimiento = factory.SubFactory(VencimientoFactory)
    plazo = factory.SelfAttribute("vencimiento.vence_el")
    dias = -7
    personas = 1


class LlaveDeAgendaFactory(factory.django.DjangoModelFactory):
    """`LlaveDeAgendaFactory(llave="mi-beca")`: la que abre esa llave."""

    class Meta:
        model = LlaveDeAgenda

    class Params:
        llave = factory.Sequence(lambda n: f"llave-{n}")

    usuario = factory.SubFactory(UsuarioFactory)
    huella = factory.LazyAttribute(lambda ll: hashlib.sha256(ll.llave.encode()).hexdigest())
