"""Mapas: la Ciudad entera y el suelo propio. Las teselas de otros se encienden, no se suponen.

SIBIS_MAPA_BASE es una plantilla de teselas: de imágenes («https://servidor/{z}/{x}/{y}.png») o
vectoriales («…/{z}/{x}/{y}.mvt» o «.pbf»), que se dibujan en trazos neutros. Encenderla le dice a ese
servidor qué lugar mira cada persona: por eso, sin ella, el suelo son nuestras alcaldías.
"""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from sibis.settings import entorno
from sibis.territorio.ciudad import CAJA

CREDITO_DE_LIMITES = "INEGI, Marco Geoestadístico"
_EXTENSIONES_VECTORIALES = (".mvt", ".pbf")
_AQUI_MISMO = {"127.0.0.1", "localhost", "::1"}


def base(plantilla: str, credito: str = "") -> dict[str, str] | None:
    """La base encendida, o None. Detiene el arranque si la plantilla no puede funcionar."""
    if not plantilla:
        return None
    partes = urlsplit(plantilla)
    cifrada = partes.scheme == "https" and partes.netloc
    propia = partes.scheme == "http" and partes.hostname in _AQUI_MISMO
    if not (cifrada or propia) or any(h not in plantilla for h in ("{z}", "{x}", "{y}")):
        raise ImproperlyConfigured(
            "SIBIS_MAPA_BASE debe empezar con https:// y llevar {z}, {x} y {y}. Para no usar "
            "teselas, déjela vacía: el mapa se dibuja sobre las alcaldías."
        )
    vectorial = partes.path.endswith(_EXTENSIONES_VECTORIALES)
    return {
        "url": plantilla,
        "credito": credito,
        "clase": "vectorial" if vectorial else "imagen",
        "origen": f"{partes.scheme}://{partes.netloc}",
    }


BASE = base(entorno.texto("SIBIS_MAPA_BASE", ""), entorno.texto("SIBIS_MAPA_BASE_CREDITO", ""))
_ES_VECTORIAL = BASE is not None and BASE["clase"] == "vectorial"
# El servidor de teselas en la política de contenido: una imagen y un fetch son permisos distintos.
ORIGENES_DE_IMAGENES = [BASE["origen"]] if BASE and not _ES_VECTORIAL else []
ORIGENES_VECTORIALES = [BASE["origen"]] if BASE and _ES_VECTORIAL else []

LEAFLET_CONFIG: dict[str, Any] = {
    "SPATIAL_EXTENT": CAJA,
    "DEFAULT_CENTER": (19.32, -99.15),
    "DEFAULT_ZOOM": 10,
    "MIN_ZOOM": 9,
    "MAX_ZOOM": 18,
    "DEFAULT_PRECISION": 6,
    # Los mapas del panel solo saben de imágenes; con base vectorial se quedan con las alcaldías.
    "TILES": [("Base", BASE["url"], BASE["credito"])] if BASE and not _ES_VECTORIAL else [],
    "ATTRIBUTION_PREFIX": CREDITO_DE_LIMITES,
    "SCALE": "metric",
    "RESET_VIEW": False,
}
