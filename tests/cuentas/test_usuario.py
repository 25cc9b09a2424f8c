import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.db import IntegrityError

from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.permisos import Permiso, ambito, puede
from tests.fabricas.cuentas import CONTRASENA, AdscripcionFactory, UsuarioFactory

pytestmark = pytest.mark.django_db
Usuario = get_user_model()


def test_str_no_muestra_el_nombre_de_la_persona():
    usuario = UsuarioFactory.build(username="eperez", first_name="Elena", last_name="Pérez")

    assert str(usuario) == "eperez"


def test_create_user_guarda_en_minusculas():
    usuario = Usuario.objects.create_user(" EPerez ", "Elena@Ejemplo.MX", CONTRASENA)

    assert (usuario.username, usuario.email) == ("eperez", "elena@ejemplo.mx")
    assert usuario.check_password(CONTRASENA)


@pytest.mark.parametrize("campos", [{"username": "ELENA"}, {"email": "Elena@ejemplo.mx"}])
def test_dos_cuentas_que_difieren_en_mayusculas_las_niega_la_base(campos):
    UsuarioFactory(username="elena", email="elena@ejemplo.mx")

    with pytest.raises(IntegrityError):
        UsuarioFactory(**campos)


def test_superusuario_es_administracion_tecnica_y_nada_mas():
    raiz = Usuario.objects.create_superuser("raiz", "raiz@ejemplo.mx", CONTRASENA)

    assert raiz.is_staff
    assert not raiz.is_superuser
    assert {p for p in Permiso if puede(raiz, p)} == roles.AdministracionTecnica.permisos
    assert not ambito(raiz, Permiso.DATOS_PERSONALES_VER)
    assert not puede(raiz, Permiso.REGLA_VALIDAR)


def test_superusuario_no_tiene_los_permisos_de_django():
    raiz = Usuario.objects.create_superuser("raiz", "raiz@ejemplo.mx", CONTRASENA)

    assert not raiz.has_perm("programas.change_reglaoperacion")
    assert not raiz.has_perm("cuentas.delete_usuario")
    assert not raiz.has_module_perms("programas")
    assert raiz.has_perm("cuentas.add_usuario")


def test_la_llave_maestra_no_se_puede_encender():
    usuario = UsuarioFactory()

    with pytest.raises(AttributeError):
        usuario.is_superuser = True
    with pytest.raises(AttributeError):
        Usuario(username="x", is_superuser=True)


def test_createsuperuser_funciona_en_una_base_vacia(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", CONTRASENA)

    call_command(
        "createsuperuser", username="raiz", email="raiz@ejemplo.mx", interactive=False, verbosity=0
    )

    assert Usuario.objects.get().adscripciones.get().dependencia.clave == "SEBIEN"
    assert set(Evento.objects.values_list("tipo", "via")) == {
        ("cuenta.creada", "orden"),
        ("adscripcion.otorgada", "orden"),
    }


def test_sin_funciones_no_entra_al_panel():
    assert not UsuarioFactory().is_staff


def test_suspendida_no_entra_al_panel_aunque_tenga_funciones():
    usuario = AdscripcionFactory(usuario__is_active=False).usuario

    assert not usuario.is_staff
    assert not puede(usuario, Permiso.REGLA_CAPTURAR)


def test_una_cuenta_suspendida_no_se_autentica(rf):
    usuario = UsuarioFactory(is_active=False)

    assert authenticate(rf.get("/"), username=usuario.username, password=CONTRASENA) is None
