from sibis.panel.models.importacion import Importacion
from sibis.panel.models.lote import Lote, RenglonDeLote
from sibis.panel.models.vista import VistaGuardada

__all__ = ["Importacion", "Lote", "RenglonDeLote", "VistaGuardada"]
