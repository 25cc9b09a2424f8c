"""Días inhábiles y vedas mínimos y válidos."""

import datetime

import factory

from sibis.calendario.models import DiaInhabil, PeriodoDeVeda


class DiaInhabilFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DiaInhabil

    fecha = factory.Sequence(lambda n: datetime.date(2030, 1, 7) + datetime.timedelta(weeks=n))
    nombre = "Día de descanso"
    norma = "Ley Federal del Trabajo, art. 74"


class PeriodoDeVedaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PeriodoDeVeda

    clave = factory.Sequence(lambda n: f"veda-{n}")
    nombre = "Campañas y jornada"
    norma = "Constitución, art. 41"
    vigente_desde = datetime.date(2030, 3, 1)
    vigente_hasta = datetime.date(2030, 6, 2)
