"""Preguntas sobre los límites que las páginas hacen a menudo."""

from __future__ import annotations

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import BinaryField, TextField
from django.db.models.functions import MD5, Cast, Concat

from sibis.territorio.models import Alcaldia


def version_de_los_limites() -> str:
    """Huella de las 16 alcaldías: cambia si cambia un nombre o un vértice. Vacía si no hay."""
    huella = MD5(Cast("geometria", BinaryField()), output_field=TextField())
    cada_una = Concat("clave", "nombre", huella, output_field=TextField())
    todas = StringAgg(cada_una, delimiter="", order_by="clave")
    resultado = Alcaldia.objects.aggregate(version=MD5(todas, output_field=TextField()))
    return str(resultado["version"] or "")
