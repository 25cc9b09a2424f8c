"""Fechas con el mes escrito: «3/4/2026» se lee distinto en cada país de lengua inglesa."""

DATE_FORMAT = SHORT_DATE_FORMAT = "j M Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "j M Y, H:i"
