from sibis.cuentas.models.adscripcion import Adscripcion
from sibis.cuentas.models.dependencia import Denominacion, Dependencia
from sibis.cuentas.models.usuario import Usuario

__all__ = ["Adscripcion", "Denominacion", "Dependencia", "Usuario"]
