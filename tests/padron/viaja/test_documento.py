"""El manual de las dependencias dice los códigos que hay, con lo que hoy dicen."""

from __future__ import annotations

from padron.management.commands import generar_codigos
from padron.validacion.codigos import CODIGOS


def test_la_tabla_de_codigos_esta_al_dia():
    guardado = generar_codigos.DOCUMENTO.read_text(encoding="utf-8")
    assert guardado == generar_codigos.texto(guardado), "Corre: bin/sibis generar_codigos"


def test_esta_cada_codigo_una_vez_y_sin_huecos():
    guardado = generar_codigos.DOCUMENTO.read_text(encoding="utf-8")
    for codigo in CODIGOS:
        assert guardado.count(f"| `{codigo}` |") == 1, codigo
    assert "{" not in guardado.split("<!-- códigos -->")[1]
