"""Fechas cortas y ordenables para tablas y formularios; el portal las escribe en palabras."""

DATE_FORMAT = SHORT_DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "d/m/Y H:i"
