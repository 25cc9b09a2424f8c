"""Piezas puras del dominio: sin Django, con tipos, probadas en milisegundos."""
