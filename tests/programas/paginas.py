"""Lo que comparten las pruebas de páginas: una regla a la vista y un ataque de muestra."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from programas.models import ReglaOperacion
from tests.conftest import Visitante, mientras_dure
from tests.fabricas import programas as f

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module", autouse=True)
def regla(django_db_setup: None, django_db_blocker: object) -> Iterator[ReglaOperacion]:
    """La misma para todo el módulo que la importe: publicarla en cada prueba es lo caro."""
    with mientras_dure(django_db_blocker):
        yield f.en_portal(
            completa=True,
            nombre="Mi Beca",
            programa__clave="mi-beca",
            fuentes=[{"texto": "Gaceta 1234"}],
            textos=[{"apartado": f.ApartadoFactory(numeral="4.1"), "texto": "Lo del numeral."}],
        )


def pagina(visitante: Visitante, url: str, **datos: object) -> str:
    """El HTML de una página que se pudo ver."""
    respuesta = visitante.get(url, datos)
    assert respuesta.status_code == 200, url
    return respuesta.content.decode()
