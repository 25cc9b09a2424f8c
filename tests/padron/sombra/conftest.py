"""Las mismas personas y archivos con que se prueban las cargas."""

from tests.padron.carga.conftest import _carpeta_de_trabajo, casa  # noqa: F401
