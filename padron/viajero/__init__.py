"""El validador que viaja: lo mismo que revisa una carga, en la computadora de la dependencia.

Puro: ni Django ni base. `empaque` lo mete en un solo archivo y `arranque` lo abre allá (ADR 0034).
"""
