import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _sin_limites_de_la_prueba_anterior():
    """Los límites por dirección y los códigos ya usados viven en la caché."""
    cache.clear()
