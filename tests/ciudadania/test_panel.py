"""La operación de los avisos en el panel: se ve qué falló y nunca a quién; nada se captura."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ciudadania import tasks
from ciudadania.consultas.colas import colas
from ciudadania.models import Aviso, Envio, Suscripcion, SuscripcionPush
from sibis.cuentas.roles import AdministracionTecnica, Analista
from tests.fabricas.ciudadania import (
    AvisoFactory,
    EnvioFactory,
    SuscripcionFactory,
    SuscripcionPushFactory,
)
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar

pytestmark = pytest.mark.django_db


def con_funcion(rol):
    return con_rol(rol, en=DependenciaFactory(clave="SEBIEN"))


def test_lo_que_no_salio_espera_a_quien_opera_y_a_nadie_mas():
    EnvioFactory(estado="rechazado", falla="SMTPRecipientsRefused 550")
    EnvioFactory(intentos=2, falla="ConnectionRefusedError")
    EnvioFactory()

    (cola,) = colas(con_funcion(AdministracionTecnica))
    assert cola.total == 2
    assert colas(con_rol(Analista)) == []


def test_ninguna_lista_ni_ficha_ensena_la_direccion_ni_sus_llaves(client):
    suya = SuscripcionFactory(confirmada=True, correo="ana@ejemplo.mx")
    aviso = AvisoFactory(suscripcion=suya)
    envio = EnvioFactory(suscripcion=suya)
    push = SuscripcionPushFactory()
    entrar(client, con_funcion(AdministracionTecnica))
    secretos = (suya.correo_cifrado, suya.correo_indice, suya.llave_cifrada, suya.huella_llave)
    for modelo, objeto in (
        (Suscripcion, suya),
        (Aviso, aviso),
        (Envio, envio),
        (SuscripcionPush, push),
    ):
        nombre = f"admin:ciudadania_{modelo._meta.model_name}"
        for url in (
            reverse(f"{nombre}_changelist"),
            reverse(f"{nombre}_change", args=[objeto.pk]),
        ):
            respuesta = client.get(url)
            html = respuesta.content.decode()
            assert respuesta.status_code == 200, url
            assert not [s for s in (*secretos, "ana@", push.destino_cifrado) if s in html], url
            assert 'name="_save"' not in html


def test_las_tareas_hacen_todo_y_se_pueden_repetir(cartero):
    EnvioFactory()

    assert tasks.repartir_avisos() == 1
    assert tasks.repartir_avisos() == 0
    assert tasks.preparar_avisos() == 0
    assert tasks.limpiar_avisos() == 0
    assert len(cartero.recibidos) == 1
