"""La entrada: primero lo atrasado y lo que espera; después lo enviado, lo que cambió y el menú por tareas."""

import datetime
import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from ciudadania.models import Envio
from programas.consultas.novedades import _DONDE_ESTA, EN_CAMINO, colas
from programas.estados import EstadoRegla
from sibis.bitacora.registro import registrar
from sibis.calendario.models import PeriodoDeVeda
from sibis.correo.estados import EstadoEnvio
from sibis.cuentas import roles
from sibis.cuentas.models import Usuario
from sibis.panel.colas import Cola, Seccion, por_seccion
from sibis.panel.menu import menu
from tests.fabricas import programas as f
from tests.fabricas.ciudadania import EnvioFactory
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar
from tests.fabricas.historico import DocumentoFactory

pytestmark = pytest.mark.django_db


def cola(usuario, seccion: Seccion) -> Cola:
    return next(c for c in colas(usuario) if c.seccion is seccion)


def test_lo_enviado_dice_quien_lo_tiene_y_desde_cuando(enlace, suya):
    hace_cinco = timezone.now() - datetime.timedelta(days=5)
    f.ReglaFactory(
        nombre="Enviada", programa__dependencia=suya, enviada=True, enviado_en=hace_cinco
    )
    f.ReglaFactory(nombre="Validada", programa__dependencia=suya, validada=True)
    f.ReglaFactory(nombre="Borrador", programa__dependencia=suya)
    f.ReglaFactory(nombre="Publicada", programa__dependencia=suya, publicada=True)
    f.ReglaFactory(nombre="Ajena", enviada=True)

    enviadas = cola(enlace, Seccion.ENVIASTE)

    primera, segunda = enviadas.pendientes
    assert enviadas.total == 2
    assert primera.titulo.startswith("Enviada")
    assert "espera que la tome la Secretaría de Bienestar, hace 5 días" in primera.detalle
    assert primera.desde == timezone.localdate(hace_cinco)
    assert segunda.titulo.startswith("Validada")


def test_de_todo_lo_que_va_en_camino_se_dice_quien_lo_tiene():
    assert set(_DONDE_ESTA) == set(EN_CAMINO)


def test_en_camino_es_lo_que_no_se_edita_ni_se_publico():
    assert set(EN_CAMINO) >= {EstadoRegla.ENVIADO, EstadoRegla.VALIDADO}
    fuera = {EstadoRegla.BORRADOR, EstadoRegla.PUBLICADO, EstadoRegla.SUSPENDIDO}
    assert not (fuera | {EstadoRegla.RETIRADO}) & set(EN_CAMINO)


def test_quien_no_presenta_no_tiene_lo_que_envio(validadora):
    assert [c.seccion for c in colas(validadora)] == [Seccion.CAMBIO]


def test_lo_que_cambio_se_lee_como_oracion_y_solo_lo_de_uno(enlace, suya):
    regla = f.ReglaFactory(nombre="Propia", programa__dependencia=suya, enviada=True)
    ajena = f.ReglaFactory(nombre="Ajena", enviada=True)
    otra_persona = con_rol(roles.ValidacionSIBISO)
    datos = {"version": 1, "ejercicio": 2025, "por": otra_persona}
    registrar("regla.validar", regla, dependencia=suya, **datos)
    registrar("regla.validar", ajena, dependencia=ajena.dependencia, **datos)
    registrar("regla.guardada", regla, dependencia=suya, version=1, ejercicio=2025, por=enlace)

    cambios = cola(enlace, Seccion.CAMBIO).pendientes

    assert [c.titulo for c in cambios] == [str(regla)]
    assert cambios[0].detalle == f"{otra_persona.username} validó la versión 1 de 2025"
    assert cambios[0].url == f"/panel/programas/reglaoperacion/{regla.pk}/change/"


def test_de_cada_regla_solo_lo_ultimo_y_nada_de_lo_que_uno_hizo(enlace, suya):
    regla = f.ReglaFactory(programa__dependencia=suya, enviada=True)
    otra = con_rol(roles.ValidacionSIBISO)
    comun = {"dependencia": suya, "version": 1, "ejercicio": 2025}
    registrar("regla.enviar", regla, por=otra, **comun)
    registrar("regla.validar", regla, por=otra, **comun)
    registrar("regla.retirar", regla, por=enlace, motivo="x", **comun)

    (unico,) = cola(enlace, Seccion.CAMBIO).pendientes

    assert "validó" in unico.detalle


def test_lo_atrasado_va_primero_y_sin_nada_no_se_anuncia(client):
    tecnica = entrar(client, con_rol(roles.AdministracionTecnica))
    assert Seccion.ATRASADO not in {a.seccion for a in por_seccion(tecnica)}

    EnvioFactory(estado=EstadoEnvio.PENDIENTE)
    Envio.objects.update(intentos=2)

    assert por_seccion(tecnica)[0].seccion is Seccion.ATRASADO
    pagina = client.get("/panel/").content.decode()
    assert pagina.index('id="atrasado"') < pagina.index('id="todo"')


def test_la_entrada_no_repite_identificadores_ni_deja_titulos_sueltos(client, enlace, suya):
    f.ReglaFactory(programa__dependencia=suya, enviada=True)

    pagina = client.get("/panel/").content.decode()

    identificadores = re.findall(r'\bid="([^"]+)"', pagina)
    assert len(identificadores) == len(set(identificadores))
    assert re.findall(r"<h3[^>]*>\s*</h3>", pagina) == []


@pytest.mark.parametrize("rol", roles.ROLES, ids=lambda r: r.clave)
def test_el_menu_trae_todo_lo_que_se_puede_ver_una_sola_vez(client, rol, rectora):
    entrar(client, con_rol(rol, en=rectora))
    pagina = client.get("/panel/")

    grupos = pagina.context["menu"]
    urls = [e.url for g in grupos for e in g.entradas]
    vistas = [m["admin_url"] for a in pagina.context["app_list"] for m in a["models"]]

    assert sorted(urls) == sorted(vistas)
    assert all(g.entradas for g in grupos)


def test_lo_que_no_esta_en_ningun_grupo_sale_al_final(settings):
    settings.MENU_DEL_PANEL = [("Uno", ["programas.programa"])]
    modelos = [
        {"model": m, "name": str(m._meta.verbose_name_plural), "admin_url": "/", "add_url": None}
        for m in list(admin.site._registry)[:3]
    ]

    grupos = menu([{"models": modelos}])

    assert str(grupos[-1].titulo) == "Lo demás"
    assert sum(len(g.entradas) for g in grupos) == 3


def test_cada_lista_nombrada_en_el_menu_se_escribe_bien():
    """Las de etapas que aún no llegan se nombran antes; las que ya están no deben caer en «Lo demás»."""
    nombradas = {e for _titulo, etiquetas in settings.MENU_DEL_PANEL for e in etiquetas}
    nuestras = {
        m._meta.label_lower
        for m in admin.site._registry
        if m.__module__.startswith(("programas", "presupuesto", "sibis.cuentas", "sibis.bitacora"))
    }
    assert nuestras - nombradas == set()
    assert DependenciaFactory._meta.model._meta.label_lower in nombradas


# Lo que el admin trae de más


def test_el_rodeo_del_admin_no_dice_como_se_llama_lo_ajeno(client, enlace):
    ajeno = f.ProgramaFactory(dependencia=DependenciaFactory())
    tipo = ContentType.objects.get_for_model(ajeno).pk
    entrar(client, enlace)

    assert client.get(f"/panel/r/{tipo}/{ajeno.pk}/").status_code == 404
    for roto in ("1/abc", "1/1", "999/1", f"{tipo}/{9**30}"):
        assert client.get(f"/panel/r/{roto}/").status_code == 404, roto


def test_ver_en_el_sitio_va_directo(client, enlace, suya):
    documento = DocumentoFactory(dependencia=suya)
    entrar(client, enlace)

    pagina = client.get(reverse("admin:programas_documento_change", args=[documento.pk]))
    assert pagina.context["absolute_url"] == documento.get_absolute_url()


@pytest.mark.parametrize("lista", ["programas/programa", "calendario/diainhabil"])
def test_la_historia_de_una_llave_con_diagonales_no_existe(client, enlace, lista):
    entrar(client, enlace)

    assert client.get(f"/panel/{lista}/..%2f..%2fetc/history/").status_code == 404


def test_un_dato_personal_que_iria_a_la_bitacora_se_dice_y_no_se_guarda(client):
    entrar(client, con_rol(roles.ValidacionSIBISO))
    ruta = reverse("admin:calendario_periododeveda_add")
    datos = {"clave": "veda-27", "nombre": "GARC800101HDFRRL09", "norma": "x", "descripcion": "x"}
    datos |= {"que_permite": "x", "vigente_desde": "2027-01-01", "vigente_hasta": "2027-01-05"}

    respuesta = client.post(ruta, datos)

    assert respuesta.status_code == 302
    assert "No se guardó nada" in client.get(respuesta.url).text
    assert not PeriodoDeVeda.objects.exists()


@pytest.mark.parametrize("cuenta", ["garc800101hdfrrl09", "ana@ejemplo.mx"])
def test_una_cuenta_no_se_llama_como_la_curp_ni_el_correo_de_alguien(client, cuenta):
    entrar(client, con_rol(roles.AdministracionTecnica))

    respuesta = client.post(
        reverse("admin:cuentas_usuario_add"), {"username": cuenta, "email": "b@ejemplo.mx"}
    )

    assert respuesta.status_code == 200
    assert "username" in respuesta.context["adminform"].form.errors
    assert not Usuario.objects.filter(username=cuenta).exists()
