"""Entra con la contraseña de allauth; lo que puede lo dicen sus funciones.

Sustituye por completo los permisos de Django: ni grupos, ni permisos sueltos, ni superusuario.
"""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.utils.module_loading import import_string

from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Permiso, puede


@cache
def permisos_de_modelo() -> dict[str, tuple[Permiso, ...]]:
    return {
        modelo: permisos
        for ruta in settings.PERMISOS_DE_MODELO
        for modelo, permisos in import_string(ruta).items()
    }


def _dependencia_de(objeto: Any) -> Dependencia | int | None:
    """La dependencia la pone el objeto; los que no tienen se miden sin ella."""
    if isinstance(objeto, Dependencia):
        return objeto
    return getattr(objeto, "dependencia_id", None)


class RolesBackend(AuthenticationBackend):
    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        permisos = permisos_de_modelo().get(perm, ())
        return any(puede(user_obj, permiso, en=_dependencia_de(obj)) for permiso in permisos)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(
            self.has_perm(user_obj, perm)
            for perm in permisos_de_modelo()
            if perm.startswith(f"{app_label}.")
        )

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return {perm for perm in permisos_de_modelo() if self.has_perm(user_obj, perm, obj)}

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()
