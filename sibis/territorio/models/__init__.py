"""Los límites (alcaldías, colonias) y los lugares a donde la gente va (centros)."""

from sibis.territorio.models.centros import Centro, TipoDeCentro
from sibis.territorio.models.limites import Alcaldia, Colonia

__all__ = ["Alcaldia", "Centro", "Colonia", "TipoDeCentro"]
