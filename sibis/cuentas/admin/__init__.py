from sibis.cuentas.admin.dependencia import DependenciaAdmin
from sibis.cuentas.admin.usuario import AdscripcionAdmin, UsuarioAdmin

__all__ = ["AdscripcionAdmin", "DependenciaAdmin", "UsuarioAdmin"]
