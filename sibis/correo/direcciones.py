"""A qué direcciones no se escribe nunca."""

# Reservadas (RFC 2606 y 6761): no existen ni existirán. Las cuentas de la demostración las usan.
_RESERVADAS = frozenset({"invalid", "example", "test", "localhost"})


def es_de_ejemplo(direccion: str) -> bool:
    """Un servidor la rechazaría, o peor: la aceptaría para devolverla días después."""
    anfitrion = direccion.rpartition("@")[2].rstrip(".").lower()
    return anfitrion.rpartition(".")[2] in _RESERVADAS
