"""Lo que el buscador guarda aparte de las fichas."""

from __future__ import annotations

import factory
from django.utils import timezone

from programas import models as m


class VocabularioFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Vocabulario
        django_get_or_create = ("id",)

    id = 1
    palabras = factory.Dict({"beca": ["bec", 1]})
    sinonimos = factory.Dict({"veca": ["beca"]})
    documentos = 1


class RevisionDelPortalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.RevisionDelPortal
        django_get_or_create = ("id",)

    id = 1
    numero = 1


class ConsultaSinResultadoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.ConsultaSinResultado

    palabra = factory.Sequence(lambda n: "xilofono" + "abcdefghij"[n % 10] * (1 + n // 10))
    dia = factory.LazyFunction(timezone.localdate)
    veces = 3
