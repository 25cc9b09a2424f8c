"""Qué permiso nuestro responde a cada permiso de modelo que pregunta el panel de Django.

Basta uno de los que se enumeran; lo que no está aquí se niega. Nombra modelos de otras apps como
texto: no las importa.
"""

from sibis.cuentas.permisos import Permiso

_CUALQUIERA = tuple(Permiso)

PERMISOS_DE_MODELO: dict[str, tuple[Permiso, ...]] = {
    "bitacora.view_evento": (Permiso.BITACORA_VER,),
    "cuentas.view_usuario": (Permiso.USUARIOS_ADMINISTRAR,),
    "cuentas.add_usuario": (Permiso.USUARIOS_ADMINISTRAR,),
    "cuentas.change_usuario": (Permiso.USUARIOS_ADMINISTRAR,),
    "cuentas.view_adscripcion": (Permiso.USUARIOS_ADMINISTRAR,),
    "cuentas.add_adscripcion": (Permiso.USUARIOS_ADMINISTRAR,),
    "cuentas.view_dependencia": _CUALQUIERA,  # son datos públicos
    "cuentas.add_dependencia": (Permiso.CATALOGO_EDITAR,),
    "cuentas.change_dependencia": (Permiso.CATALOGO_EDITAR,),
    "cuentas.view_denominacion": (Permiso.CATALOGO_EDITAR,),
    "cuentas.add_denominacion": (Permiso.CATALOGO_EDITAR,),
    "cuentas.change_denominacion": (Permiso.CATALOGO_EDITAR,),
    "territorio.view_tipodecentro": (Permiso.CATALOGO_EDITAR,),
    "territorio.add_tipodecentro": (Permiso.CATALOGO_EDITAR,),
    "territorio.change_tipodecentro": (Permiso.CATALOGO_EDITAR,),
    "territorio.view_centro": (Permiso.CENTRO_EDITAR,),
    "territorio.add_centro": (Permiso.CENTRO_EDITAR,),
    "territorio.change_centro": (Permiso.CENTRO_EDITAR,),
    "territorio.view_alcaldia": (Permiso.CATALOGO_EDITAR,),
    "territorio.view_colonia": (Permiso.CATALOGO_EDITAR,),
}
