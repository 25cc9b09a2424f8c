from itertools import combinations

from sibis.cuentas import roles
from sibis.cuentas.permisos import Permiso

CAPTURA = {Permiso.REGLA_CAPTURAR, Permiso.REGLA_ENVIAR}
DECIDE = {
    Permiso.REGLA_OBSERVAR,
    Permiso.REGLA_VALIDAR,
    Permiso.REGLA_DICTAMINAR,
    Permiso.REGLA_PUBLICAR,
}
ESCRIBE = set(Permiso) - {
    Permiso.REGLA_VER,
    Permiso.AGENDA_VER,
    Permiso.PRESUPUESTO_VER,
    Permiso.BITACORA_VER,
    Permiso.DATOS_PERSONALES_VER,
}


def test_ninguna_funcion_captura_y_decide():
    for rol in roles.ROLES:
        assert not (rol.permisos & CAPTURA and rol.permisos & DECIDE), rol


def test_ninguna_pareja_permitida_captura_y_decide():
    for uno, otro in combinations(roles.ROLES, 2):
        if frozenset({uno.clave, otro.clave}) not in roles.INCOMPATIBLES:
            juntos = uno.permisos | otro.permisos
            assert not (juntos & CAPTURA and juntos & DECIDE), (uno, otro)


def test_auditoria_no_cambia_nada_ni_ve_datos_personales():
    assert not roles.Auditoria.permisos & ESCRIBE
    assert Permiso.DATOS_PERSONALES_VER not in roles.Auditoria.permisos


def test_administracion_tecnica_no_ve_datos_personales_ni_decide():
    permisos = roles.AdministracionTecnica.permisos

    assert not permisos & (CAPTURA | DECIDE | {Permiso.DATOS_PERSONALES_VER, Permiso.PADRON_CARGAR})


def test_administracion_tecnica_no_se_junta_con_ninguna_otra():
    otras = {rol.clave for rol in roles.ROLES} - {roles.AdministracionTecnica.clave}

    assert {
        otra
        for par in roles.INCOMPATIBLES
        if roles.AdministracionTecnica.clave in par
        for otra in par - {roles.AdministracionTecnica.clave}
    } == otras


def test_cada_funcion_dice_todo_lo_que_un_abogado_pregunta():
    for renglon in roles.tabla_de_roles():
        assert all(
            renglon[columna]
            for columna in ("nombre", "descripcion", "fundamento", "alcance", "permisos")
        )


def test_las_claves_no_se_repiten():
    assert len({rol.clave for rol in roles.ROLES}) == len(roles.ROLES)
