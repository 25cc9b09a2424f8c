"""Lo plantado, el motor lo halla en sus filas y con su código; en lo limpio no halla nada."""

from __future__ import annotations

import csv
import dataclasses
from collections import defaultdict
from pathlib import Path

import pytest

from padron.consultas.reglamento import de_hechos
from padron.generacion.generador import Pedido, generar
from padron.generacion.lugares import ALCALDIAS
from padron.generacion.reglamento import NEUTRO, Reglamento
from padron.generacion.tabla import DEFECTOS
from padron.validacion.archivo import Revisado, revisar_archivo
from padron.validacion.codigos import CODIGOS
from padron.validacion.columnas.territorio import colonia_comparable
from padron.validacion.regla import ApoyoDeRegla, Regla
from tests.padron.generacion.mundos import ESTRICTO

MUNDOS = pytest.mark.parametrize("reglamento", [NEUTRO, ESTRICTO], ids=["neutro", "estricto"])


def regla_de(reglamento: Reglamento) -> Regla:
    colonias = [(a.clave, colonia_comparable(c)) for a in ALCALDIAS for c in a.colonias]
    return Regla(
        clave=reglamento.prefijo,
        nombre="La inventada",
        ejercicio=reglamento.ejercicio,
        edad_min_meses=reglamento.edad_min_meses,
        edad_max_meses=reglamento.edad_max_meses,
        sexo=reglamento.sexo or "",
        alcaldias=tuple(sorted(reglamento.alcaldias)),
        apoyos=tuple(
            ApoyoDeRegla(a.modalidad, minimo=a.minimo, maximo=a.maximo) for a in reglamento.apoyos
        ),
        tipos_admitidos=tuple(sorted(reglamento.tipos)),
        colonias=tuple(colonias) if reglamento.hay_catalogo_de_colonias else (),
        hoy="2026-06-30",
    )


def revisar(
    carpeta: Path, reglamento: Reglamento, nombre: str = "padron.csv", **valores: object
) -> Revisado:
    (carpeta / "trabajo").mkdir(exist_ok=True)
    pedido = Pedido(
        filas=3000,
        semilla=3,
        salida=carpeta / nombre,
        verdad=carpeta / "verdad.csv",
        reglamento=reglamento,
        ampliado=reglamento is ESTRICTO,
        **valores,  # type: ignore[arg-type]
    )
    generar(pedido)
    return revisar_archivo(pedido.salida, regla_de(reglamento), trabajo=carpeta / "trabajo")


def hallado(revisado: Revisado) -> dict[int, set[str]]:
    filas: dict[int, set[str]] = defaultdict(set)
    for parte in revisado.resultado.hallazgos:
        with parte.open(encoding="utf-8", newline="") as archivo:
            for fila, _columna, codigo, *_ in csv.reader(archivo):
                filas[int(fila)].add(codigo)
    return filas


def plantado(carpeta: Path) -> dict[int, set[str]]:
    filas: dict[int, set[str]] = defaultdict(set)
    with (carpeta / "verdad.csv").open(encoding="utf-8", newline="") as archivo:
        for renglon in csv.DictReader(archivo):
            if renglon["defecto"]:
                filas[int(renglon["fila"])].add(renglon["defecto"])
    return filas


def test_todo_lo_que_se_planta_es_un_codigo_del_motor():
    assert set(DEFECTOS) <= set(CODIGOS)
    assert {c for d in DEFECTOS.values() for c in d.tambien} <= set(CODIGOS)


@MUNDOS
@pytest.mark.parametrize("nombre", ["padron.csv", "padron.xlsx"])
def test_en_lo_limpio_el_motor_no_halla_nada(tmp_path, reglamento, nombre):
    revisado = revisar(tmp_path, reglamento, nombre, sucio=0)
    assert hallado(revisado) == {}
    assert revisado.resultado.validas == revisado.resultado.filas == 3000
    assert revisado.codigo_de_salida == 0


@MUNDOS
@pytest.mark.parametrize("nombre", ["padron.csv", "padron.xlsx"])
def test_el_motor_halla_lo_plantado_y_nada_mas(tmp_path, reglamento, nombre):
    encontrado, puesto = hallado(revisar(tmp_path, reglamento, nombre)), plantado(tmp_path)
    for fila in encontrado.keys() | puesto.keys():
        suyos = puesto[fila]
        admitidos = suyos.union(*(DEFECTOS[c].tambien for c in suyos if c in DEFECTOS))
        assert suyos <= encontrado[fila] <= admitidos, (fila, suyos, encontrado[fila])
    assert len(set().union(*puesto.values())) >= (60 if reglamento is ESTRICTO else 45)


def test_un_reglamento_hecho_de_los_hechos_da_filas_que_la_regla_admite(tmp_path):
    regla = dataclasses.replace(regla_de(ESTRICTO), tipos_admitidos=("menor", "persona"))
    reglamento = de_hechos(regla, desde=ESTRICTO.entregas_desde, hasta=ESTRICTO.entregas_hasta)
    assert reglamento.colonias
    (tmp_path / "trabajo").mkdir()
    salida, verdad = tmp_path / "padron.csv", tmp_path / "verdad.csv"
    generar(
        Pedido(
            filas=500,
            semilla=1,
            salida=salida,
            verdad=verdad,
            sucio=0,
            reglamento=reglamento,
            ampliado=True,
        )
    )
    revisado = revisar_archivo(salida, regla, trabajo=tmp_path / "trabajo")
    assert hallado(revisado) == {}
