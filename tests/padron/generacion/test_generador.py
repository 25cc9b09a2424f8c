"""Los dos archivos: repetibles, con las filas justas y con una verdad que dice lo que hay."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from padron.generacion import columnas as c
from padron.generacion.archivo import Forma
from padron.generacion.dobles import DOBLES
from padron.generacion.generador import Pedido, Resumen, generar
from padron.generacion.tabla import DE_LINEAS, DE_VARIAS_FILAS, DEFECTOS, plantables
from sibis.nucleo.errores import ErrorDeNegocio
from tests.padron.generacion.mundos import ESTRICTO, mundo_de
from tests.padron.generacion.sabuesos import DE_UNA_FILA as SABUESOS


def pedir(carpeta: Path, *, nombre: str = "padron.csv", **valores: object) -> Resumen:
    valores = {"filas": 400, "semilla": 7, **valores}
    return generar(
        Pedido(salida=carpeta / nombre, verdad=carpeta / "verdad.csv", **valores)  # type: ignore[arg-type]
    )


def leer(ruta: Path, **opciones: str) -> list[list[str]]:
    with ruta.open(encoding="utf-8", newline="") as archivo:
        return list(csv.reader(archivo, **opciones))  # type: ignore[arg-type]


def verdad_de(carpeta: Path) -> dict[int, tuple[str, list[str]]]:
    """Por fila: de quién es y qué se le plantó."""
    filas: dict[int, tuple[str, list[str]]] = {}
    for fila, persona, defecto in leer(carpeta / "verdad.csv")[1:]:
        filas.setdefault(int(fila), (persona, []))[1].append(defecto)
    return filas


def huellas(carpeta: Path, nombre: str = "padron.csv") -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        hashlib.sha256((carpeta / n).read_bytes()).hexdigest() for n in (nombre, "verdad.csv")
    )


@pytest.mark.parametrize("nombre", ["padron.csv", "padron.xlsx"])
def test_la_misma_semilla_da_los_mismos_bytes_y_otra_no(tmp_path, nombre):
    for carpeta, semilla in (("a", 7), ("b", 7), ("c", 8)):
        (tmp_path / carpeta).mkdir()
        pedir(tmp_path / carpeta, nombre=nombre, semilla=semilla, dobles=0.05)
    assert huellas(tmp_path / "a", nombre) == huellas(tmp_path / "b", nombre)
    assert huellas(tmp_path / "a", nombre)[0] != huellas(tmp_path / "c", nombre)[0]


def test_en_otro_proceso_con_otro_orden_de_conjuntos_da_los_mismos_bytes(tmp_path):
    programa = (
        "import sys; from pathlib import Path; from padron.generacion.generador import *;"
        "p = Path(sys.argv[1]);"
        "generar(Pedido(filas=400, semilla=7, salida=p / 'padron.csv', verdad=p / 'verdad.csv'))"
    )
    for orden in ("1", "2"):
        (tmp_path / orden).mkdir()
        subprocess.run(
            [sys.executable, "-c", programa, str(tmp_path / orden)],
            env={**os.environ, "PYTHONHASHSEED": orden},
            check=True,
            cwd=Path(__file__).parents[3],
        )
    assert huellas(tmp_path / "1") == huellas(tmp_path / "2")


@pytest.mark.parametrize("filas", [1, 19, 10_000, 10_001])
def test_limpio_trae_las_filas_justas_y_ningun_defecto(tmp_path, filas):
    resumen = pedir(tmp_path, filas=filas, sucio=0)
    padron = leer(tmp_path / "padron.csv")
    assert tuple(padron[0]) == c.ENCABEZADO
    assert len(padron) - 1 == filas == resumen.filas
    verdad = leer(tmp_path / "verdad.csv")
    assert verdad[0] == ["fila", "id_persona", "defecto"]
    assert [v[0] for v in verdad[1:]] == [str(n + 2) for n in range(filas)]
    assert len({v[1] for v in verdad[1:]}) == filas
    assert {v[2] for v in verdad[1:]} == {""}
    assert resumen.por_defecto == {}


def test_sucio_planta_todo_lo_que_cabe_y_en_las_filas_pedidas(tmp_path):
    resumen = pedir(tmp_path, filas=3000, reglamento=ESTRICTO, ampliado=True)
    assert set(resumen.por_defecto) == set(plantables(mundo_de(ESTRICTO))) | set(DE_LINEAS)
    verdad = verdad_de(tmp_path)
    sucias = [f for f, (persona, d) in verdad.items() if persona and d != [""]]
    assert len(sucias) == 450
    assert sum(len(d) > 1 for _, d in verdad.values()) >= 10


def test_la_verdad_cuadra_con_los_renglones(tmp_path):
    """Lo que se nota en cada fila es lo plantado, más lo que se declaró que arrastra."""
    pedir(tmp_path, filas=3000, reglamento=ESTRICTO, ampliado=True)
    mundo = mundo_de(ESTRICTO)
    padron = leer(tmp_path / "padron.csv")
    verdad = verdad_de(tmp_path)
    assert set(verdad) == set(range(2, len(padron) + 1))
    for fila, (persona, plantado) in verdad.items():
        if not persona:
            continue
        se_noto = {d for d, sabueso in SABUESOS.items() if sabueso(padron[fila - 1], mundo)}
        puestos = set(plantado) & set(SABUESOS)
        admitidos = puestos.union(*(DEFECTOS[d].tambien for d in plantado if d))
        assert puestos <= se_noto <= admitidos, (fila, plantado)


def test_las_lineas_que_no_son_de_nadie_estan_donde_dice_la_verdad(tmp_path):
    pedir(tmp_path, filas=100)
    padron = leer(tmp_path / "padron.csv")
    de_nadie = {d[0]: fila for fila, (persona, d) in verdad_de(tmp_path).items() if not persona}
    assert set(de_nadie) == set(DE_LINEAS)
    assert tuple(padron[de_nadie["encabezado_repetido"] - 1]) == c.ENCABEZADO
    assert padron[de_nadie["renglon_de_total"] - 1][0] == "TOTAL"
    assert padron[de_nadie["nota_al_pie"] - 1][0].startswith("Nota")
    assert len(padron) == 1 + 100 + 3


def test_las_repetidas_lo_son_de_una_fila_anterior_que_esta_limpia(tmp_path):
    pedir(tmp_path, filas=2000, solo=frozenset(("fila_repetida", "persona_repetida")))
    padron, verdad = leer(tmp_path / "padron.csv"), verdad_de(tmp_path)
    por_curp = defaultdict(list)
    for fila, (_persona, defectos) in verdad.items():
        por_curp[padron[fila - 1][c.CURP]].append((fila, defectos[0]))
    repetidas = [sorted(f) for f in por_curp.values() if len(f) > 1]
    assert len(repetidas) > 200
    for primera, *otras in repetidas:
        assert primera[1] == ""
        assert all(d for _, d in otras)
        personas = {verdad[f][0] for f, _ in (primera, *otras)}
        assert len(personas) == 1


def test_solo_una_persona_por_identificador_si_no_se_planto_repetida(tmp_path):
    pedir(tmp_path, filas=3000)
    misma = {codigo for codigo, d in DE_VARIAS_FILAS.items() if d.misma_persona}
    personas = defaultdict(list)
    for persona, defectos in verdad_de(tmp_path).values():
        personas[persona].append(defectos)
    for persona, renglones in personas.items():
        if persona and len(renglones) > 1:
            assert sum(not set(d) & misma for d in renglones) == 1


def test_patron_planta_justo_las_filas_pedidas(tmp_path):
    resumen = pedir(
        tmp_path,
        filas=25_000,
        sucio=0,
        patrones={"fecha_anio_corto": 3214, "curp_de_varias": 30, "folio_repetido": 11},
    )
    assert resumen.por_defecto["fecha_anio_corto"] == 3214
    assert resumen.por_defecto["folio_repetido"] == 11
    assert 0 < resumen.por_defecto["curp_de_varias"] <= 30


def test_dobles_trae_personas_en_dos_renglones(tmp_path):
    resumen = pedir(tmp_path, filas=2000, sucio=0, dobles=0.1)
    assert set(resumen.por_defecto) == set(DOBLES)
    assert sum(resumen.por_defecto.values()) == 200
    misma = sum(n for d, n in resumen.por_defecto.items() if DOBLES[d].misma_persona)
    personas = Counter(persona for persona, _ in verdad_de(tmp_path).values())
    assert sum(n - 1 for n in personas.values()) == misma


@pytest.mark.parametrize(
    ("forma", "primera", "ancho"),
    [
        (Forma.NORMAL, 2, 16),
        (Forma.TITULOS, 5, 16),
        (Forma.SIN_ENCABEZADO, 1, 16),
        (Forma.COLUMNA_REPETIDA, 2, 17),
        (Forma.COLUMNA_FALTANTE, 2, 15),
    ],
)
def test_forma_del_archivo_se_anota_con_fila_cero(tmp_path, forma, primera, ancho):
    pedir(tmp_path, filas=50, sucio=0, forma=forma)
    padron, verdad = leer(tmp_path / "padron.csv"), verdad_de(tmp_path)
    assert {len(fila) for fila in padron} == {ancho}
    assert padron[primera - 1][0] == "1"
    assert min(f for f in verdad if f) == primera
    assert verdad.get(0) == (("", [forma.defecto]) if forma.defecto else None)


def test_libro_de_excel_dice_lo_mismo_que_el_csv(tmp_path):
    pedir(tmp_path, filas=300)
    en_csv = leer(tmp_path / "padron.csv")
    pedir(tmp_path, filas=300, nombre="padron.xlsx")
    libro = CalamineWorkbook.from_path(tmp_path / "padron.xlsx")
    hoja = libro.get_sheet_by_index(0).to_python(skip_empty_area=False)
    ancho = max(map(len, en_csv))
    assert hoja == [[*fila, *[""] * (ancho - len(fila))] for fila in en_csv]


@pytest.mark.parametrize("codificacion", ["cp1252", "utf-8-sig", "utf-16"])
def test_csv_en_otra_codificacion_y_con_otro_separador(tmp_path, codificacion):
    pedir(tmp_path, filas=60, sucio=0, codificacion=codificacion, separador=";")
    texto = (tmp_path / "padron.csv").read_bytes().decode(codificacion)
    assert texto.splitlines()[0].split(";")[-1] == "FECHA DE ENTREGA"
    assert "CÓDIGO POSTAL" in texto


@pytest.mark.parametrize(
    ("valores", "dice"),
    [
        ({"filas": 0}, "al menos una"),
        ({"sucio": 0.9}, "hasta 80%"),
        ({"sucio": -0.1}, "negativos"),
        ({"patrones": {"curp_digito": 399}}, "hasta 80%"),
        ({"solo": frozenset(("no_existe",))}, "No se sabe plantar: no_existe"),
        ({"solo": frozenset(("clabe_digito",))}, "no cabe: clabe_digito"),
    ],
)
def test_pedir_lo_imposible_se_dice_y_no_deja_archivos(tmp_path, valores, dice):
    with pytest.raises(ErrorDeNegocio, match=dice):
        pedir(tmp_path, **valores)
    assert list(tmp_path.iterdir()) == []


def test_el_padron_y_su_verdad_no_van_en_el_mismo_archivo(tmp_path):
    with pytest.raises(ErrorDeNegocio, match="distintos"):
        pedir(tmp_path, nombre="verdad.csv")


def test_avance_cuenta_las_filas_hechas(tmp_path):
    hechas: list[int] = []
    pedido = Pedido(
        filas=20_500, semilla=1, salida=tmp_path / "p.csv", verdad=tmp_path / "v.csv", sucio=0
    )
    generar(pedido, avance=hechas.append)
    assert hechas == [10_000, 20_000, 20_500]
