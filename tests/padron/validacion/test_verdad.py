"""Con un padrón del que se sabe todo: cada defecto se halla por su código, y lo limpio no da falsa alarma."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from padron.generacion.generador import Pedido, generar
from padron.generacion.reglamento import NEUTRO
from padron.generacion.tabla import DEFECTOS
from padron.validacion.regla import ApoyoDeRegla, Regla
from tests.padron.tabla import Revisada, revisar_archivo

APOYO = NEUTRO.apoyos[0]
REGLA = Regla(
    "inventado",
    "Programa inventado",
    NEUTRO.ejercicio,
    edad_min_meses=NEUTRO.edad_min_meses,
    apoyos=(
        ApoyoDeRegla(APOYO.modalidad, minimo=APOYO.minimo, maximo=APOYO.maximo, ministraciones=12),
    ),
    tipos_admitidos=tuple(sorted(NEUTRO.tipos)),
    hoy="2025-11-29",
)
# Lo que no es de una persona: entra además de las filas pedidas.
DE_MAS = {"renglon_de_total", "nota_al_pie", "encabezado_repetido"}


def _revisar(
    tmp_path, pedido: Pedido, regla: Regla = REGLA
) -> tuple[Revisada, dict[str, set[int]]]:
    generar(pedido)
    plantados: dict[str, set[int]] = defaultdict(set)
    with pedido.verdad.open(encoding="utf-8", newline="") as archivo:
        for renglon in csv.DictReader(archivo):
            if renglon["defecto"]:
                plantados[renglon["defecto"]].add(int(renglon["fila"]))
    return revisar_archivo(tmp_path, pedido.salida, regla=regla), plantados


def _pedido(tmp_path, **cambios) -> Pedido:
    base = Pedido(filas=6_000, semilla=11, salida=tmp_path / "p.csv", verdad=tmp_path / "v.csv")
    return replace(base, **cambios)


@pytest.mark.parametrize("ampliado", [False, True])
@pytest.mark.parametrize("semilla", [11, 12])
def test_cada_defecto_plantado_se_halla_con_su_codigo_y_ningun_otro(tmp_path, semilla, ampliado):
    revisada, plantados = _revisar(
        tmp_path, _pedido(tmp_path, semilla=semilla, ampliado=ampliado, sucio=0.4)
    )
    hallados: dict[str, set[int]] = defaultdict(set)
    for fila, _columna, codigo, _severidad in revisada.hallazgos:
        if fila:
            hallados[codigo].add(fila)
    de_fila: dict[int, set[str]] = defaultdict(set)
    for codigo, filas in plantados.items():
        for fila in filas:
            de_fila[fila].add(codigo)

    assert len(plantados) >= 40
    for codigo, filas in plantados.items():
        assert filas <= hallados[codigo], (
            f"{codigo}: no se halló en {sorted(filas - hallados[codigo])[:5]}"
        )
    for codigo, filas in hallados.items():
        for fila in filas - plantados[codigo]:
            admitidos = {c for d in de_fila[fila] - DE_MAS for c in DEFECTOS[d].tambien}
            assert codigo in admitidos, f"{codigo} de más en la fila {fila}: tenía {de_fila[fila]}"


@pytest.mark.parametrize("ampliado", [False, True])
def test_un_padron_limpio_no_da_ninguna_falsa_alarma(tmp_path, ampliado):
    pedido = _pedido(tmp_path, filas=30_000, sucio=0.0, ampliado=ampliado)
    revisada, _plantados = _revisar(tmp_path, pedido)

    assert [h for h in revisada.hallazgos if h[0]] == []
    assert revisada.resultado.validas == len(revisada.registros) == 30_000
    assert revisada.resultado.cifras.monto == 30_000 * Decimal(1200)


@pytest.mark.parametrize(
    ("codificacion", "separador"),
    [("cp1252", ";"), ("utf-16", "\t"), ("utf-8-sig", ","), ("utf-8", "|")],
)
def test_como_sea_que_venga_escrito_se_halla_lo_mismo(tmp_path, codificacion, separador):
    llana, _ = _revisar(
        tmp_path, _pedido(tmp_path, filas=800, solo=frozenset(("curp_digito", "fecha_ilegible")))
    )
    otra, _ = _revisar(
        tmp_path,
        _pedido(
            tmp_path,
            filas=800,
            solo=frozenset(("curp_digito", "fecha_ilegible")),
            codificacion=codificacion,
            separador=separador,
        ),
    )

    assert otra.hallazgos == llana.hallazgos
    assert otra.registros == llana.registros
