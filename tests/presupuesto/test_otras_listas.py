"""Las dos listas que circulan entran por la misma orden y se reconocen por su encabezado."""

from __future__ import annotations

from decimal import Decimal

import pytest

from presupuesto.models import Disposicion, ResumenDeEgresos
from tests.presupuesto.archivos import (
    DE_NOMBRADOS,
    DEL_ARBOL,
    cargar_ruta,
    del_arbol,
    escribir,
    vigente,
)

pytestmark = pytest.mark.django_db


def arbol(carpeta):
    grupo = {
        "source_id": "L1-apoyos",
        "level": "1",
        "display_name": "Apoyos sociales",
        "monto_aprobado": "130.0",
        "year": "2022",
    }
    filas = [
        grupo,
        del_arbol("S074", "Mi beca inventada", "100.0", "80.1299999", "2022"),
        del_arbol("E116", "Programa inventado", "30.0", "31.0", "2022"),
        del_arbol("S227", "Mi beca inventada", "500.0", "", "2024"),
    ]
    return escribir(carpeta / "arbol.csv", filas, columnas=DEL_ARBOL)


def test_los_totales_por_programa_entran_del_anio_pedido_y_sin_sus_grupos(tmp_path):
    informe = cargar_ruta(arbol(tmp_path), corte="2022-cp")

    assert informe.disposicion == Disposicion.POR_PROGRAMA
    assert (informe.filas, informe.filas_omitidas) == (2, 1)
    assert informe.totales["aprobado"] == Decimal("130.00")
    assert informe.totales["ejercido"] == Decimal("111.13")
    assert any("otros años" in nota for nota in informe.notas)


def test_de_un_anio_sin_ejercido_no_se_dice_cero(tmp_path):
    cargar_ruta(arbol(tmp_path), corte="2024-aprobado")

    assert vigente("2024-aprobado").total_ejercido is None
    assert vigente("2024-aprobado").total_aprobado == Decimal("500.00")


def test_solo_los_subsidios_son_sociales(tmp_path):
    cargar_ruta(arbol(tmp_path), corte="2022-cp")

    sociales = ResumenDeEgresos.objects.filter(es_social=True)
    assert [r.programa_presupuestario for r in sociales] == ["S074"]


def test_la_lista_con_nombres_guarda_el_nombre_como_clave_y_lo_que_no_trae_monto(tmp_path):
    columnas = dict.fromkeys(DE_NOMBRADOS, "")
    filas = [
        columnas
        | {
            "source": "tomo1_politica_social",
            "ente_ejecutor": "Secretaría Inventada",
            "display_name": "APOYO A LA NIÑEZ",
            "monto_aprobado_mxn": "1000",
        },
        columnas
        | {
            "source": "decreto_art5",
            "ente_ejecutor": "Secretaría Inventada",
            "display_name": "Secretaría Inventada (unidad)",
            "monto_aprobado_mxn": "9000",
        },
        columnas | {"ente_ejecutor": "Alcaldía Inventada", "display_name": "Obra sin monto"},
    ]
    ruta = escribir(tmp_path / "nombrados.csv", filas, columnas=DE_NOMBRADOS)
    informe = cargar_ruta(ruta, corte="2024-aprobado")

    assert informe.disposicion == Disposicion.NOMBRADOS
    assert (informe.filas, informe.totales["aprobado"]) == (3, Decimal("10000.00"))
    social = ResumenDeEgresos.objects.get(es_social=True)
    assert social.programa_presupuestario == "apoyo-a-la-ninez"
    assert social.unidad_responsable == "secretaria-inventada"


def test_dos_clases_de_archivo_del_mismo_corte_conviven(tmp_path):
    cargar_ruta(arbol(tmp_path), corte="2024-aprobado")
    fila = dict.fromkeys(DE_NOMBRADOS, "x") | {"monto_aprobado_mxn": "5"}
    ruta = escribir(tmp_path / "otra.csv", [fila], columnas=DE_NOMBRADOS)

    assert cargar_ruta(ruta, corte="2024-aprobado").resultado == "cargado"
    assert cargar_ruta(arbol(tmp_path), corte="2024-aprobado").resultado == "sin_cambio"
