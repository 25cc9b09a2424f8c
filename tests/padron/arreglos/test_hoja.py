"""Corregir en Excel: lo que sale es texto con sus razones; lo que vuelve se compara celda por celda."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from padron.consultas import hoja_de_fallidas
from padron.consultas.filas import contexto_de
from padron.consultas.hoja_de_fallidas import partes_de
from padron.exportacion import fallidas
from padron.models import Correccion, Descarte, HojaCorregida
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
from tests.padron.arreglos.conftest import ALCALDIA, CURP, FOLIO, NOMBRES, de_nuevo
from tests.padron.carga.archivos import personas

pytestmark = pytest.mark.django_db
NUESTRAS = 3  # columnas antes de las del archivo


def descompuesta(malas=3, cuantas=12, semilla=1):
    filas = personas(cuantas, semilla=semilla)
    for fila in filas[:malas]:
        fila[ALCALDIA] = "Ecatepec"
    return filas


@pytest.fixture
def carga(entregada):
    return entregada(descompuesta())


def bajar(carga) -> list[list[str]]:
    """La hoja como la ve quien la abre: un renglón por fila, con su encabezado."""
    contexto = contexto_de(carga)
    with fallidas.escribir(contexto, partes_de(contexto)[0]) as archivo:
        return leer(archivo.read())


def leer(contenido: bytes) -> list[list[str]]:
    libro = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(contenido))
    return [[str(c) for c in r] for r in libro.get_sheet_by_index(0).to_python()]


def libro(renglones) -> io.BytesIO:
    """Como lo guarda quien lo corrigió."""
    salida = io.BytesIO()
    with xlsxwriter.Workbook(salida, {"strings_to_formulas": False}) as hecho:
        hoja = hecho.add_worksheet()
        for n, renglon in enumerate(renglones):
            for i, celda in enumerate(renglon):
                if celda:
                    hoja.write_string(n, i, celda)
    salida.seek(0)
    return salida


def subir(carga, renglones, casa):
    return hojas.recibir(carga, libro(renglones), por=casa.enlace)


def previa(carga, hoja):
    return hojas.previa_de(contexto_de(carga), hoja)


# --- bajar --------------------------------------------------------------------------------------


def test_sale_lo_del_archivo_con_su_fila_y_sus_razones(carga):
    encabezado, *renglones = bajar(carga)

    assert encabezado[0] == "Fila"
    assert encabezado[-1] == "Qué corregir"
    assert encabezado[NUESTRAS + CURP] == "CURP"
    assert [r[0] for r in renglones] == ["2", "3", "4"]
    assert renglones[0][NUESTRAS : NUESTRAS + 9] == descompuesta()[0]
    assert "Alcaldía: «Alcaldía» no es una de las 16" in renglones[0][-1]


def test_ninguna_celda_es_una_formula_aunque_lo_parezca(entregada):
    filas = descompuesta()
    filas[0][FOLIO], filas[1][FOLIO] = "=cmd|'/c calc'!A1", "@SUM(A1)"
    contexto = contexto_de(entregada(filas))
    with fallidas.escribir(contexto, partes_de(contexto)[0]) as archivo:
        contenido = archivo.read()

    with zipfile.ZipFile(io.BytesIO(contenido)) as partes:
        hoja = partes.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in hoja
    assert "=cmd|" in hoja
    assert leer(contenido)[1][NUESTRAS + FOLIO] == "=cmd|'/c calc'!A1"


def test_con_mas_filas_de_las_que_caben_salen_varias_hojas(carga, monkeypatch):
    monkeypatch.setattr(hoja_de_fallidas, "TOPE_DE_HOJA", 2)
    contexto = contexto_de(carga)

    partes = partes_de(contexto)

    assert [(p.desde, p.hasta, p.filas) for p in partes] == [(2, 3, 2), (4, 4, 1)]
    with fallidas.escribir(contexto, partes[1]) as archivo:
        assert [r[0] for r in leer(archivo.read())[1:]] == ["4"]


def test_lo_que_quedo_fuera_no_sale(carga, casa):
    Descarte.objects.create(carga=carga, fila=3, motivo="Sobra.", por=casa.enlace)
    assert [r[0] for r in bajar(carga)[1:]] == ["2", "4"]


def test_bajarla_queda_escrito_y_su_nombre_no_dice_nada_de_nadie(client, carga, casa):
    entrar(client, casa.enlace)
    direccion = reverse("admin:padron_fallidas", args=[carga.pk])

    respuesta = client.post(direccion, {"parte": "1"})

    assert respuesta["Content-Disposition"] == (
        f'attachment; filename="{carga.folio}-por-corregir.xlsx"'
    )
    assert len(leer(b"".join(respuesta.streaming_content))) == 4
    (evento,) = Evento.objects.filter(tipo="lectura.carga")
    assert evento.detalle == {"folio": carga.folio, "donde": "hoja", "filas": 3}
    assert client.post(direccion, {"parte": "7"}).status_code == 404


def test_quien_no_ve_datos_personales_no_la_baja(client, carga, casa):
    entrar(client, que_puede(Permiso.PADRON_CARGAR, en=casa.dependencia))
    direccion = reverse("admin:padron_fallidas", args=[carga.pk])

    assert "tu función no permite verlos" in client.get(direccion).content.decode()
    assert client.post(direccion, {"parte": "1"}).status_code == 403
    assert not Evento.objects.filter(tipo="lectura.carga").exists()


# --- subir --------------------------------------------------------------------------------------


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
