from sibis.avisos.models.aviso import Aviso
from sibis.avisos.models.correo import CorreoDeAviso
from sibis.avisos.models.preferencia import PreferenciaDeAvisos

__all__ = ["Aviso", "CorreoDeAviso", "PreferenciaDeAvisos"]
