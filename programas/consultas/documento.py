"""El documento de reglas: sus numerales, con lo capturado en cada sección en su lugar."""

from __future__ import annotations

from dataclasses import dataclass

from programas.consultas.ficha import Ficha
from programas.models import TextoApartado


@dataclass(frozen=True, slots=True)
class Numeral:
    """Un apartado con su ancla estable, para citarlo con un enlace."""

    numeral: str
    titulo: str
    texto: str

    @property
    def ancla(self) -> str:
        return f"numeral-{self.numeral.replace('.', '-')}"


def documento(ficha: Ficha) -> tuple[Numeral, ...]:
    """Los apartados escritos, en el orden del documento."""
    textos = TextoApartado.objects.filter(regla=ficha.regla).select_related("apartado")
    return tuple(
        Numeral(t.apartado.numeral, t.apartado.nombre, t.texto)
        for t in textos.order_by("apartado__orden")
        if t.texto.strip()
    )
