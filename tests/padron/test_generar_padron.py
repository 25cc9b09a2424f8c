"""bin/sibis generar_padron, como lo llama quien lo usa."""

from __future__ import annotations

import csv
import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from padron.generacion import columnas as c
from padron.generacion.defecto import dia_de
from sibis.nucleo.edades import edad_en_meses
from tests.fabricas.programas import ReglaFactory
from tests.fabricas.territorio import AlcaldiaFactory


def correr(carpeta: Path, *opciones: str, filas: int = 200, salida: str = "p.csv") -> str:
    dicho = StringIO()
    call_command(
        "generar_padron",
        f"--filas={filas}",
        "--semilla=1",
        f"--salida={carpeta / salida}",
        f"--verdad={carpeta / 'v.csv'}",
        *opciones,
        stdout=dicho,
    )
    return dicho.getvalue()


def leer(ruta: Path) -> list[list[str]]:
    with ruta.open(encoding="utf-8", newline="") as archivo:
        return list(csv.reader(archivo))


def test_sin_mas_ensucia_quince_de_cada_cien(tmp_path):
    dicho = correr(tmp_path)
    sucias = {v[0] for v in leer(tmp_path / "v.csv")[1:] if v[1] and v[2]}
    assert len(sucias) == 30
    assert "200 filas" in dicho
    assert "curp_digito" in dicho


@pytest.mark.parametrize("opcion", ["--limpio", "--sucio=0"])
def test_limpio_no_trae_defectos(tmp_path, opcion):
    correr(tmp_path, opcion)
    assert {v[2] for v in leer(tmp_path / "v.csv")[1:]} == {""}
    assert len(leer(tmp_path / "p.csv")) == 201


def test_patron_de_fecha_corta_por_su_sinonimo(tmp_path):
    correr(tmp_path, "--limpio", "--patron=fecha_corta=17")
    defectos = [v[2] for v in leer(tmp_path / "v.csv")[1:]]
    assert defectos.count("fecha_anio_corto") == 17


def test_xlsx_si_el_nombre_lo_dice(tmp_path):
    correr(tmp_path, salida="p.xlsx")
    assert (tmp_path / "p.xlsx").read_bytes()[:2] == b"PK"


@pytest.mark.django_db
def test_con_programa_obedece_su_regla(tmp_path):
    iztapalapa = AlcaldiaFactory(clave="09007", nombre="Iztapalapa")
    regla = ReglaFactory(
        publicada=True,
        ejercicio=2025,
        sexo="mujer",
        edad_min_meses=60 * 12,
        edad_max_meses=64 * 12 + 11,
        residencia="alcaldia",
        alcaldias=[iztapalapa],
        apoyos=[{"monto_minimo": 850, "modalidad": "Apoyo mensual"}],
    )
    correr(tmp_path, "--limpio", f"--programa={regla.programa.clave}", "--ejercicio=2025")
    filas = leer(tmp_path / "p.csv")[1:]
    assert {f[c.SEXO] for f in filas} == {"MUJER"}
    assert {f[c.ALCALDIA] for f in filas} == {"IZTAPALAPA"}
    assert {(f[c.MODALIDAD], f[c.MONTO]) for f in filas} == {("Apoyo mensual", "850.00")}
    edades = [edad_en_meses(dia_de(f[c.NACIMIENTO]), al=datetime.date(2025, 1, 1)) for f in filas]
    assert min(edades) >= 720
    assert max(edades) <= 779


@pytest.mark.django_db
def test_con_un_programa_de_menores_trae_las_columnas_del_tutor(tmp_path):
    regla = ReglaFactory(publicada=True, ejercicio=2025, edad_min_meses=36, edad_max_meses=143)
    correr(tmp_path, "--limpio", f"--programa={regla.programa.clave}", "--ejercicio=2025")
    encabezado, *filas = leer(tmp_path / "p.csv")
    assert tuple(encabezado) == c.ENCABEZADO_AMPLIADO
    assert all(f[c.TUTOR_CURP] and f[c.TIPO] == "MENOR" for f in filas)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opciones", "dice"),
    [
        (["--programa=no-hay", "--ejercicio=2025"], "No hay un programa"),
        (["--programa=no-hay"], "van juntos"),
        (["--sucio=0.95"], "hasta 80%"),
        (["--solo=invento"], "No se sabe plantar"),
        (["--patron=fecha_corta"], "Un patrón se pide así"),
        (["--codificacion=klingon"], "no existe"),
        (["--codificacion=ascii"], "no tiene ñ"),
    ],
)
def test_lo_que_no_se_puede_se_dice_y_no_deja_archivos(tmp_path, opciones, dice):
    with pytest.raises(CommandError, match=dice):
        correr(tmp_path, *opciones)
    assert list(tmp_path.iterdir()) == []


def test_donde_no_se_puede_escribir_se_dice(tmp_path):
    (tmp_path / "archivo").write_text("")
    with pytest.raises(CommandError, match="No se pudo escribir"):
        correr(tmp_path / "archivo")
