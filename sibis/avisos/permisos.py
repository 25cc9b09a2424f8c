"""Los avisos son de cada quien: en el panel solo se opera su correo, y no se lee."""

from sibis.cuentas.permisos import Permiso

PERMISOS_DE_MODELO: dict[str, tuple[Permiso, ...]] = {
    "avisos.view_correodeaviso": (Permiso.SISTEMA_OPERAR,),
}
