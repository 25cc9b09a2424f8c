"""Complemento de pytest: antes de su última línea escribe «N passed, N failed», llano y fácil de leer."""

import os
from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    def contar(*estados: str) -> int:
        return sum(len(terminalreporter.stats.get(estado, ())) for estado in estados)

    if os.environ.get("SIBIS_REVISION") == "fallo":
        terminalreporter.write_line(
            "La revisión de estilo y contratos FALLÓ: el detalle está al principio."
        )
    terminalreporter.write_line(f"{contar('passed')} passed, {contar('failed', 'error')} failed")
