"""Expresiones de PostGIS y PostgreSQL que los modelos usan en columnas, índices y restricciones."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower

from sibis.territorio.ciudad import CAJA, SRID

_CON_MARCA = "áàäâéèëêíìïîóòöôúùüûñçÁÀÄÂÉÈËÊÍÌÏÎÓÒÖÔÚÙÜÛÑÇ"
_SIN_MARCA = "aaaaeeeeiiiioooouuuunc" * 2


class Comparable(models.Func):
    """Lo mismo que nucleo.normalizacion.clave_comparable, en la base e inmutable.

    `unaccent` no sirve en columnas generadas porque PostgreSQL no lo tiene por inmutable.
    """

    template = (
        "trim(regexp_replace(translate(%(expressions)s, "
        f"'{_CON_MARCA}', '{_SIN_MARCA}'), '[^0-9a-z]+', ' ', 'g'))"
    )
    output_field = models.TextField()

    def __init__(self, expresion: Any, **extra: Any) -> None:
        super().__init__(Lower(expresion), **extra)


class Geografia(models.Func):
    """El punto como geografía: sus distancias son metros."""

    template = "(%(expressions)s)::geography"


class Metros(models.Func):
    """Metros entre dos geografías. `<->` es la única distancia que recorre el índice GiST."""

    template = "(%(expressions)s)"
    arg_joiner = " <-> "
    output_field = models.FloatField()


class Rectangulo(models.Func):
    """Oeste, sur, este, norte y SRID."""

    function = "ST_MakeEnvelope"


class CabeEn(models.Func):
    """La geometría cabe en el rectángulo: detiene el (0, 0) y la latitud y longitud al revés."""

    function = "ST_CoveredBy"
    output_field = models.BooleanField()


class EsValida(models.Func):
    """Polígono sin cruces consigo mismo: con otros, PostGIS no responde bien dónde cae un punto."""

    function = "ST_IsValid"
    output_field = models.BooleanField()


# Con los números dentro, para que moverlos pida una migración.
LA_CIUDAD = Rectangulo(*CAJA, SRID)
