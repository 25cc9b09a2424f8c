"""Plantillas en el portal y en el panel: de quién son, cuánto cuestan y qué validador hay."""

from __future__ import annotations

import json
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from padron.consultas.regla import hechos_de
from padron.viajero.empaque import huella_de_regla
from sibis.cuentas.permisos import Permiso
from sibis.cuentas.roles import EnlaceDeDependencia
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar, que_puede
from tests.fabricas.programas import ReglaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def enlace():
    dependencia = DependenciaFactory()
    cliente = Client()
    entrar(cliente, con_rol(EnlaceDeDependencia, en=dependencia))
    cliente.dependencia = dependencia
    return cliente


def _regla(dependencia=None, **valores):
    extra = (
        {"programa__dependencia": dependencia, "dependencia": dependencia} if dependencia else {}
    )
    return ReglaFactory(ejercicio=2025, **extra, **valores)


def _publica(regla, extension="xlsx"):
    return reverse("padron:plantilla", args=[regla.programa.slug, regla.ejercicio, extension])


def _consultas(cliente, url):
    cliente.get(url)  # lo que se aprende una vez por proceso no cuenta
    with CaptureQueriesContext(connection) as consultas:
        assert cliente.get(url).status_code == 200
    return len(consultas)


# --- Portal


def test_la_plantilla_publicada_se_descarga_sin_cuenta(visitante):
    regla = _regla(publicada=True)
    respuesta = visitante.get(_publica(regla))
    assert respuesta.status_code == 200
    assert respuesta.content[:2] == b"PK"
    assert f"plantilla-padron-{regla.programa.slug}-2025.xlsx" in respuesta["Content-Disposition"]
    assert visitante.get(_publica(regla, "csv")).content.startswith(b"\xef\xbb\xbf")


def test_si_no_ha_cambiado_no_se_manda_otra_vez(visitante):
    url = _publica(_regla(publicada=True))
    etiqueta = visitante.get(url)["ETag"]
    otra = visitante.get(url, headers={"if-none-match": etiqueta})
    assert (otra.status_code, otra.content) == (304, b"")


def test_lo_que_no_se_ha_publicado_no_existe_en_el_portal(visitante):
    assert visitante.get(_publica(_regla())).status_code == 404
    assert visitante.get("/padron/plantillas/no-hay/2025.xlsx").status_code == 404
    assert visitante.get("/padron/plantillas/no-hay/2025.pdf").status_code == 404


def test_la_lista_publica_es_de_lo_publicado_y_del_anio(visitante):
    publicada, borrador = _regla(publicada=True), _regla()
    de_antes = ReglaFactory(publicada=True, ejercicio=2024)
    html = visitante.get(reverse("padron:plantillas")).content.decode()
    assert _publica(publicada) in html
    assert _publica(borrador) not in html
    assert _publica(de_antes) not in html
    html = visitante.get(reverse("padron:plantillas") + "?ejercicio=2024").content.decode()
    assert _publica(de_antes) in html
    assert visitante.get(reverse("padron:plantillas") + "?ejercicio=٢٠٢٤").status_code == 200


def test_la_lista_publica_cuesta_lo_mismo_con_el_doble(visitante):
    for _ in range(3):
        _regla(publicada=True)
    una = _consultas(visitante, reverse("padron:plantillas"))
    for _ in range(3):
        _regla(publicada=True)
    assert _consultas(visitante, reverse("padron:plantillas")) == una


# --- Panel


def test_quien_carga_ve_los_suyos_y_nada_mas(enlace):
    suya, ajena = _regla(enlace.dependencia), _regla(publicada=True)
    html = enlace.get(reverse("admin:padron_plantillas")).content.decode()
    assert reverse("admin:padron_plantilla", args=[suya.programa_id, 2025]) in html
    assert reverse("admin:padron_plantilla", args=[ajena.programa_id, 2025]) not in html


@pytest.mark.parametrize(
    ("nombre", "resto"),
    [
        ("padron_plantilla", []),
        ("padron_plantilla_archivo", ["xlsx"]),
        ("padron_validador", ["linux-x86_64"]),
    ],
)
def test_lo_ajeno_no_existe(enlace, nombre, resto):
    ajena = _regla(publicada=True)
    assert (
        enlace.get(reverse(f"admin:{nombre}", args=[ajena.programa_id, 2025, *resto])).status_code
        == 404
    )
    assert enlace.get(reverse(f"admin:{nombre}", args=[999_999, 2025, *resto])).status_code == 404
    suya = _regla(enlace.dependencia)
    assert (
        enlace.get(reverse(f"admin:{nombre}", args=[suya.programa_id, 2019, *resto])).status_code
        == 404
    )


def test_quien_no_carga_ni_confirma_no_entra():
    cliente = Client()
    entrar(cliente, que_puede(Permiso.REGLA_VER, en=DependenciaFactory()))
    assert cliente.get(reverse("admin:padron_plantillas")).status_code == 403


def test_la_lista_del_panel_cuesta_lo_mismo_con_el_doble(enlace):
    for _ in range(3):
        _regla(enlace.dependencia)
    una = _consultas(enlace, reverse("admin:padron_plantillas"))
    for _ in range(3):
        _regla(enlace.dependencia)
    assert _consultas(enlace, reverse("admin:padron_plantillas")) == una


def test_sin_reglas_y_sin_validador_se_dice_que_hacer(enlace):
    assert "Ningún programa tuyo" in enlace.get(reverse("admin:padron_plantillas")).content.decode()
    suya = _regla(enlace.dependencia)
    html = enlace.get(
        reverse("admin:padron_plantilla", args=[suya.programa_id, 2025])
    ).content.decode()
    assert "Todavía no hay uno hecho" in html
    assert "CURP" in html


def test_de_dos_versiones_manda_la_publicada(enlace):
    publicada = _regla(enlace.dependencia, publicada=True)
    ReglaFactory(
        programa=publicada.programa,
        dependencia=enlace.dependencia,
        ejercicio=2025,
        version=2,
        nombre="La que sigue",
    )
    html = enlace.get(reverse("admin:padron_plantillas")).content.decode()
    assert html.count(reverse("admin:padron_plantilla", args=[publicada.programa_id, 2025])) == 1
    assert "La que sigue" not in html


def test_se_descarga_la_de_un_borrador(enlace):
    suya = _regla(enlace.dependencia)
    url = reverse("admin:padron_plantilla_archivo", args=[suya.programa_id, 2025, "xlsx"])
    assert enlace.get(url).content[:2] == b"PK"


# --- Validadores en la carpeta


@pytest.fixture
def con_validador(settings, tmp_path):
    """Deja un validador de esa regla, como si lo hubiera hecho la orden."""
    settings.PADRON_VALIDADORES = tmp_path

    def _dejar(regla, huella, plataforma="windows-x86_64"):
        ruta = tmp_path / f"validador-{regla.programa.slug}-2025-{plataforma}.pyz"
        dicho = {
            "equipos": {f"cp312-{plataforma}": [], f"cp313-{plataforma}": []},
            "empacado": "2026-02-03",
            "regla": huella,
        }
        with zipfile.ZipFile(ruta, "w") as libro:
            libro.writestr("manifiesto.json", json.dumps(dicho))
        ruta.with_name(f"{ruta.name}.sha256").write_text(f"{'ab' * 32}  {ruta.name}\n")
        return ruta

    return _dejar


def test_dice_de_cada_validador_su_sistema_su_peso_su_python_y_su_huella(enlace, con_validador):
    suya = _regla(enlace.dependencia)
    ruta = con_validador(suya, huella_de_regla(hechos_de(suya)))
    html = enlace.get(
        reverse("admin:padron_plantilla", args=[suya.programa_id, 2025])
    ).content.decode()
    assert "Windows (Intel o AMD, 64 bits)" in html
    assert "Python 3.12, 3.13" in html
    assert "ab" * 32 in html
    assert "cambiaron después" not in html
    descarga = enlace.get(
        reverse("admin:padron_validador", args=[suya.programa_id, 2025, "windows-x86_64"])
    )
    assert b"".join(descarga.streaming_content) == ruta.read_bytes()
    assert ruta.name in descarga["Content-Disposition"]


def test_si_la_regla_cambio_despues_se_avisa(enlace, con_validador):
    suya = _regla(enlace.dependencia)
    con_validador(suya, "otra")
    html = enlace.get(
        reverse("admin:padron_plantilla", args=[suya.programa_id, 2025])
    ).content.decode()
    assert "cambiaron después" in html


@pytest.mark.parametrize("plataforma", ["macos-arm64", "..", "otra"])
def test_el_de_un_sistema_que_no_hay_no_existe(enlace, con_validador, plataforma):
    suya = _regla(enlace.dependencia)
    con_validador(suya, "x")
    url = f"/panel/padron/plantillas/{suya.programa_id}/2025/validador/{plataforma}/"
    assert enlace.get(url).status_code == 404


def test_un_archivo_que_no_es_validador_no_se_ofrece(enlace, con_validador):
    suya = _regla(enlace.dependencia)
    con_validador(suya, "x").write_bytes(b"no es un zip")
    html = enlace.get(
        reverse("admin:padron_plantilla", args=[suya.programa_id, 2025])
    ).content.decode()
    assert "Todavía no hay uno hecho" in html
