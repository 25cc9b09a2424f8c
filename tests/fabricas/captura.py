"""Lo que acompaña a escribir una regla."""

from __future__ import annotations

import factory

from programas import models as m
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.programas import ReglaFactory


class EdicionDeSeccionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.EdicionDeSeccion

    regla = factory.SubFactory(ReglaFactory)
    seccion = "que-es"


class BorradorDeSeccionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.BorradorDeSeccion

    regla = factory.SubFactory(ReglaFactory)
    seccion = "que-es"
    usuario = factory.SubFactory(UsuarioFactory)
    contenido = factory.LazyFunction(lambda: {"resumen": ["A medias."]})


class CampoRevisadoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.CampoRevisado

    regla = factory.SubFactory(ReglaFactory)
    campo = "resumen"
    quien = factory.SubFactory(UsuarioFactory)
