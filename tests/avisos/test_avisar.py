"""Avisar: a cada quien una vez, a nadie de lo suyo, y sin una consulta por persona."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sibis.avisos.estados import Cuando
from sibis.avisos.models import Aviso
from sibis.avisos.servicios.avisar import AvisoImposible
from sibis.cuentas.models import Usuario
from tests.avisos.conftest import decir
from tests.fabricas.avisos import AvisoFactory, PreferenciaDeAvisosFactory
from tests.fabricas.cuentas import UsuarioFactory

pytestmark = pytest.mark.django_db


def muchas(cuantas: int) -> list[Usuario]:
    return Usuario.objects.bulk_create(
        Usuario(username=f"persona{n}", email=f"persona{n}@ejemplo.mx") for n in range(cuantas)
    )


def test_a_cada_quien_le_llega_a_su_bandeja_tal_como_se_dijo():
    ana, beto = UsuarioFactory(), UsuarioFactory()

    assert decir(ana, beto, ana, texto="Falta la meta física.") == 2

    suyo = Aviso.objects.get(para=ana)
    assert (suyo.titulo, suyo.texto) == ("Observaron Mi Beca", "Falta la meta física.")
    assert (suyo.url, suyo.leido_en, suyo.correo) == (
        "/panel/programas/reglaoperacion/7/change/",
        None,
        None,
    )


def test_el_mismo_hecho_no_se_cuenta_dos_veces_a_nadie_y_si_a_quien_faltaba():
    ana, beto = UsuarioFactory(), UsuarioFactory()
    decir(ana)

    assert decir(ana, beto, titulo="Otra redacción") == 1
    assert decir(ana, beto) == 0

    assert Aviso.objects.get(para=ana).titulo == "Observaron Mi Beca"
    assert decir(ana, hecho="regla:7:observada:2") == 1


def test_nadie_se_entera_de_lo_suyo_ni_se_avisa_a_cuentas_suspendidas():
    ana, beto = UsuarioFactory(), UsuarioFactory(is_active=False)

    assert decir(ana, beto, por=ana) == 0
    assert decir() == 0
    assert Aviso.objects.count() == 0


def test_dos_mil_personas_cuestan_lo_mismo_que_dos():
    personas = muchas(2_000)
    with CaptureQueriesContext(connection) as pocas:
        assert decir(*personas[:2], hecho="a") == 2
    with CaptureQueriesContext(connection) as todas:
        assert decir(*personas, hecho="b") == 2_000

    assert len(todas) == len(pocas) <= 3  # la orden, y el punto de guardado


def test_cada_quien_como_lo_eligio_y_lo_urgente_siempre_al_momento():
    ana, beto, caro = UsuarioFactory(), UsuarioFactory(), UsuarioFactory()
    PreferenciaDeAvisosFactory(usuario=beto, correo=Cuando.RESUMEN_DIARIO)
    PreferenciaDeAvisosFactory(usuario=caro, correo=Cuando.NUNCA)

    decir(ana, beto, caro)
    decir(ana, beto, caro, hecho="urge", urgente=True)

    elegidos = Aviso.objects.filter(urgente=False).order_by("para_id")
    assert list(elegidos.values_list("por_correo", flat=True)) == [
        "al_momento",
        "resumen_diario",
        "nunca",
    ]
    urgentes = Aviso.objects.filter(urgente=True)
    assert set(urgentes.values_list("por_correo", flat=True)) == {"al_momento"}


@pytest.mark.parametrize(
    "malo",
    [
        {"titulo": "Revisa a GOMC900101MDFRRR09"},
        {"texto": "Escribe a ana@ejemplo.mx"},
        {"texto": "CLABE 012345678901234567"},
        {"url": "https://malo.mx/"},
        {"url": "//malo.mx/"},
        {"url": "/\\malo.mx"},
        {"url": "panel/"},
        {"url": "/panel/ con espacio"},
        {"url": "/" + "a" * 300},
        {"hecho": "h" * 121},
        {"clase": "c" * 41},
        {"titulo": " "},
        {"hecho": ""},
    ],
)
def test_lo_que_no_se_puede_decir_se_explica_y_no_queda_nada(malo):
    with pytest.raises(AvisoImposible) as error:
        decir(UsuarioFactory(), **malo)

    assert len(error.value.mensaje) > 20
    assert "GOMC" not in error.value.mensaje
    assert Aviso.objects.count() == 0


def test_un_titulo_o_un_texto_largos_se_recortan():
    decir(UsuarioFactory(), titulo="t" * 250, texto="x" * 700)

    aviso = Aviso.objects.get()
    assert (len(aviso.titulo), len(aviso.texto)) == (200, 600)
    assert aviso.titulo.endswith("…")


def test_si_el_acto_se_deshace_no_hay_aviso_ni_timbre(django_capture_on_commit_callbacks):
    ana = UsuarioFactory()
    with django_capture_on_commit_callbacks() as timbres, transaction.atomic():
        assert decir(ana) == 1
        transaction.set_rollback(True)
    assert timbres == []
    assert Aviso.objects.count() == 0


def test_el_timbre_suena_solo_si_hay_algo_nuevo(django_capture_on_commit_callbacks, mailoutbox):
    ana = UsuarioFactory(email="ana@ejemplo.mx")
    with django_capture_on_commit_callbacks(execute=True) as timbres:
        decir(ana)
    assert len(timbres) == 1
    assert [m.to for m in mailoutbox] == [["ana@ejemplo.mx"]]

    with django_capture_on_commit_callbacks(execute=True) as timbres:
        decir(ana)
    assert timbres == []


@pytest.mark.parametrize(
    ("restriccion", "valores"),
    [
        ("aviso_lleva_dentro_del_sitio", {"url": "//malo.mx/"}),
        ("aviso_lleva_dentro_del_sitio", {"url": "/\\malo.mx"}),
        ("aviso_lleva_dentro_del_sitio", {"url": "/a\nb"}),
        ("aviso_completo", {"titulo": ""}),
        ("aviso_completo", {"hecho": ""}),
        ("aviso_urgente_al_momento", {"urgente": True, "por_correo": "nunca"}),
    ],
)
def test_la_base_niega_lo_mismo(restriccion, valores):
    with pytest.raises(IntegrityError, match=restriccion):
        AvisoFactory(**valores)


def test_la_base_niega_el_aviso_repetido():
    suyo = AvisoFactory()
    with pytest.raises(IntegrityError, match="aviso_una_vez_a_cada_quien"):
        AvisoFactory(para=suyo.para, hecho=suyo.hecho)


@pytest.mark.parametrize("url", ["/", "/panel/", "/panel/x/?a=1&b=%C3%B1#ancla", "/a//b"])
def test_una_ruta_de_este_sitio_entra(url):
    assert decir(UsuarioFactory(), url=url) == 1
