"""Avisos al personal, sus correos y lo que cada quien prefiere."""

from __future__ import annotations

import factory

from sibis.avisos import models as m
from sibis.avisos.estados import ClaseDeCorreo
from tests.fabricas.cuentas import UsuarioFactory


class CorreoDeAvisoFactory(factory.django.DjangoModelFactory):
    """Uno por salir, sin avisos: para llevarlo hace falta al menos uno."""

    class Meta:
        model = m.CorreoDeAviso

    para = factory.SubFactory(UsuarioFactory)
    clase = ClaseDeCorreo.AL_MOMENTO


class AvisoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Aviso

    para = factory.SubFactory(UsuarioFactory)
    clase = "regla.observada"
    hecho = factory.Sequence(lambda n: f"regla:{n}:observada")
    titulo = factory.Sequence(lambda n: f"Observaron la regla {n}")
    url = "/panel/"


class PreferenciaDeAvisosFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.PreferenciaDeAvisos

    usuario = factory.SubFactory(UsuarioFactory)
