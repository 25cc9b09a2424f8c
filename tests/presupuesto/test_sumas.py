"""Lo ya sumado y lo que cuesta leerlo: las mismas cifras, con las mismas consultas."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from presupuesto import proyeccion
from presupuesto.consultas import montos
from presupuesto.consultas.montos import Filtros
from tests.fabricas import presupuesto as fp
from tests.fabricas.cuentas import DependenciaFactory
from tests.presupuesto.archivos import cargar_filas, renglon, vigente

pytestmark = pytest.mark.django_db


def _contar(visitante, url: str) -> int:
    visitante.get(url)
    with CaptureQueriesContext(connection) as consultas:
        assert visitante.get(url).status_code == 200
    return len(consultas)


def test_las_consultas_no_crecen_con_los_renglones(visitante, beca, tmp_path, settings):
    def crecer(cuantos: int) -> None:
        filas = [
            renglon(programa_presupuestario=f"S{n:03d}", unidad_responsable=f"35C{n:03d}")
            for n in range(cuantos)
        ]
        for anio in (2024, 2025):
            cargar_filas(
                tmp_path,
                [*(f | {"ciclo": str(anio)} for f in filas), renglon(ciclo=anio)],
                corte=f"{anio}-cp",
            )
        for n in range(cuantos):
            fp.AvanceFisicoFactory(programa=beca, unidad=f"u{cuantos}-{n}")

    settings.PAGINAS_CONDICIONALES = True  # con la consulta que dice si algo cambió
    topes = {
        "/presupuesto/": 8,
        "/presupuesto/mi-beca/": 10,
        "/presupuesto/?formato=csv": 9,
        "/presupuesto/?capitulo=4000": 16,
    }
    crecer(4)
    antes = {url: _contar(visitante, url) for url in topes}
    crecer(12)
    for url, tope in topes.items():
        assert _contar(visitante, url) == antes[url] <= tope, url


def test_lo_ya_sumado_es_lo_mismo_que_sumar_el_resumen(beca, tmp_path):
    """Los totales guardados contra `social`, que suma en el momento: las dos caras de una cifra."""
    alcaldia = DependenciaFactory(clave="AMHP", tipo="alcaldia", clave_inegi="09016")
    fp.UnidadResponsableFactory(clave="02CD11", dependencia=alcaldia)
    cargar_filas(
        tmp_path,
        [
            renglon(unidad_responsable="02CD11"),
            renglon(unidad_responsable="35C001", capitulo="1000"),
            renglon(
                programa_presupuestario="E001", modalidad="E", desc_programa_presupuestario="Pozos"
            ),
            renglon(
                programa_presupuestario="E002",
                modalidad="E",
                desc_programa_presupuestario="Drenaje",
            ),
        ],
    )
    vinculo = fp.VinculoPresupuestalFactory(
        programa_presupuestario="E001", programa=beca, confirmado=True, participacion=1
    )
    proyeccion.refrescar()
    corte = vigente()
    sumado = {g.clave: g.montos for g in montos.POR["programa"](corte, Filtros())}

    assert vinculo.programa_presupuestario in sumado
    assert "E002" not in sumado
    vivo = montos.social([corte], Filtros())
    for clave, suyos in sumado.items():
        assert suyos == montos.total(corte, Filtros(programa=clave))
    assert montos.total(corte, Filtros()) == montos.montos_de(vivo.aggregate(**montos._SUMAS))
    for dimension, columna in montos._COLUMNA.items():
        guardados = {g.clave: g.montos for g in montos.POR[dimension](corte, Filtros())}
        filas = vivo.exclude(**{columna: ""}).exclude(**{columna: None})
        vivos = filas.values(columna).annotate(**montos._SUMAS).order_by()
        if dimension != "dependencia":  # ahí las unidades salen con la clave de su dependencia
            assert guardados == {f[columna]: montos.montos_de(f) for f in vivos}
        assert montos.sumar(guardados.values()) == montos.sumar(map(montos.montos_de, vivos))
