"""Cuentas, funciones, dependencias y bitácora en el panel."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.models import Adscripcion, Dependencia, Usuario
from tests.fabricas.bitacora import EventoFactory
from tests.fabricas.cuentas import (
    AdscripcionFactory,
    DenominacionFactory,
    DependenciaFactory,
    UsuarioFactory,
    con_rol,
    entrar,
)

pytestmark = pytest.mark.django_db
LISTAS = {
    "cuentas_usuario": {roles.AdministracionTecnica},
    "cuentas_adscripcion": {roles.AdministracionTecnica},
    "cuentas_dependencia": set(roles.ROLES),
    "bitacora_evento": {roles.Auditoria},
}


def lista(modelo: str) -> str:
    return reverse(f"admin:{modelo}_changelist")


def alta(modelo: str) -> str:
    return reverse(f"admin:{modelo}_add")


def accion(client, modelo: str, nombre: str, *elegidos, motivo: str = ""):
    datos = {"action": nombre, "_selected_action": [o.pk for o in elegidos], "motivo": motivo}
    return client.post(lista(modelo), datos, follow=True)


@pytest.fixture
def tecnica(client):
    return entrar(client, con_rol(roles.AdministracionTecnica))


@pytest.mark.parametrize("modelo", LISTAS)
@pytest.mark.parametrize("rol", roles.ROLES)
def test_cada_lista_la_ve_solo_quien_debe(client, modelo, rol):
    entrar(client, con_rol(rol))

    esperado = 200 if rol in LISTAS[modelo] else 403
    assert client.get(lista(modelo)).status_code == esperado


@pytest.mark.parametrize("modelo", LISTAS)
def test_ninguna_lista_hace_mas_consultas_con_el_doble_de_renglones(client, modelo):
    entrar(client, con_rol(next(iter(LISTAS[modelo]))))
    client.get(lista(modelo))  # la primera además alarga la sesión
    conteos = []
    for _ in range(2):
        AdscripcionFactory.create_batch(6)
        EventoFactory.create_batch(6)
        with CaptureQueriesContext(connection) as consultas:
            client.get(lista(modelo))
        conteos.append(len(consultas))

    assert conteos[0] == conteos[1]


def test_dar_de_alta_una_cuenta_le_manda_el_enlace_para_su_contrasena(client, tecnica):
    respuesta = client.post(
        alta("cuentas_usuario"),
        {
            "username": "EPerez",
            "email": "Elena@ejemplo.mx",
            "first_name": "Elena",
            "last_name": "",
        },
    )

    assert respuesta.status_code == 302, _errores(respuesta)
    assert Usuario.objects.get(username="eperez").email == "elena@ejemplo.mx"
    assert mail.outbox[0].to == ["elena@ejemplo.mx"]
    assert Evento.objects.filter(tipo="cuenta.creada", por=tecnica.username).exists()


def test_dar_de_alta_una_cuenta_repetida_lo_dice_en_la_pagina(client, tecnica):
    UsuarioFactory(username="eperez", email="elena@ejemplo.mx")

    respuesta = client.post(
        alta("cuentas_usuario"),
        {"username": "EPEREZ", "email": "otra@ejemplo.mx"},
    )

    assert respuesta.status_code == 200
    assert "cuenta con ese nombre de usuario" in respuesta.content.decode() or "ya" in _errores(
        respuesta
    )


def test_corregir_una_cuenta_registra_los_campos_y_no_sus_valores(client, tecnica):
    cuenta = UsuarioFactory()

    client.post(
        reverse("admin:cuentas_usuario_change", args=[cuenta.pk]),
        {
            "email": "nuevo@ejemplo.mx",
            "first_name": "Elena",
            "last_name": "",
        },
    )

    assert Evento.objects.get(tipo="cuenta.corregida").detalle["campos"] == "email, first_name"


def test_corregir_una_cuenta_no_deja_darse_permisos(client, tecnica):
    client.post(
        reverse("admin:cuentas_usuario_change", args=[tecnica.pk]),
        {
            "email": tecnica.email,
            "is_superuser": "on",
            "is_staff": "on",
            "groups": "1",
            "sello_de_sesion": "x",
        },
    )

    cuenta = Usuario.objects.get(pk=tecnica.pk)
    assert not cuenta.is_superuser
    assert cuenta.sello_de_sesion == tecnica.sello_de_sesion


def test_la_pagina_de_una_cuenta_enumera_sus_funciones_y_lleva_a_otorgar_otra(client, tecnica):
    adscripcion = AdscripcionFactory()
    cuenta = adscripcion.usuario

    texto = client.get(reverse("admin:cuentas_usuario_change", args=[cuenta.pk])).content.decode()

    assert adscripcion.resumen in texto
    otorgar = f"{alta('cuentas_adscripcion')}?usuario={cuenta.pk}"
    assert otorgar in texto
    assert f'value="{cuenta.pk}" selected' in client.get(otorgar).content.decode()


def test_otorgar_una_funcion_desde_el_panel(client, tecnica):
    cuenta, dependencia = UsuarioFactory(), DependenciaFactory()

    respuesta = client.post(
        alta("cuentas_adscripcion"),
        {
            "usuario": cuenta.pk,
            "dependencia": dependencia.pk,
            "rol": "enlace",
            "vigente_desde": "01/01/2026",
        },
    )

    assert respuesta.status_code == 302, _errores(respuesta)
    assert Adscripcion.objects.get(usuario=cuenta).otorgada_por == tecnica


@pytest.mark.parametrize("caso", ["incompatible", "a_si_misma"])
def test_otorgar_lo_que_no_procede_lo_dice_en_la_pagina(client, tecnica, caso):
    cuenta = tecnica if caso == "a_si_misma" else con_rol(roles.ValidacionSIBISO)

    respuesta = client.post(
        alta("cuentas_adscripcion"),
        {
            "usuario": cuenta.pk,
            "dependencia": DependenciaFactory().pk,
            "rol": "enlace",
            "vigente_desde": "01/01/2026",
        },
    )

    assert respuesta.status_code == 200
    assert "No se puede" in respuesta.content.decode() or "sí mismo" in respuesta.content.decode()
    assert not Adscripcion.objects.filter(rol="enlace").exists()


def test_retirar_una_funcion_con_motivo(client, tecnica):
    adscripcion = AdscripcionFactory()

    accion(client, "cuentas_adscripcion", "retirar", adscripcion, motivo="Cambió de área")

    adscripcion.refresh_from_db()
    assert adscripcion.motivo_de_baja == "Cambió de área"
    assert adscripcion.baja_por == tecnica


def test_retirar_una_funcion_sin_motivo_no_procede_y_lo_dice(client, tecnica):
    adscripcion = AdscripcionFactory()

    respuesta = accion(client, "cuentas_adscripcion", "retirar", adscripcion)

    assert "Escribe el motivo" in respuesta.content.decode()
    adscripcion.refresh_from_db()
    assert adscripcion.baja_en is None


def test_una_adscripcion_no_se_edita_ni_se_borra(client, tecnica):
    adscripcion = AdscripcionFactory()

    cambio = client.post(
        reverse("admin:cuentas_adscripcion_change", args=[adscripcion.pk]), {"rol": "validacion"}
    )
    borrado = client.post(
        reverse("admin:cuentas_adscripcion_delete", args=[adscripcion.pk]), {"post": "yes"}
    )

    assert (cambio.status_code, borrado.status_code) == (403, 403)


@pytest.mark.parametrize("nombre", ["suspender", "reactivar", "desbloquear", "mandar_enlace"])
def test_las_acciones_sobre_cuentas_funcionan(client, tecnica, nombre):
    cuenta = UsuarioFactory()

    respuesta = accion(client, "cuentas_usuario", nombre, cuenta)

    assert "Hecho en 1" in respuesta.content.decode()


def test_suspender_a_varias_y_a_si_misma_atiende_a_las_demas_y_lo_dice(client, tecnica):
    otra = UsuarioFactory()

    respuesta = accion(client, "cuentas_usuario", "suspender", tecnica, otra)

    texto = respuesta.content.decode()
    assert "No puedes suspender tu propia cuenta" in texto
    assert "Hecho en 1" in texto
    assert not Usuario.objects.get(pk=otra.pk).is_active


def test_restablecer_segundo_factor_pide_motivo(client, tecnica):
    cuenta = UsuarioFactory()

    sin = accion(client, "cuentas_usuario", "restablecer_segundo_factor", cuenta).content.decode()
    con = accion(
        client, "cuentas_usuario", "restablecer_segundo_factor", cuenta, motivo="Con credencial"
    ).content.decode()

    assert "comprobaste" in sin
    assert "Hecho en 1" in con


def test_agregar_un_nombre_a_una_dependencia_lo_muestra_y_deja_constancia(client):
    entrar(client, con_rol(roles.ValidacionSIBISO))
    dependencia = DependenciaFactory(denominacion=False)
    anterior = DenominacionFactory(dependencia=dependencia, siglas="VIEJA")

    respuesta = client.post(
        reverse("admin:cuentas_dependencia_change", args=[dependencia.pk]),
        {
            "tipo": "secretaria",
            "denominaciones-TOTAL_FORMS": "2",
            "denominaciones-INITIAL_FORMS": "1",
            "denominaciones-0-id": anterior.pk,
            "denominaciones-0-dependencia": dependencia.pk,
            "denominaciones-0-nombre": anterior.nombre,
            "denominaciones-0-siglas": "VIEJA",
            "denominaciones-0-vigente_hasta": "31/12/2025",
            "denominaciones-1-dependencia": dependencia.pk,
            "denominaciones-1-nombre": "Secretaría Nueva",
            "denominaciones-1-siglas": "NUEVA",
            "denominaciones-1-vigente_desde": "01/01/2026",
        },
    )

    assert respuesta.status_code == 302, _errores(respuesta)
    assert Dependencia.objects.get(pk=dependencia.pk).siglas == "NUEVA"
    assert Evento.objects.get(tipo="dependencia.corregida").detalle["denominaciones"] == 2


def test_la_bitacora_se_lee_como_oraciones_y_no_se_toca(client):
    auditora = entrar(client, con_rol(roles.Auditoria))
    evento = EventoFactory(tipo="sesion.iniciada", por="clara")

    assert "clara entró al sistema" in client.get(lista("bitacora_evento")).content.decode()
    detalle = reverse("admin:bitacora_evento_change", args=[evento.pk])
    assert client.get(detalle).status_code == 200
    assert client.post(detalle, {"por": auditora.username}).status_code == 403
    assert client.get(alta("bitacora_evento")).status_code == 403


@pytest.mark.parametrize(
    "parametro", ["tipo=sesion.iniciada", "via=panel", "q=clara", "tipo=inventado"]
)
def test_la_bitacora_se_filtra(client, parametro):
    entrar(client, con_rol(roles.Auditoria))
    EventoFactory(tipo="sesion.iniciada")

    assert client.get(f"{lista('bitacora_evento')}?{parametro}").status_code == 200


def test_ninguna_pagina_del_panel_muestra_la_contrasena(client, tecnica):
    cuenta = UsuarioFactory()

    texto = client.get(reverse("admin:cuentas_usuario_change", args=[cuenta.pk])).content.decode()

    assert cuenta.password not in texto
    assert cuenta.sello_de_sesion not in texto


def _errores(respuesta) -> str:
    return " ".join(re.findall(r"errorlist[^>]*>(.*?)</ul>", respuesta.content.decode(), re.S))
