"""Mapas: la Ciudad entera y el suelo propio. Las teselas de otros se encienden, no se suponen.

SIBIS_MAPA_BASE es una plantilla de teselas («https://servidor/{z}/{x}/{y}.png»). Encenderla le dice a
ese servidor qué lugar mira cada persona: por eso, sin ella, el suelo son nuestras alcaldías.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from sibis.settings import entorno
from sibis.territorio.ciudad import CAJA

CREDITO_DE_LIMITES = "INEGI, Marco Geoestadístico"
TESELAS = entorno.texto("SIBIS_MAPA_BASE", "")
CREDITO_DE_TESELAS = entorno.texto("SIBIS_MAPA_BASE_CREDITO", "")

if TESELAS and not TESELAS.startswith("https://"):
    raise ImproperlyConfigured(
        "SIBIS_MAPA_BASE debe empezar con https:// y llevar {z}, {x} y {y}. Para no usar teselas, "
        "déjela vacía: el mapa se dibuja sobre las alcaldías."
    )
# El servidor de teselas, para img-src de la política de contenido; vacía si no hay.
ORIGENES_DE_TESELAS = ["{0.scheme}://{0.netloc}".format(urlsplit(TESELAS))] if TESELAS else []

LEAFLET_CONFIG = {
    "SPATIAL_EXTENT": CAJA,
    "DEFAULT_CENTER": (19.32, -99.15),
    "DEFAULT_ZOOM": 10,
    "MIN_ZOOM": 9,
    "MAX_ZOOM": 18,
    "DEFAULT_PRECISION": 6,
    "TILES": [("Base", TESELAS, CREDITO_DE_TESELAS)] if TESELAS else [],
    "ATTRIBUTION_PREFIX": CREDITO_DE_LIMITES,
    "SCALE": "metric",
    "RESET_VIEW": False,
}
