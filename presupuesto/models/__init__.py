from presupuesto.models.avance import AvanceFisico
from presupuesto.models.corte import (
    DE_TODA_LA_CIUDAD,
    ORDEN_DE_MOMENTOS,
    CorteDeEgresos,
    Disposicion,
    Momento,
)
from presupuesto.models.mir import Indicador, Medicion
from presupuesto.models.renglon import (
    DescripcionDeClave,
    RenglonDeEgresos,
    ResumenDeEgresos,
    TotalDeLoSocial,
)
from presupuesto.models.vinculo import (
    Certeza,
    MontoDePrograma,
    UnidadResponsable,
    VinculoPresupuestal,
)

__all__ = [
    "DE_TODA_LA_CIUDAD",
    "ORDEN_DE_MOMENTOS",
    "AvanceFisico",
    "Certeza",
    "CorteDeEgresos",
    "DescripcionDeClave",
    "Disposicion",
    "Indicador",
    "Medicion",
    "Momento",
    "MontoDePrograma",
    "RenglonDeEgresos",
    "ResumenDeEgresos",
    "TotalDeLoSocial",
    "UnidadResponsable",
    "VinculoPresupuestal",
]
