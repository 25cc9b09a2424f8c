from presupuesto.models.avance import AvanceFisico
from presupuesto.models.corte import (
    DE_TODA_LA_CIUDAD,
    ORDEN_DE_MOMENTOS,
    CorteDeEgresos,
    Disposicion,
    Momento,
)
from presupuesto.models.evidencia import EvidenciaDeAvance
from presupuesto.models.informe import (
    InformeDeAvance,
    RenglonDeAvance,
    Trimestre,
)
from presupuesto.models.mir import Indicador, Medicion
from presupuesto.models.parametros import (
    Color,
    Comprobacion,
    ExigenciaDeInforme,
    Indice,
    RangoDeSemaforo,
)
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
    "Color",
    "Comprobacion",
    "CorteDeEgresos",
    "DescripcionDeClave",
    "Disposicion",
    "EvidenciaDeAvance",
    "ExigenciaDeInforme",
    "Indicador",
    "Indice",
    "InformeDeAvance",
    "Medicion",
    "Momento",
    "MontoDePrograma",
    "RangoDeSemaforo",
    "RenglonDeAvance",
    "RenglonDeEgresos",
    "ResumenDeEgresos",
    "TotalDeLoSocial",
    "Trimestre",
    "UnidadResponsable",
    "VinculoPresupuestal",
]
