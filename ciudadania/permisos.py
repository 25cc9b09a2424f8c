"""Quién ve la operación de los avisos en el panel: nunca una dirección, y nada se captura."""

from sibis.cuentas.permisos import Permiso

PERMISOS_DE_MODELO: dict[str, tuple[Permiso, ...]] = {
    "ciudadania.view_suscripcion": (Permiso.SISTEMA_OPERAR,),
    "ciudadania.view_suscripcionpush": (Permiso.SISTEMA_OPERAR,),
    "ciudadania.view_envio": (Permiso.SISTEMA_OPERAR,),
    "ciudadania.view_aviso": (Permiso.SISTEMA_OPERAR,),
}
