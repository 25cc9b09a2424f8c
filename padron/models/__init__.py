from padron.models.captura import Captura, RenglonCapturado
from padron.models.carga import Carga
from padron.models.columna import ColumnaDePadron
from padron.models.correccion import Correccion, Receta
from padron.models.descarte import Descarte, HojaCorregida
from padron.models.disposicion import DisposicionDePadron, FechaDeLaEdad
from padron.models.entrega import Entrega, Recibe
from padron.models.hallazgo import FilaEnEspera, Hallazgo
from padron.models.instrumento import InstrumentoDeEntrega
from padron.models.jornada import JornadaDeEntrega
from padron.models.lote_de_entregas import LoteDeEntregas, RegistroDeLote
from padron.models.mapeo import MapeoRecordado
from padron.models.opciones import Periodicidad, Severidad, TipoDePersona
from padron.models.pasada import Pasada, Tramo
from padron.models.recibo import Recibo
from padron.models.registro import FILAS_POR_CARGA, Registro

__all__ = [
    "FILAS_POR_CARGA",
    "Captura",
    "Carga",
    "ColumnaDePadron",
    "Correccion",
    "Descarte",
    "DisposicionDePadron",
    "Entrega",
    "FechaDeLaEdad",
    "FilaEnEspera",
    "Hallazgo",
    "HojaCorregida",
    "InstrumentoDeEntrega",
    "JornadaDeEntrega",
    "LoteDeEntregas",
    "MapeoRecordado",
    "Pasada",
    "Periodicidad",
    "Receta",
    "Recibo",
    "Recibe",
    "Registro",
    "RegistroDeLote",
    "RenglonCapturado",
    "Severidad",
    "TipoDePersona",
    "Tramo",
]
