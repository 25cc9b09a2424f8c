"""La firma de un PDF: se comprueba, y cualquier byte que cambie lo que se lee la rompe."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509 import load_pem_x509_certificate

from sibis.documentos import firma, pdf

HTML = '<html lang="es"><title>Prueba</title><h1>Dictamen</h1><p>Favorable.</p></html>'


@pytest.fixture(autouse=True)
def _sin_clave_de_otra_prueba(settings, tmp_path):
    settings.VAR = tmp_path
    for memoria in (firma._de_esta_instalacion, firma._de_p12, firma._de_un_pem):
        memoria.cache_clear()


@pytest.fixture
def firmado():
    return firma.firmar(pdf.desde_html(HTML), razon="Dictamen de prueba")


def test_lo_firmado_se_comprueba_y_dice_quien(firmado):
    comprobada = firma.comprobar(firmado)

    assert comprobada.es_valida
    assert comprobada.firmante == "SIBIS Ciudad de México"
    assert comprobada.firmado_en is not None


def test_sigue_siendo_un_pdf_que_abre_con_su_texto_y_su_etiquetado(firmado):
    assert firmado.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in firmado
    assert b"/ETSI.CAdES.detached" in firmado


def test_un_byte_cambiado_en_lo_firmado_la_invalida(firmado):
    """De orilla a orilla del contenido: nada de lo que se lee queda sin cubrir."""
    hasta = firmado.index(b"/Contents <")
    for lugar in range(0, hasta, max(1, hasta // 60)):
        alterado = bytearray(firmado)
        alterado[lugar] ^= 0x01
        assert not firma.comprobar(bytes(alterado)).es_valida, lugar


@pytest.mark.parametrize("cola", [b"x", b"\n%otra cosa\n"])
def test_lo_que_se_agrega_despues_de_la_firma_la_invalida(firmado, cola):
    assert not firma.comprobar(firmado + cola).es_valida


def test_lo_escondido_en_el_relleno_de_la_firma_la_invalida(firmado):
    """Es el único hueco que la firma no cubre."""
    lugar = firmado.index(b"0" * 40, firmado.index(b"/Contents <")) + 20
    alterado = firmado[:lugar] + b"7" + firmado[lugar + 1 :]

    assert not firma.comprobar(alterado).intacto


@pytest.mark.parametrize("basura", [b"", b"hola", b"%PDF-1.7\n%%EOF", b"\x00" * 3000])
def test_lo_que_no_es_un_pdf_firmado_no_lo_es_y_no_truena(basura):
    assert firma.comprobar(basura) == firma.Comprobacion()


def test_un_pdf_sin_firma_no_esta_firmado():
    assert not firma.comprobar(pdf.desde_html(HTML)).firmado


def test_la_clave_se_hace_una_vez_y_solo_la_lee_su_duenio(firmado, settings):
    ruta = Path(settings.VAR) / firma.ARCHIVO
    antes = ruta.read_bytes()
    firma._de_esta_instalacion.cache_clear()
    firma.firmar(pdf.desde_html(HTML), razon="Otra")

    assert stat.S_IMODE(ruta.stat().st_mode) == 0o600
    assert ruta.read_bytes() == antes
    assert [r.name for r in ruta.parent.iterdir()] == [firma.ARCHIVO]


def test_lo_firmado_por_otra_instalacion_esta_intacto_y_no_es_nuestro(firmado, settings, tmp_path):
    settings.VAR = tmp_path / "otra"

    comprobada = firma.comprobar(firmado)
    assert (comprobada.firmado, comprobada.intacto, comprobada.es_nuestra) == (True, True, False)


def test_lo_firmado_con_el_certificado_anterior_sigue_siendo_nuestro(firmado, settings, tmp_path):
    anteriores = tmp_path / "anteriores.pem"
    anteriores.write_bytes((tmp_path / firma.ARCHIVO).read_bytes())
    settings.VAR, settings.FIRMA_ANTERIORES = tmp_path / "otra", str(anteriores)

    assert firma.comprobar(firmado).es_valida


def test_con_el_certificado_de_la_institucion_se_firma_con_ese(firmado, settings, tmp_path):
    pem = (tmp_path / firma.ARCHIVO).read_bytes()
    p12 = tmp_path / "institucion.p12"
    p12.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"firma",
            load_pem_private_key(pem, None),
            load_pem_x509_certificate(pem),
            None,
            BestAvailableEncryption(b"secreta"),
        )
    )
    settings.VAR = tmp_path / "otra"
    settings.FIRMA_P12, settings.FIRMA_CLAVE = str(p12), "secreta"

    assert firma.comprobar(firma.firmar(pdf.desde_html(HTML), razon="Otra")).es_valida
    assert not (tmp_path / "otra").exists()


def test_una_contrasena_equivocada_se_dice_en_palabras(settings, tmp_path):
    (tmp_path / "malo.p12").write_bytes(b"no es")
    settings.FIRMA_P12 = str(tmp_path / "malo.p12")

    with pytest.raises(firma.SinClaveDeFirma, match="SIBIS_FIRMA_CLAVE"):
        firma.firmar(pdf.desde_html(HTML), razon="Otra")
