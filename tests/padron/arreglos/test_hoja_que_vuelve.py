"""La hoja que vuelve se compara celda por celda; lo que no procede se niega con su porqué."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from padron.models import Correccion, HojaCorregida
from padron.servicios import correcciones, decisiones, hojas
from sibis.bitacora.models import Evento
from sibis.cuentas.permisos import Permiso
from sibis.nucleo.errores import (
    ArchivoIlegible,
    EdicionConcurrente,
    ErrorDeNegocio,
    SinPermiso,
    TransicionInvalida,
)
from tests.fabricas.cuentas import entrar, que_puede
from tests.padron.arreglos.conftest import ALCALDIA, NOMBRES, de_nuevo, descompuesta
from tests.padron.arreglos.hojas import (
    NUESTRAS,
    bajar,
    libro,
    previa,
    subir,
)

pytestmark = pytest.mark.django_db


def test_subirla_tal_cual_no_cambia_nada(entregada, casa):
    """Ni con acentos, comillas, renglones, espacios, fórmulas ni ceros a la izquierda."""
    filas = descompuesta(5)
    for fila, raro in zip(
        filas,
        (" Ñandú  «x» ", 'con "comillas"', "a\nb", "=1+1", "007"),
        strict=False,
    ):
        fila[NOMBRES] = raro
    carga = entregada(filas)

    leida = previa(carga, subir(carga, bajar(carga), casa))

    assert (leida.celdas, leida.iguales, leida.cuantas_negadas) == (0, 5, 0)


def test_solo_lo_cambiado_se_anota_y_la_carga_se_revisa(carga, casa):
    renglones = bajar(carga)
    renglones[1][NUESTRAS + ALCALDIA] = "Iztapalapa"
    renglones[2][NUESTRAS + ALCALDIA] = "Tlalpan"
    del renglones[3]  # lo que se borra de la hoja se queda como está
    hoja = subir(carga, renglones, casa)
    leida = previa(carga, hoja)
    assert (leida.celdas, leida.filas) == (2, 2)
    assert not Correccion.objects.exists()

    hojas.aplicar(carga, hoja, por=casa.enlace, en_cola=False)
    carga = de_nuevo(carga)

    anotadas = Correccion.objects.values_list("fila", "lugar", "crudo", "nuevo")
    assert list(anotadas) == [
        (2, ALCALDIA, "Ecatepec", "Iztapalapa"),
        (3, ALCALDIA, "Ecatepec", "Tlalpan"),
    ]
    assert carga.con_error == 1
    with pytest.raises(EdicionConcurrente, match="ya se aplicó"):
        hojas.aplicar(carga, hoja, por=casa.enlace, en_cola=False)


def test_un_renglon_anadido_repetido_o_de_una_fila_que_no_espera_se_niega(carga, casa):
    renglones = bajar(carga)
    renglones[1][NUESTRAS + ALCALDIA] = "Iztapalapa"
    repetido = list(renglones[1])
    ajena = ["9", *renglones[1][1:]]
    nuevo = ["", "", "", *descompuesta()[0], ""]
    leida = previa(carga, subir(carga, [*renglones, repetido, ajena, nuevo], casa))

    assert leida.celdas == 1
    dichos = dict(leida.negadas)
    assert "dos veces" in dichos[5]
    assert "ya no está entre las que esperan" in dichos[6]
    assert "renglón añadido" in dichos[7]


def test_la_hoja_de_otra_carga_se_niega_entera(entregada, carga, casa):
    otra = entregada(descompuesta(semilla=2), periodo="t2")

    with pytest.raises(ArchivoIlegible, match="otra carga"):
        subir(carga, bajar(otra), casa)
    assert not HojaCorregida.objects.exists()


def test_una_fila_con_la_huella_de_otra_no_entra(carga, casa):
    """Cambiar a mano el número de fila no sirve para corregir otra."""
    renglones = bajar(carga)
    renglones[1][0], renglones[2][0] = "3", "2"
    leida = previa(carga, subir(carga, renglones, casa))

    assert (leida.celdas, leida.cuantas_negadas) == (0, 2)


def test_lo_que_alguien_cambio_mientras_no_se_encima(carga, casa):
    renglones = bajar(carga)
    renglones[1][NUESTRAS + ALCALDIA] = "Tlalpan"
    correcciones.guardar_filas(
        carga, {2: correcciones.Pedido("0-0", {ALCALDIA: "Iztapalapa"})}, por=casa.enlace
    )
    hoja = subir(carga, renglones, casa)

    assert "no se encima lo suyo" in previa(carga, hoja).negadas[0][1]
    with pytest.raises(ErrorDeNegocio, match="no hay nada que cambiar"):
        hojas.aplicar(carga, hoja, por=casa.enlace, en_cola=False)


@pytest.mark.parametrize(
    "cambio",
    [
        lambda t: [*t[:5], "otra", *t[6:]],
        lambda t: t[:-1],
        lambda t: [t[1], t[0], *t[2:]],
        lambda t: [*t, "una de más"],
    ],
)
def test_si_cambiaron_las_columnas_se_niega(carga, casa, cambio):
    titulos, *resto = bajar(carga)
    with pytest.raises(ArchivoIlegible, match="Las columnas no son"):
        subir(carga, [cambio(titulos), *resto], casa)


def bomba() -> bytes:
    """Un libro de pocos kB que se abre en cientos de MB."""
    salida = io.BytesIO()
    base = libro([["Fila"]]).getvalue()
    with (
        zipfile.ZipFile(io.BytesIO(base)) as de,
        zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as a,
    ):
        for miembro in de.namelist():
            a.writestr(miembro, de.read(miembro))
        a.writestr("xl/media/relleno.bin", b"\0" * 300_000_000)
    return salida.getvalue()


@pytest.mark.parametrize(
    "contenido",
    [
        b"",
        b"Fila,Carga\n1,2\n",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"PK\x03\x04" + b"\0" * 200,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "bomba",
    ],
    ids=["vacío", "csv", "imagen", "zip roto", "libro con contraseña o roto", "bomba"],
)
def test_lo_que_no_es_un_libro_sano_se_niega_y_no_queda_nada(client, carga, casa, contenido):
    contenido = bomba() if contenido == "bomba" else contenido
    entrar(client, casa.enlace)
    direccion = reverse("admin:padron_subir_fallidas", args=[carga.pk])

    respuesta = client.post(direccion, {"archivo": SimpleUploadedFile("h.xlsx", contenido)})

    assert respuesta.status_code == 422
    assert 'class="resumen-errores"' in respuesta.content.decode()
    assert not HojaCorregida.objects.exists()
    assert not Correccion.objects.exists()


def test_un_libro_sin_renglones_o_vacio_no_cambia_nada(carga, casa):
    (titulos, *_resto) = bajar(carga)
    assert previa(carga, subir(carga, [titulos], casa)).celdas == 0
    with pytest.raises(ArchivoIlegible):
        subir(carga, [], casa)


def test_no_queda_ningun_archivo_suelto(carga, casa, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", None)
    subir(carga, bajar(carga), casa)
    assert list(Path(tmp_path / "t").iterdir()) == []


def test_de_la_pagina_se_sube_se_ve_y_se_aplica(
    client, carga, casa, django_capture_on_commit_callbacks
):
    entrar(client, casa.enlace)
    renglones = bajar(carga)
    renglones[1][NUESTRAS + ALCALDIA] = "Iztapalapa"
    renglones[1][NUESTRAS + NOMBRES] = "Guadalupe"
    subida = client.post(
        reverse("admin:padron_subir_fallidas", args=[carga.pk]),
        {"archivo": SimpleUploadedFile("h.xlsx", libro(renglones).getvalue())},
    )
    assert subida.status_code == 302

    pagina = client.get(subida.url).content.decode()
    assert "Cambiaste 2 celdas en 1 filas." in pagina
    assert "Guadalupe" not in pagina
    con_datos = client.post(subida.url, {"accion": "ver"}).content.decode()
    assert "Guadalupe" in con_datos
    assert Evento.objects.filter(tipo="lectura.carga").count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        hecho = client.post(subida.url, {"accion": "aplicar"})
    assert hecho.status_code == 302
    carga.refresh_from_db()
    assert carga.con_error == 2
    assert "Se aplicó el" in client.get(subida.url).content.decode()


def test_la_hoja_que_subio_otra_persona_no_existe(client, carga, casa):
    hoja = subir(carga, bajar(carga), casa)
    otra = que_puede(Permiso.PADRON_CARGAR, Permiso.DATOS_PERSONALES_VER, en=casa.dependencia)
    entrar(client, otra)

    direccion = reverse("admin:padron_hoja_corregida", args=[carga.pk, hoja.pk])
    assert client.get(direccion).status_code == 404
    assert client.post(direccion, {"accion": "aplicar"}).status_code == 404


def test_solo_quien_carga_y_mientras_esta_por_revisar(carga, casa):
    renglones = bajar(carga)
    with pytest.raises(SinPermiso):
        hojas.recibir(carga, libro(renglones), por=casa.titular)
    hoja = subir(carga, renglones, casa)
    decisiones.presentar(carga, por=casa.enlace)
    with pytest.raises(TransicionInvalida):
        hojas.aplicar(carga, hoja, por=casa.enlace)
