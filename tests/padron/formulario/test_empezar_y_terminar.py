"""Empezar una captura, entregarla, volver a abrirla y descartarla desde sus páginas."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from padron.models import Captura, Carga
from padron.servicios import (
    capturas,
    capturas_entrega,
    cargas,
    decisiones,
)
from sibis.cuentas import roles
from tests.fabricas.cuentas import con_rol
from tests.fabricas.padron import CapturaFactory
from tests.fabricas.programas import ReglaFactory
from tests.padron.carga.archivos import TITULOS, personas
from tests.padron.carga.conftest import correr
from tests.padron.formulario.conftest import (
    direccion,
    escribir,
)

SOLO = {"HTTP_ACCEPT": "application/json"}


def pegar(filas) -> str:
    return "\n".join("\t".join(f) for f in [TITULOS, *filas])


# --- empezar y terminar ---


def test_nueva_viene_con_su_programa_y_lleva_a_la_hoja(casa, como):
    cliente = como(casa.enlace)
    url = reverse("admin:padron_captura_nueva")
    pedido = {"programa": casa.programa.pk, "ejercicio": 2025}
    assert (
        f'<option value="{casa.programa.pk}" selected>' in cliente.get(url, pedido).content.decode()
    )
    respuesta = cliente.post(url, pedido | {"periodo": "anual"})
    assert respuesta.url == direccion(Captura.objects.get())
    assert cliente.post(url, pedido | {"periodo": "m01"}).status_code == 422
    corta = reverse("admin:padron_capturar", args=[casa.programa.pk, 2025])
    assert "seguir una que ya se empezó" in cliente.get(corta).content.decode()


def test_nueva_es_solo_de_quien_carga(casa, como):
    assert como(casa.titular).get(reverse("admin:padron_captura_nueva")).status_code == 404
    ajena = como(con_rol(roles.EnlaceDeDependencia))
    datos = {"programa": casa.programa.pk, "ejercicio": 2025, "periodo": "anual"}
    assert ajena.post(reverse("admin:padron_captura_nueva"), datos).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_entregar_revisa_al_momento_y_lleva_a_la_carga(casa, captura, como):
    escribir(captura, 4, por=casa.enlace, malas=1)
    cliente = como(casa.enlace)
    pagina = cliente.get(direccion(captura, "entregar")).content.decode()
    assert "1 renglón no puede entrar" in pagina
    respuesta = cliente.post(direccion(captura, "entregar"))
    carga = Carga.objects.get()
    assert respuesta.url == reverse("admin:padron_carga_change", args=[carga.pk])
    assert (carga.estado, carga.validas, carga.con_error) == ("por_revisar", 3, 1)


def test_entregar_con_una_aplicada_pide_decir_si_se_suma(casa, captura, como):
    escribir(captura, 2, por=casa.enlace)
    primera = correr(capturas_entrega.entregar(captura, por=casa.enlace, en_cola=False))
    decisiones.aplicar(primera, por=casa.titular)
    otra = capturas.empezar(
        programa=casa.programa, ejercicio=2025, periodo="anual", por=casa.enlace
    )
    escribir(otra, 1, por=casa.enlace, semilla=3)
    cliente = como(casa.enlace)
    assert cliente.post(direccion(otra, "entregar"), {}).status_code == 422
    cliente.post(direccion(otra, "entregar"), {"que_es": "sustituye"})
    assert Carga.objects.get(sustituye=primera).cargada_por == casa.enlace


def test_entregada_ensena_su_carga_y_cancelada_se_reabre(casa, captura, como):
    escribir(captura, 2, por=casa.enlace)
    carga = capturas_entrega.entregar(captura, por=casa.enlace, en_cola=False)
    cliente = como(casa.enlace)
    pagina = cliente.get(direccion(captura)).content.decode()
    assert carga.folio in pagina
    assert "Volver a abrir" not in pagina
    cliente.post(direccion(captura, "reabrir"))
    captura.refresh_from_db()
    assert captura.estado == "entregada"
    cargas.cancelar(carga, por=casa.enlace)
    assert "Volver a abrir" in cliente.get(direccion(captura)).content.decode()
    cliente.post(direccion(captura, "reabrir"))
    assert "Antes se entregó como" in cliente.get(direccion(captura)).content.decode()


def test_descartar_pregunta_y_borra(casa, captura, como):
    escribir(captura, 2, por=casa.enlace)
    cliente = como(casa.enlace)
    assert (
        "Se borrarán 2 renglones" in cliente.get(direccion(captura, "descartar")).content.decode()
    )
    cliente.post(direccion(captura, "descartar"))
    assert not captura.renglones.exists()
    assert "La descartó" in cliente.get(direccion(captura)).content.decode()


def test_sin_reglas_publicadas_se_escribe_y_se_dice_que_no_se_revisa(casa, como):
    regla = ReglaFactory(programa__dependencia=casa.dependencia)
    captura = CapturaFactory(regla=regla, creada_por=casa.enlace)
    escribir(captura, 1, por=casa.enlace)
    respuesta = como(casa.enlace).get(direccion(captura))
    assert respuesta.status_code == 200
    assert "no tiene reglas publicadas" in respuesta.content.decode()
    datos = {"accion": "pegar", "pegado": pegar(personas(1))}
    assert como(casa.enlace).post(direccion(captura), datos).status_code == 422
    assert como(casa.enlace).post(direccion(captura, "entregar")).status_code == 422


def test_se_llega_desde_entregar_un_padron_y_se_vuelve_desde_su_carga(casa, captura, como):
    hoy = ReglaFactory(programa=casa.programa, ejercicio=timezone.localdate().year, publicada=True)
    cliente = como(casa.enlace)
    entrada = cliente.get(reverse("admin:padron_entregar")).content.decode()
    assert reverse("admin:padron_capturar", args=[casa.programa.pk, hoy.ejercicio]) in entrada
    escribir(captura, 1, por=casa.enlace)
    carga = capturas_entrega.entregar(captura, por=casa.enlace, en_cola=False)
    cargas.cancelar(carga, por=casa.enlace)
    url = reverse("admin:padron_carga_change", args=[carga.pk])
    assert direccion(captura) in cliente.get(url).content.decode()
    assert direccion(captura) not in como(casa.titular).get(url).content.decode()
