"""La plantilla: llena con sus ejemplos se carga sin preguntar, y lo que la hoja deja escribir es lo que se revisa."""

from __future__ import annotations

import csv
import datetime
import io
import re
from dataclasses import replace

import pytest

from padron.validacion import plantilla
from padron.validacion.archivo import revisar_archivo
from padron.validacion.formato import campos
from padron.validacion.informe import errores
from padron.validacion.limites_de_celda import limite
from padron.validacion.mapeo import adivinar
from padron.validacion.regla import ColumnaPedida
from sibis.nucleo.errores import ArchivoIlegible
from tests.padron.viaja import reglas as r
from tests.padron.viaja.libro import X, celdas, formatos, hoja, llenar, parte, validaciones

por_regla = pytest.mark.parametrize("regla", r.TODAS, ids=lambda x: x.clave)
DE_PERSONAS = [regla for regla in r.TODAS if regla is not r.COLECTIVOS]


# --- De ida y vuelta


@por_regla
def test_llena_con_sus_ejemplos_se_carga_sin_nada_que_la_detenga(tmp_path, regla):
    revisado = revisar_archivo(
        llenar(regla, tmp_path / "plantilla.xlsx"), regla, trabajo=tmp_path / "t"
    )

    hallados = list(errores(revisado.resultado.hallazgos, regla))
    assert [h for h in hallados if h["severidad"] == "bloquea"] == []
    assert revisado.resultado.filas == revisado.resultado.validas == 1
    assert revisado.lectura.hoja == "Padrón"
    assert not revisado.resultado.faltan.bloquean
    assert not revisado.resultado.faltan.recomendadas


@por_regla
def test_sus_titulos_se_reconocen_todos_y_sin_dudar(regla):
    suyos = campos(regla)
    for encabezado in ([c.encabezado for c in suyos], [c.titulo for c in suyos]):
        mapeo = adivinar(encabezado, [], regla)
        assert list(mapeo.lugares) == [c.columna.identificador for c in suyos]
        assert not mapeo.dudosas
        assert not mapeo.ignoradas


@pytest.mark.parametrize("regla", DE_PERSONAS, ids=lambda x: x.clave)
def test_la_revision_no_avisa_nada_del_ejemplo_de_una_persona(tmp_path, regla):
    ruta = llenar(regla, tmp_path / "p.xlsx")
    revisado = revisar_archivo(ruta, regla, trabajo=tmp_path / "t")
    assert list(errores(revisado.resultado.hallazgos, regla)) == []


def test_vacia_se_dice_que_no_trae_filas(tmp_path):
    ruta = tmp_path / "p.xlsx"
    ruta.write_bytes(plantilla.en_xlsx(r.MENORES))
    with pytest.raises(ArchivoIlegible, match="no trae ninguna fila"):
        revisar_archivo(ruta, r.MENORES, trabajo=tmp_path / "t")


# --- Qué lleva


def test_el_titulo_del_ejercicio_se_usa_si_con_el_se_reconoce_la_columna():
    titulos = {c.columna.identificador: c.titulo for c in campos(r.MENORES)}
    assert titulos["domicilio"] == "Calle y número"
    assert titulos["ocupacion"] == "Ocupación"  # «A qué se dedica» no se reconocería


def test_lleva_lo_que_la_regla_pide_y_no_lo_que_le_sobra():
    menores = {c.columna.identificador for c in campos(r.MENORES)}
    assert {"tutor_curp", "tutor_nombre", "escolaridad", "ministracion", "tipo_persona"} <= menores
    assert not menores & {"denominacion", "nombre_completo", "edad", "estado_civil"}
    assert "denominacion" in {c.columna.identificador for c in campos(r.COLECTIVOS)}
    assert "tutor_curp" not in {c.columna.identificador for c in campos(r.FACILITADORAS)}


def test_lo_obligatorio_se_marca_sin_depender_del_color_y_dice_por_que():
    de = {c.columna.identificador: c for c in campos(r.MENORES)}
    assert de["curp"].encabezado == "CURP *"
    assert de["alcaldia"].porque == "La regla de operación dice en qué alcaldías."
    assert de["domicilio"].norma == "Lineamientos de 2025, numeral 4"
    assert not de["telefono"].es_obligatorio
    assert not de["escolaridad"].es_obligatorio
    assert de["escolaridad"].recomendada


@por_regla
def test_las_tres_hojas_y_la_guia_nombran_cada_columna(regla):
    contenido = plantilla.en_xlsx(regla)
    nombres = [h.get("name") for h in parte(contenido, "xl/workbook.xml").iter(f"{X}sheet")]
    assert nombres == ["Padrón", "Cómo llenarlo", "Catálogos"]
    guia = celdas(contenido, "Cómo llenarlo")
    assert {c.titulo for c in campos(regla)} <= {t for (_f, lugar), t in guia.items() if lugar == 0}
    encabezado = {lugar: t for (_f, lugar), t in celdas(contenido, "Padrón").items()}
    assert encabezado == {n: c.encabezado for n, c in enumerate(campos(regla))}
    assert hoja(contenido, "Padrón").find(f".//{X}pane").get("state") == "frozen"


def test_cada_encabezado_lleva_su_nota_con_ejemplo_y_norma():
    notas = [
        "".join(n.itertext())
        for n in parte(plantilla.en_xlsx(r.MENORES), "xl/comments1.xml").iter(f"{X}comment")
    ]
    assert len(notas) == len(campos(r.MENORES))
    domicilio = next(n for n in notas if "numeral 4" in n)
    assert "Ejemplo: Calle 5 núm. 10" in domicilio
    assert "Obligatoria." in domicilio


# --- Qué deja escribir


def test_hay_listas_para_lo_que_es_de_lista_y_son_las_de_esta_regla():
    de = validaciones(r.MENORES)
    catalogos = celdas(plantilla.en_xlsx(r.MENORES), "Catálogos")
    esperadas = {
        "sexo": ["H", "M", "X"],
        "alcaldia": ["Coyoacán", "Benito Juárez"],
        "tipo_persona": ["persona", "menor"],
        "apoyo": ["Beca mensual"],
    }
    for nombre, opciones in esperadas.items():
        assert de[nombre].get("type") == "list"
        letra, desde, _letra, hasta = re.fullmatch(
            r"'Catálogos'!\$(\w)\$(\d+):\$(\w)\$(\d+)", de[nombre].find(f"{X}formula1").text
        ).groups()
        lugar = ord(letra) - ord("A")
        assert [catalogos[n - 1, lugar] for n in range(int(desde), int(hasta) + 1)] == opciones


def test_las_validaciones_llegan_a_diez_mil_filas():
    de = validaciones(r.MENORES)
    assert len(de) == len(campos(r.MENORES))
    for puesta in de.values():
        assert re.fullmatch(r"[A-Z]+2:[A-Z]+10001", puesta.get("sqref"))


def test_los_limites_de_la_regla_van_en_palabras():
    de = validaciones(r.MENORES)
    assert "A lo más $600.00" in de["monto"].get("error")
    assert "desde 6 años hasta 14 años 11 meses" in de["fecha_nacimiento"].get("error")
    assert "31/03/2026" in de["fecha_apoyo"].get("error")
    assert "mujeres" in validaciones(r.MUJERES)["sexo"].get("prompt")


def test_lo_que_solo_avisa_pregunta_y_lo_que_bloquea_detiene():
    de = validaciones(r.MENORES)
    assert de["telefono"].get("errorStyle") == "warning"
    assert de["apoyo"].get("errorStyle") == "warning"
    assert de["curp"].get("errorStyle") is None  # detener es lo de omisión
    assert de["alcaldia"].get("errorStyle") is None


def test_las_claves_son_texto_para_que_no_pierdan_cifras():
    de = formatos(plantilla.en_xlsx(r.MENORES))
    por_nombre = {c.columna.identificador: de[n] for n, c in enumerate(campos(r.MENORES))}
    for nombre in ("curp", "clabe", "folio", "telefono", "codigo_postal", "tutor_curp"):
        assert por_nombre[nombre] == "@"
    assert por_nombre["fecha_nacimiento"] == por_nombre["fecha_apoyo"] == "dd/mm/yyyy"
    assert por_nombre["monto"] == "#,##0.00"


@por_regla
def test_ningun_mensaje_pasa_de_lo_que_la_hoja_admite(regla):
    larga = replace(
        regla,
        nombre="Programa " * 30,
        columnas=(ColumnaPedida("domicilio", "Domicilio", True, "Lineamientos " * 60),),
    )
    for campo in campos(larga):
        puesto = limite(campo, larga, "")
        assert len(puesto["input_title"]) <= 32
        assert len(puesto["error_title"]) <= 32
        assert len(puesto["input_message"]) <= 255
        assert len(puesto.get("error_message", "")) <= 255
    assert plantilla.en_xlsx(larga)


def test_la_hoja_no_es_mas_estrecha_que_la_revision():
    """Lo que la revisión acepta en las orillas, la hoja lo deja escribir."""
    de = {c.columna.identificador: limite(c, r.MENORES, "") for c in campos(r.MENORES)}
    fechas = de["fecha_nacimiento"]
    assert fechas["minimum"] <= datetime.date(2010, 2, 2)  # 14 años 11 meses al 1/1/2025
    assert fechas["maximum"] >= datetime.date(2019, 1, 1)  # 6 años cumplidos ese día
    assert de["monto"]["maximum"] == 6000  # el total de diez ministraciones en un renglón


# --- Los mismos bytes


@por_regla
def test_los_mismos_hechos_dan_los_mismos_bytes(regla):
    otra = replace(regla, hoy="2031-01-01", colonias=())
    assert plantilla.en_xlsx(regla) == plantilla.en_xlsx(otra)
    assert plantilla.en_csv(regla) == plantilla.en_csv(otra)
    assert plantilla.huella(regla) == plantilla.huella(otra)
    assert plantilla.huella(replace(regla, edad_min_meses=13)) != plantilla.huella(regla)


def test_en_csv_es_el_encabezado_y_nada_mas():
    contenido = plantilla.en_csv(r.MENORES)
    assert contenido.startswith(b"\xef\xbb\xbf")
    assert contenido.endswith(b"\r\n")
    (encabezado,) = csv.reader(io.StringIO(contenido.decode("utf-8-sig")))
    assert encabezado == [c.titulo for c in campos(r.MENORES)]


def test_nada_de_la_regla_se_vuelve_formula():
    mala = replace(r.MENORES, nombre='=HYPERLINK("http://x")')
    mala = replace(mala, apoyos=(replace(mala.apoyos[0], nombre="=1+1"),))
    contenido = plantilla.en_xlsx(mala)
    for nombre in ("Padrón", "Cómo llenarlo", "Catálogos"):
        assert not list(hoja(contenido, nombre).iter(f"{X}f"))
