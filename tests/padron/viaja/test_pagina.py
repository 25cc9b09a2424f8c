"""La página del equipo: solo oye aquí, solo con su llave, y enseña lo mismo que la orden."""

from __future__ import annotations

import http.client
import io
import json
import threading
import time
import zipfile

import pytest
import python_calamine

from padron.validacion.formato import campos
from padron.viajero.mesa import Mesa
from padron.viajero.pagina import AQUI, Servidor
from padron.viajero.recepcion import nombre_seguro, recibir
from padron.viajero.revision import Viajero
from sibis.nucleo.errores import ArchivoIlegible
from tests.padron.viaja import reglas as r
from tests.padron.viaja.libro import llenar

SECRETO = "Xochiquetzalli"


@pytest.fixture
def servidor(tmp_path):
    mesa = Mesa(Viajero(r.MENORES, "2026-01-15", "0.0.0"), carpeta=tmp_path / "mesa")
    mesa.carpeta.mkdir()
    with Servidor(mesa) as abierto:
        hilo = threading.Thread(target=abierto.atender, daemon=True)
        hilo.start()
        yield abierto
        abierto.terminado = True
        hilo.join(5)
    mesa.levantar()


@pytest.fixture
def pedir(servidor):
    """(estado, cabeceras, cuerpo) de una petición; `ruta` va después de la llave."""

    def _pedir(metodo, ruta, cuerpo=None, *, cruda=None, **cabeceras):
        conexion = http.client.HTTPConnection(AQUI, servidor.puerto, timeout=30)
        propias = {k.replace("_", "-"): v for k, v in cabeceras.items()}
        conexion.request(metodo, cruda or f"/{servidor.llave}/{ruta}", cuerpo, propias)
        respuesta = conexion.getresponse()
        salida = respuesta.status, dict(respuesta.getheaders()), respuesta.read()
        conexion.close()
        return salida

    return _pedir


def _formulario(contenido: bytes, nombre: str = "padron.csv") -> tuple[bytes, str]:
    cabeza = f'--FF\r\nContent-Disposition: form-data; name="archivo"; filename="{nombre}"\r\nContent-Type: text/csv\r\n\r\n'
    return cabeza.encode() + contenido + b"\r\n--FF--\r\n", "multipart/form-data; boundary=FF"


def _sucio() -> bytes:
    titulos = ",".join(c.titulo for c in campos(r.MENORES))
    return f"{titulos}\nF-1,MALACURP,{SECRETO}\nF-2,,=cmd|x\n".encode()


def _subir(pedir, contenido=None, nombre="padron.csv"):
    cuerpo, tipo = _formulario(_sucio() if contenido is None else contenido, nombre)
    return pedir("POST", "revisar", cuerpo, Content_Type=tipo)


# --- La puerta


def test_solo_oye_en_este_equipo(servidor):
    assert servidor.server_address[0] == "127.0.0.1"
    assert len(servidor.llave) >= 40


def test_sin_la_llave_no_hay_nada(servidor, pedir):
    for ruta in ("/", "/x", "/x/", f"/{servidor.llave}", f"/{servidor.llave[:-1]}/", "//", "/../"):
        estado, _cabeceras, cuerpo = pedir("GET", "", cruda=ruta)
        assert (estado, cuerpo) == (404, b""), ruta
    estado, _cabeceras, _cuerpo = pedir("POST", "", b"", cruda="/x/revisar")
    assert estado == 404


def test_un_dominio_ajeno_que_apunta_aqui_no_entra(servidor, pedir):
    for anfitrion in (
        "ejemplo.mx",
        f"ejemplo.mx:{servidor.puerto}",
        "127.0.0.1",
        f"127.0.0.1:{servidor.puerto}.mx",
    ):
        assert pedir("GET", "", Host=anfitrion)[0] == 404
    assert pedir("GET", "", Host=f"localhost:{servidor.puerto}")[0] == 200


def test_otra_pagina_no_puede_mandar_ni_leer(servidor, pedir):
    cuerpo, tipo = _formulario(_sucio())
    for origen in ("https://ejemplo.mx", "null", "http://127.0.0.1:1"):
        estado, cabeceras, _cuerpo = pedir(
            "POST", "revisar", cuerpo, Content_Type=tipo, Origin=origen
        )
        assert estado == 403
    assert servidor.mesa.revisado is None
    _estado, cabeceras, _cuerpo = pedir("GET", "", Origin="https://ejemplo.mx")
    assert not [c for c in cabeceras if c.lower().startswith("access-control")]
    assert "default-src 'none'" in cabeceras["Content-Security-Policy"]
    assert cabeceras["Cross-Origin-Resource-Policy"] == "same-origin"
    assert cabeceras["Cache-Control"] == "no-store"
    assert pedir("OPTIONS", "")[0] == 501


def test_lo_que_no_es_una_ruta_suya_no_existe(pedir):
    for ruta in (
        "../regla.json",
        "trabajo/revision",
        "informe.json",
        "por-corregir.xlsx",
        "%2e%2e/",
    ):
        assert pedir("GET", ruta)[0] == 404
    assert pedir("POST", "otra", b"")[0] == 404
    assert pedir("GET", "resultado")[1]["Location"] == "./"


# --- Revisar


def test_se_sube_se_lee_y_se_descarga(servidor, pedir):
    estado, cabeceras, _cuerpo = _subir(pedir)
    assert (estado, cabeceras["Location"]) == (303, "resultado")

    estado, _cabeceras, cuerpo = pedir("GET", "resultado")
    html = cuerpo.decode()
    assert estado == 200
    assert "De 2 filas, 0 pueden entrar y 2 esperan a que se corrijan." in html
    assert SECRETO not in html
    assert "MALACURP" not in html
    assert "<script" not in html
    assert 'src="' not in html

    _estado, cabeceras, cuerpo = pedir("GET", "informe.json")
    assert json.loads(cuerpo)["con_error"] == 2
    assert "padron-informe.json" in cabeceras["Content-Disposition"]
    assert SECRETO.encode() not in cuerpo

    _estado, _cabeceras, cuerpo = pedir("GET", "informe.html")
    assert cuerpo.startswith(b"<!DOCTYPE html>")
    assert b"Descargar" not in cuerpo


def test_las_filas_por_corregir_traen_su_numero_su_motivo_y_nada_que_se_ejecute(pedir):
    _subir(pedir)
    _estado, _cabeceras, cuerpo = pedir("GET", "por-corregir.xlsx")
    libro = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(cuerpo))
    titulos, una, otra = libro.get_sheet_by_index(0).to_python()
    assert titulos[:3] == ["Fila", "Qué corregir", "Folio"]
    assert (una[0], una[2], una[4]) == (2, "F-1", SECRETO)
    assert "CURP: La CURP no tiene la forma" in una[1]
    assert otra[4] == "=cmd|x"
    with zipfile.ZipFile(io.BytesIO(cuerpo)) as hojas:
        assert b"<f>" not in hojas.read("xl/worksheets/sheet1.xml")


def test_lo_corregido_se_vuelve_a_subir_y_se_reconoce(servidor, pedir):
    _subir(pedir)
    _estado, _cabeceras, cuerpo = pedir("GET", "por-corregir.xlsx")
    antes = dict(servidor.mesa.revisado.mapeo.reconocidas)
    _subir(pedir, cuerpo, "por-corregir.xlsx")
    mapeo = servidor.mesa.revisado.mapeo
    assert mapeo.reconocidas == antes
    assert mapeo.ignoradas == ["Fila", "Qué corregir"]


def test_un_archivo_que_no_es_tabla_se_dice_y_se_puede_elegir_otro(pedir):
    estado, _cabeceras, cuerpo = _subir(pedir, b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "foto.csv")
    assert estado == 422
    assert "es una imagen, no una tabla" in cuerpo.decode()
    assert 'type="file"' in cuerpo.decode()
    assert _subir(pedir)[0] == 303


def test_sin_elegir_archivo_se_dice(pedir):
    cuerpo, tipo = _formulario(b"", "")
    estado, _cabeceras, html = pedir("POST", "revisar", cuerpo, Content_Type=tipo)
    assert estado == 422
    assert "No elegiste ningún archivo" in html.decode()


def test_una_llegada_mal_hecha_se_niega_sin_caerse(pedir):
    cuerpo, tipo = _formulario(_sucio())
    for malo, como in (
        (cuerpo, "text/plain"),
        (b"", tipo),
        (cuerpo[:-4] + b"xxxx", tipo),
        (b"x" * 40_000, tipo),
    ):
        assert pedir("POST", "revisar", malo, Content_Type=como)[0] == 422
    assert pedir("GET", "")[0] == 200


def test_otra_hoja_del_mismo_libro(servidor, pedir, tmp_path):
    lleno = llenar(r.MENORES, tmp_path / "p.xlsx").read_bytes()
    _subir(pedir, lleno, "p.xlsx")
    assert servidor.mesa.revisado.lectura.hoja == "Padrón"
    assert "Revisar esa hoja" in pedir("GET", "resultado")[2].decode()
    estado, _cabeceras, _cuerpo = pedir("POST", "hoja", b"hoja=Cat%C3%A1logos")
    assert estado == 303
    assert servidor.mesa.revisado.lectura.hoja == "Catálogos"
    estado, _cabeceras, cuerpo = pedir("POST", "hoja", b"hoja=Ninguna")
    assert estado == 422
    assert "Ninguna" in cuerpo.decode()
    assert pedir("POST", "hoja", b"h" * 5000)[0] == 413


def test_da_la_plantilla_de_su_regla(pedir):
    _estado, cabeceras, cuerpo = pedir("GET", "plantilla.xlsx")
    assert "plantilla-padron-menores-2025.xlsx" in cabeceras["Content-Disposition"]
    assert (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(cuerpo)).sheet_names[0]
        == "Padrón"
    )


def test_lo_escrito_en_el_archivo_nunca_es_html(pedir):
    malo = b"<b>CURP</b>,<script>alert(1)</script>\nXX,1\n"
    _subir(pedir, malo, "<img src=x onerror=alert(1)>.csv")
    html = pedir("GET", "resultado")[2].decode()
    assert "<script" not in html
    assert "<b>" not in html
    assert "<img" not in html


# --- Al terminar no queda nada


def test_terminar_para_y_borra(servidor, pedir):
    _subir(pedir)
    estado, _cabeceras, cuerpo = pedir("POST", "terminar", b"")
    assert estado == 200
    assert "Se borró lo que se usó" in cuerpo.decode()
    limite = time.monotonic() + 5
    while not servidor.terminado and time.monotonic() < limite:
        time.sleep(0.01)
    assert servidor.terminado
    servidor.mesa.levantar()
    assert not servidor.mesa.carpeta.exists()


def test_el_archivo_anterior_se_borra_al_elegir_otro(servidor, pedir):
    _subir(pedir, nombre="uno.csv")
    _subir(pedir, nombre="dos.csv")
    assert [x.name for x in (servidor.mesa.carpeta / "llegada").iterdir()] == ["dos.csv"]


# --- Piezas


@pytest.mark.parametrize(
    ("dicho", "queda"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\padrón 2025.xlsx", "padrón 2025.xlsx"),
        ("..", "padron"),
        ("a:b|c?.csv", "a_b_c_.csv"),
        ("x" * 300 + ".csv", "x" * 100 + ".csv"),
    ],
)
def test_el_nombre_no_sale_de_su_carpeta(dicho, queda):
    assert nombre_seguro(dicho) == queda


def test_lo_que_pesa_de_mas_se_niega_antes_de_guardarlo(tmp_path):
    with pytest.raises(ArchivoIlegible, match="Divídelo"):
        recibir(
            io.BytesIO(b""),
            tipo="multipart/form-data; boundary=FF",
            largo=5 * 10**9,
            carpeta=tmp_path,
        )
    assert list(tmp_path.iterdir()) == []
