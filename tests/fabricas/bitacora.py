"""Eventos ya escritos."""

import factory

from sibis.bitacora.models import Eslabon, Evento


class EventoFactory(factory.django.DjangoModelFactory):
    tipo = "prueba.hecha"
    objeto_tipo = "prueba.cosa"
    objeto_id = factory.Sequence(str)
    por = "clara"

    class Meta:
        model = Evento


class EslabonFactory(factory.django.DjangoModelFactory):
    evento_id = factory.Sequence(lambda n: n + 1)
    huella = "0" * 64

    class Meta:
        model = Eslabon
