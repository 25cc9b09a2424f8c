"""Complemento de pytest-xdist: hay carpetas cuyas pruebas van todas al mismo proceso.

Los recorridos comparten un sitio y un Chromium; el catálogo, lo que se cargó una vez. `--dist loadgroup` lo haría, pero xdist 3.8 dejó de ver los
grupos con pytest 9.2 (pytest-dev/pytest-xdist#1386); cuando se corrija, este archivo sobra.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

JUNTAS = ("tests/recorridos/", "tests/programas/catalogo/")


class PorCarpeta(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return next((carpeta for carpeta in JUNTAS if nodeid.startswith(carpeta)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> PorCarpeta:
    return PorCarpeta(config, log)
