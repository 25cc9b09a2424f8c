import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from sibis.cuentas import roles
from sibis.cuentas.models import Dependencia, Usuario
from sibis.cuentas.permisos import Ambito, Permiso, ambito, puede
from tests.fabricas.cuentas import (
    AdscripcionFactory,
    DependenciaFactory,
    UsuarioFactory,
    con_rol,
    que_puede,
)

pytestmark = pytest.mark.django_db
DIA = datetime.timedelta(days=1)


def test_puede_en_su_dependencia_y_no_en_otra():
    suya, ajena = DependenciaFactory.create_batch(2)
    enlace = con_rol(roles.EnlaceDeDependencia, en=suya)

    assert puede(enlace, Permiso.REGLA_CAPTURAR, en=suya)
    assert puede(enlace, Permiso.REGLA_CAPTURAR, en=suya.pk)
    assert not puede(enlace, Permiso.REGLA_CAPTURAR, en=ajena)


def test_puede_sin_decir_donde_es_en_alguna_parte():
    enlace = con_rol(roles.EnlaceDeDependencia)

    assert puede(enlace, Permiso.REGLA_CAPTURAR)
    assert not puede(enlace, Permiso.REGLA_VALIDAR)


def test_puede_en_toda_la_ciudad_si_su_funcion_lo_dice():
    validacion = con_rol(roles.ValidacionSIBISO)

    assert puede(validacion, Permiso.REGLA_VALIDAR, en=DependenciaFactory())
    assert ambito(validacion, Permiso.REGLA_VALIDAR) == Ambito(todas=True)


def test_puede_de_una_persona_anonima_es_no():
    assert not puede(AnonymousUser(), Permiso.REGLA_VER)


def test_puede_termina_el_dia_en_que_vence_la_funcion():
    hoy = timezone.localdate()
    adscripcion = AdscripcionFactory(vigente_desde=hoy - 9 * DIA, vigente_hasta=hoy)
    usuario = adscripcion.usuario

    assert puede(usuario, Permiso.REGLA_CAPTURAR)
    assert not puede(usuario, Permiso.REGLA_CAPTURAR, fecha=hoy + DIA)
    assert not puede(usuario, Permiso.REGLA_CAPTURAR, fecha=hoy - 10 * DIA)
    assert puede(usuario, Permiso.REGLA_CAPTURAR, fecha=hoy - 9 * DIA)


def test_puede_aun_no_si_la_funcion_empieza_manana():
    adscripcion = AdscripcionFactory(vigente_desde=timezone.localdate() + DIA)

    assert not puede(adscripcion.usuario, Permiso.REGLA_CAPTURAR)
    assert not adscripcion.usuario.is_staff


def test_ambito_junta_las_dependencias_de_sus_funciones():
    una, otra, _ajena = DependenciaFactory.create_batch(3)
    usuario = con_rol(roles.EnlaceDeDependencia, en=una)
    AdscripcionFactory(usuario=usuario, dependencia=otra, rol=roles.TitularQueFirma.clave)

    assert ambito(usuario, Permiso.REGLA_VER).dependencias == {una.pk, otra.pk}
    assert ambito(usuario, Permiso.REGLA_ENVIAR).dependencias == {otra.pk}
    assert not ambito(usuario, Permiso.REGLA_VALIDAR)


def test_ambito_filtra_un_queryset():
    suya, _ajena = DependenciaFactory.create_batch(2)
    enlace = con_rol(roles.EnlaceDeDependencia, en=suya)
    todas = Dependencia.objects.all()

    assert set(todas.filter(ambito(enlace, Permiso.REGLA_VER).filtro("pk"))) == {suya}
    assert set(todas.filter(ambito(enlace, Permiso.REGLA_VALIDAR).filtro("pk"))) == set()
    validacion = ambito(con_rol(roles.ValidacionSIBISO), Permiso.REGLA_VER)
    assert todas.filter(validacion.filtro("pk")).count() == todas.count()


def test_funcion_de_prueba_da_exactamente_un_permiso():
    usuario = que_puede(Permiso.REGLA_PUBLICAR, alcance=roles.Alcance.CIUDAD)

    assert {p for p in Permiso if puede(usuario, p)} == {Permiso.REGLA_PUBLICAR}


def test_has_perm_del_admin_responde_por_la_dependencia_del_objeto():
    suya, ajena = DependenciaFactory.create_batch(2)
    editora = que_puede(Permiso.CATALOGO_EDITAR, en=suya)

    assert editora.has_perm("cuentas.change_dependencia")
    assert editora.has_perm("cuentas.change_dependencia", suya)
    assert not editora.has_perm("cuentas.change_dependencia", ajena)
    assert not editora.has_perm("cuentas.delete_dependencia", suya)


def test_todas_las_preguntas_de_una_peticion_cuestan_una_consulta(django_assert_num_queries):
    usuario = con_rol(roles.EnlaceDeDependencia)
    AdscripcionFactory.create_batch(5, usuario=usuario)
    dependencias = list(Dependencia.objects.all())
    usuario = Usuario.objects.get(pk=usuario.pk)

    with django_assert_num_queries(1):
        for dependencia in dependencias:
            for permiso in Permiso:
                puede(usuario, permiso, en=dependencia)
        usuario.has_module_perms("cuentas")
        assert usuario.is_staff


def test_permisos_tienen_todos_su_frase():
    assert all(str(permiso.frase) for permiso in Permiso)


def test_una_cuenta_nueva_no_puede_nada():
    assert not any(puede(UsuarioFactory(), permiso) for permiso in Permiso)
