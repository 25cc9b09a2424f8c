"""Ajustes: `base` lo dice todo una vez; `local`, `pruebas` y `produccion` dicen solo lo que cambia."""
