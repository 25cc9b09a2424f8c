from sibis.mensajes.models.conservacion import Disposicion, ReglaDeConservacion
from sibis.mensajes.models.hilo import Hilo
from sibis.mensajes.models.lectura import Lectura, Mencion
from sibis.mensajes.models.mensaje import Adjunto, EstadoDeAdjunto, Mensaje
from sibis.mensajes.models.participante import Participante

__all__ = [
    "Adjunto",
    "Disposicion",
    "EstadoDeAdjunto",
    "Hilo",
    "Lectura",
    "Mencion",
    "Mensaje",
    "Participante",
    "ReglaDeConservacion",
]
