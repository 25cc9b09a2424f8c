"""Entregar un padrón: qué toca, subirlo, y que un error no haga perder lo escrito."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from padron.consultas.inicio_de_padron import inicio
from padron.models import Carga, DisposicionDePadron, Periodicidad
from sibis.cuentas import roles
from tests.fabricas.agenda import VencimientoFactory
from tests.fabricas.cuentas import con_rol
from tests.fabricas.padron import CargaFactory
from tests.fabricas.programas import ReglaFactory
from tests.padron.pantallas.archivos import archivo, personas

pytestmark = pytest.mark.django_db
SUBIR = "/panel/padron/carga/add/"
ENTRADA = "/panel/padron/carga/entregar/"
HOY = datetime.date(2026, 2, 1)


def pedido(regla, contenido: bytes = b"", **cambios):
    return {
        "programa": regla.programa_id,
        "ejercicio": regla.ejercicio,
        "periodo": "anual",
        "archivo": SimpleUploadedFile("padron.csv", contenido or archivo(personas(3))),
        "filas": "",
        "monto": "",
        **cambios,
    }


def test_se_recibe_y_lleva_a_su_carga(regla, enlace, como):
    hecho = como(enlace).post(SUBIR, pedido(regla, filas="1,250", monto="$4,500.00"))

    carga = Carga.objects.get()
    assert hecho["Location"] == reverse("admin:padron_carga_change", args=[carga.pk])
    assert (carga.dependencia, carga.cargada_por) == (regla.dependencia, enlace)
    assert (carga.filas_declaradas, carga.monto_declarado) == (1250, 4500)


def test_solo_ofrece_los_programas_de_su_dependencia(regla, regla_ajena, enlace, como):
    pagina = como(enlace).get(SUBIR).content.decode()

    assert "Mi Beca" in pagina
    assert "Lo ajeno" not in pagina


def test_no_recibe_el_programa_de_otra_aunque_lo_pidan(regla, regla_ajena, enlace, como):
    hecho = como(enlace).post(SUBIR, pedido(regla_ajena))

    assert hecho.status_code == 422
    assert not Carga.objects.exists()


@pytest.mark.parametrize("rol", [r for r in roles.ROLES if r is not roles.EnlaceDeDependencia])
def test_quien_no_entrega_no_tiene_donde_subir(regla, dependencia, rol, como):
    cliente = como(con_rol(rol, en=dependencia))

    assert cliente.get(SUBIR).status_code == 404
    assert cliente.post(SUBIR, pedido(regla)).status_code == 404
    assert cliente.get(ENTRADA).status_code == (200 if rol is roles.TitularQueFirma else 404)
    assert not Carga.objects.exists()


def test_uno_muy_grande_se_niega_y_lo_escrito_se_queda(regla, enlace, como, settings):
    settings.PADRON_LIMITE = 100_000

    hecho = como(enlace).post(SUBIR, pedido(regla, b"x" * 100_001, filas="37"))

    texto = hecho.content.decode()
    assert hecho.status_code == 422
    assert "el máximo son 100 kB" in texto
    assert 'value="37"' in texto
    assert "hay que elegirlo otra vez" in texto


def test_el_mismo_archivo_lleva_a_la_carga_que_ya_estaba(regla, enlace, como):
    cliente, contenido = como(enlace), archivo(personas(3))
    cliente.post(SUBIR, pedido(regla, contenido))
    primera = Carga.objects.get()

    repetido = cliente.post(SUBIR, pedido(regla, contenido))

    assert repetido.status_code == 422
    assert primera.folio in repetido.content.decode()
    assert reverse("admin:padron_carga_change", args=[primera.pk]) in repetido.content.decode()
    assert Carga.objects.count() == 1


def test_el_periodo_es_de_los_que_el_programa_entrega(regla, enlace, como):
    DisposicionDePadron.objects.create(
        programa=regla.programa, ejercicio=2025, periodicidad=Periodicidad.TRIMESTRAL
    )
    cliente = como(enlace)

    hecho = cliente.post(SUBIR, pedido(regla))

    assert "cada trimestre" in hecho.content.decode()
    pagina = cliente.get(SUBIR, {"programa": regla.programa_id, "ejercicio": 2025})
    assert [o[0] for o in pagina.context["form"].fields["periodo"].choices] == [
        "t1",
        "t2",
        "t3",
        "t4",
    ]
    assert cliente.post(SUBIR, pedido(regla, periodo="t2")).status_code == 302


def test_con_una_aplicada_hay_que_decir_si_se_suma_o_la_sustituye(regla, enlace, como):
    aplicada = CargaFactory(regla=regla, aplicada=True)
    cliente = como(enlace)

    sin_decir = cliente.post(SUBIR, pedido(regla))
    assert sin_decir.status_code == 422
    assert aplicada.folio in sin_decir.content.decode()
    cliente.post(SUBIR, pedido(regla, que_es="sustituye"))
    assert Carga.objects.latest("pk").sustituye == aplicada


def test_sin_nada_aplicado_no_hay_que_sustituir(regla, enlace, como):
    hecho = como(enlace).post(SUBIR, pedido(regla, que_es="sustituye"))

    assert hecho.status_code == 422
    assert "no tiene una carga aplicada" in hecho.content.decode()


@pytest.mark.parametrize(
    "cambios",
    [
        {"filas": "muchos"},
        {"filas": "-1"},
        {"filas": "9" * 30},
        {"monto": "1.234.567"},
        {"monto": "9" * 40},
        {"mujeres": "²"},
        {"ejercicio": "1999"},
        {"periodo": "t9"},
        {"programa": "0"},
        {"programa": "9" * 30},
        {"archivo": ""},
        {"archivo": SimpleUploadedFile("vacio.csv", b"")},
        {"que_es": "otra"},
        {"hoja": "h" * 101},
    ],
    ids=str,
)
def test_lo_que_no_se_entiende_se_dice_en_su_campo(regla, enlace, como, cambios):
    hecho = como(enlace).post(SUBIR, pedido(regla, **cambios))

    assert hecho.status_code == 422
    assert "resumen-errores" in hecho.content.decode()
    assert not Carga.objects.exists()


def test_lo_pedido_en_la_direccion_no_tira_la_pagina(enlace, regla, como):
    for malo in ("²", "9" * 30, "x", "-1"):
        assert como(enlace).get(SUBIR, {"programa": malo, "ejercicio": malo}).status_code == 200


def test_la_entrada_dice_lo_ultimo_y_lo_que_vence(regla, enlace, titular):
    aplicada = CargaFactory(regla=regla, aplicada=True)
    en_curso = CargaFactory(regla=regla, por_revisar=True)
    CargaFactory(regla=regla, estado="cancelada")
    VencimientoFactory(
        obligacion__cumple="padron_entregado",
        asunto_clave="mi-beca",
        ejercicio=2025,
        dependencia=regla.dependencia,
        vence_el=datetime.date(2026, 1, 15),
    )

    (ejercicio,) = inicio(enlace, hoy=HOY)
    (programa,) = ejercicio.programas

    assert [c.carga for c in programa.cargas] == [en_curso, aplicada]
    assert programa.va_tarde
    assert "Venció" in programa.que_vence
    assert programa.puede_cargar
    assert not inicio(titular, hoy=HOY)[0].programas[0].puede_cargar


def test_la_entrada_de_otra_dependencia_no_dice_nada(regla, ajena, como):
    CargaFactory(regla=regla, aplicada=True)

    pagina = como(ajena).get(ENTRADA).content.decode()

    assert "Mi Beca" not in pagina
    assert "Ningún programa de tu dependencia" in pagina


def test_la_entrada_hace_las_mismas_consultas_con_el_doble(
    dependencia, enlace, django_assert_num_queries, django_assert_max_num_queries
):
    def poblar(cuantas: int) -> None:
        for _n in range(cuantas):
            CargaFactory(
                regla=ReglaFactory(
                    publicada=True, programa__dependencia=dependencia, ejercicio=2025
                )
            )

    poblar(3)
    inicio(enlace, hoy=HOY)  # sus funciones ya se saben
    with django_assert_max_num_queries(12) as antes:
        inicio(enlace, hoy=HOY)
    poblar(3)
    with django_assert_num_queries(len(antes)):
        assert len(inicio(enlace, hoy=HOY)[0].programas) == 6
