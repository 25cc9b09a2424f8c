"""La carpeta de un asunto cualquiera."""

import factory

from sibis.expedientes.models import Expediente
from tests.fabricas.cuentas import DependenciaFactory


class ExpedienteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Expediente

    clase = "regla"
    dependencia = factory.SubFactory(DependenciaFactory)
    titulo = factory.Sequence(lambda n: f"Asunto {n}")
    url = "/panel/"
