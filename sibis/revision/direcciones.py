"""El folio de un dictamen como trozo de dirección: «EVALUA/2026/0007»."""

from django.urls.converters import StringConverter


class Folio(StringConverter):
    regex = r"[A-Z0-9]+(?:-[A-Z0-9]+)*/20[0-9]{2}/[0-9]{4,6}"
