"""GDAL y GEOS salen de las ruedas de pyogrio y shapely, no del sistema.

Django 5.2.19 cierra del todo CVE-2026-114582 solo con GDAL ≥ 3.9, y Debian 12 trae 3.6
(docs/adr). Se busca sin importar esos paquetes: traen numpy y aquí solo importa la ruta.
"""

import os
from importlib.util import find_spec
from pathlib import Path


def _paquete(nombre: str) -> Path | None:
    hallado = find_spec(nombre)
    return Path(hallado.origin).parent if hallado and hallado.origin else None


def _biblioteca(paquete: str, patron: str) -> str | None:
    carpeta = _paquete(paquete)
    if carpeta is None:
        return None
    hallados = sorted((carpeta.parent / f"{paquete}.libs").glob(patron))
    return str(hallados[0]) if hallados else None


def rutas() -> tuple[str | None, str | None]:
    """Rutas de GDAL y de GEOS; None deja que Django busque las del sistema."""
    gdal = os.environ.get("GDAL_LIBRARY_PATH") or _biblioteca("pyogrio", "libgdal*.so*")
    geos = os.environ.get("GEOS_LIBRARY_PATH") or _biblioteca("shapely", "libgeos_c*.so*")
    if gdal and "pyogrio.libs" in gdal:
        datos = _paquete("pyogrio")
        # Se imponen: las de otro GDAL del sistema darían proyecciones equivocadas en silencio.
        os.environ["GDAL_DATA"] = str(datos / "gdal_data")
        os.environ["PROJ_DATA"] = str(datos / "proj_data")
    return gdal, geos
