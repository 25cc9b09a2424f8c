"""El mapa que las páginas piden, ya dibujado y recordado mientras los límites no cambien."""

from __future__ import annotations

from functools import lru_cache

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import BinaryField, TextField
from django.db.models.functions import MD5, Cast, Concat

from sibis.territorio.models import Alcaldia
from sibis.territorio.siluetas import Limite, Plano, dibujar


def version_de_los_limites() -> str:
    """Huella de las 16 alcaldías: cambia si cambia un nombre o un vértice. Vacía si no hay."""
    huella = MD5(Cast("geometria", BinaryField()), output_field=TextField())
    cada_una = Concat("clave", "nombre", huella, output_field=TextField())
    todas = StringAgg(cada_una, delimiter="", order_by="clave")
    resultado = Alcaldia.objects.aggregate(version=MD5(todas, output_field=TextField()))
    return str(resultado["version"] or "")


def plano_de_la_ciudad() -> Plano:
    """El mapa como trazos de SVG. Una consulta pequeña por llamada; el dibujo se recuerda."""
    return _plano(version_de_los_limites())


@lru_cache(maxsize=2)
def _plano(version: str) -> Plano:
    return dibujar(
        Limite(a.clave, a.nombre, a.geometria.coords, a.punto_interior.coords)
        for a in Alcaldia.objects.all()
    )
