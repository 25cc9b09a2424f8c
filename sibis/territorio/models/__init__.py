"""Los límites (alcaldías, colonias) y los lugares a donde la gente va (centros)."""

from sibis.territorio.models.centros import Centro, TipoDeCentro
from sibis.territorio.models.limites import Alcaldia, Colonia
from sibis.territorio.models.teselas import CambioDeCentros, CeldaDeCentros, VersionDeCapa

__all__ = [
    "Alcaldia",
    "CambioDeCentros",
    "CeldaDeCentros",
    "Centro",
    "Colonia",
    "TipoDeCentro",
    "VersionDeCapa",
]
