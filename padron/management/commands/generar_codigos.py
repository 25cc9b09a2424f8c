"""bin/sibis generar_codigos: la tabla de códigos de docs/validador.md, desde los códigos que se revisan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from padron.validacion.codigos import CODIGOS, Codigo, Familia

DOCUMENTO = Path(settings.RAIZ) / "docs" / "validador.md"
_ENTRE = re.compile(r"(<!-- códigos -->\n).*?(<!-- fin -->)", re.S)
_TITULOS = {
    Familia.ARCHIVO: "Del archivo",
    Familia.CAMPO: "De una celda",
    Familia.ENTRE_CAMPOS: "De una fila, entre sus celdas",
    Familia.ENTRE_FILAS: "Entre filas",
    Familia.CON_LA_BASE: "Con lo ya cargado (solo en la carga)",
}
# Lo que en un mensaje pone la columna o la regla de cada quien.
_HUECOS = {
    "titulo": "la columna",
    "detalle": "lo que se halló",
    "ejercicio": "el año",
    "edad_minima": "la edad mínima",
    "edad_maxima": "la edad máxima",
    "sexo_de_la_regla": "quien dice la regla",
    "monto_maximo": "el tope",
    "monto_minimo": "el mínimo",
}


class Command(BaseCommand):
    help = "Escribe la tabla de códigos de docs/validador.md."

    def handle(self, *args: str, **opciones: Any) -> None:
        DOCUMENTO.write_text(texto(DOCUMENTO.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(str(DOCUMENTO))


def texto(documento: str) -> str:
    """El documento con su tabla al día."""
    tablas = "\n".join(_tablas())
    return _ENTRE.sub(lambda m: f"{m[1]}{tablas}\n{m[2]}", documento)


def _tablas() -> Iterator[str]:
    for familia, titulo in _TITULOS.items():
        yield from ("", f"### {titulo}", "")
        yield from ("| código | gravedad | qué dice | qué hacer |", "| --- | --- | --- | --- |")
        yield from (_renglon(c) for c in CODIGOS.values() if c.familia is familia)
    yield ""


def _renglon(codigo: Codigo) -> str:
    celdas = (
        f"`{codigo.codigo}`",
        codigo.severidad.value.capitalize(),
        codigo.mensaje.format_map({k: f"[{v}]" for k, v in _HUECOS.items()}),
        codigo.sugerencia,
    )
    return f"| {' | '.join(c.replace('|', '∣') for c in celdas)} |"
