"""/presupuesto/, el de un programa y su matriz: cada número con su fuente, y nada se rompe con lo que pidan."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest

from presupuesto.consultas.cifras import CIFRAS
from presupuesto.consultas.montos import Filtros
from presupuesto.consultas.panorama import panorama
from presupuesto.models import VinculoPresupuestal
from sibis.nucleo.cifras import Peticion
from tests.fabricas import presupuesto as fp
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.territorio import AlcaldiaFactory
from tests.presupuesto.archivos import cargar_filas, cargar_ruta, escribir, renglon

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


def pagina(visitante, url: str, **datos: object) -> str:
    respuesta = visitante.get(url, datos)
    assert respuesta.status_code == 200, url
    return respuesta.content.decode()


def filas_csv(visitante, **datos: object) -> list[dict[str, str]]:
    cuerpo = visitante.get("/presupuesto/", datos | {"formato": "csv"}).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(cuerpo)))


def test_sin_nada_cargado_lo_dice_y_ofrece_a_donde_ir(visitante):
    html = pagina(visitante, "/presupuesto/")

    assert "Todavía no se ha cargado ningún presupuesto" in html
    assert 'href="/programas/"' in html


def test_sin_archivo_muestra_lo_que_dicen_las_reglas_y_que_no_es_todo(visitante, beca):
    html = pagina(visitante, "/presupuesto/")

    assert "$90" in html
    assert "no es todo el presupuesto" in html
    assert "según sus reglas de operación" in html


def test_se_dice_cuanto_suma_el_archivo_entero_y_que_parte_es_lo_social(visitante, tmp_path):
    ajena = renglon(
        modalidad="E", programa_presupuestario="E001", monto_aprobado="900.25", monto_modificado=""
    )
    cargar_filas(tmp_path, [renglon(monto_modificado="", monto_ejercido="1"), ajena])
    html = pagina(visitante, "/presupuesto/")

    assert "Es el 10\u00a0% de los $1,000.25 que suma el archivo" in html
    assert "El archivo, 2 renglones" in html
    assert "Cuánto suma el archivo completo" in pagina(visitante, "/presupuesto/", capitulo="4000")


def test_cada_numero_lleva_su_fuente_su_corte_y_su_certeza(visitante, beca, tmp_path):
    cargar_filas(tmp_path, [renglon()])
    html = pagina(visitante, "/presupuesto/")

    assert "egresos-2025-t3.csv" in html
    assert "30 de septiembre de 2025" in html
    assert "vínculo probable, sin revisar" in html
    assert "datos.cdmx.gob.mx" in html
    assert "Ver datos" in html


def test_lo_dudoso_no_se_le_atribuye_a_nadie(visitante, beca, tmp_path):
    cargar_filas(tmp_path, [renglon()])
    VinculoPresupuestal.objects.update(certeza="dudosa")

    assert "/presupuesto/mi-beca/" not in [r["url"] for r in filas_csv(visitante) if r["clave"]]


def test_si_las_fuentes_no_coinciden_se_muestran_las_dos(visitante, beca, tmp_path):
    cargar_filas(tmp_path, [renglon()])

    assert "sus reglas: $90" in pagina(visitante, "/presupuesto/")
    html = pagina(visitante, "/presupuesto/mi-beca/")
    assert "Las fuentes no dicen lo mismo" in html
    assert "Gaceta 55" in html


def test_el_total_es_el_mismo_en_la_pagina_el_csv_y_la_cifra(visitante, beca, tmp_path):
    filas = [renglon(programa_presupuestario=f"S{n:03d}", monto_ejercido=n) for n in range(1, 40)]
    filas.append(
        renglon(
            programa_presupuestario="E001",
            modalidad="E",
            desc_programa_presupuestario="Gestión interna",
            monto_ejercido=9999,
        )
    )
    cargar_filas(tmp_path, filas)
    esperado = Decimal(sum(range(1, 40)))

    cifra = next(c for c in CIFRAS if c.clave == "presupuesto_ejercido")
    calculo = cifra.calcular(Peticion(ejercicio=2025))
    assert calculo.filas[0].valor == esperado
    assert panorama(Filtros(), orden="aprobado", pagina=1).total.ejercido == esperado
    assert sum(Decimal(r["ejercido"] or 0) for r in filas_csv(visitante)) == esperado
    for dimension in cifra.dimensiones:
        partes = cifra.calcular(Peticion(ejercicio=2025, por=dimension)).filas
        if dimension != "alcaldia":
            assert sum(p.valor for p in partes) == esperado, dimension


def test_se_filtra_por_dependencia_alcaldia_y_capitulo(visitante, tmp_path):
    AlcaldiaFactory(clave="09012")
    DependenciaFactory(
        clave="ALC-09012", tipo="alcaldia", clave_inegi="09012", nombre="Alcaldía Tlalpan"
    )
    de_alcaldia = renglon(
        unidad_responsable="02CD14",
        desc_unidad_responsable="Alcaldía Tlalpan",
        programa_presupuestario="S100",
        capitulo="3000",
    )
    cargar_filas(tmp_path, [renglon(), de_alcaldia])

    for filtro in ({"alcaldia": "09012"}, {"dependencia": "ALC-09012"}, {"capitulo": "3000"}):
        assert [r["clave"] for r in filas_csv(visitante, **filtro)] == ["S100"], filtro
    assert [r["clave"] for r in filas_csv(visitante, dependencia="35C001")] == ["S227"]


def test_se_ordena_y_lo_que_no_se_sabe_va_al_final(visitante, tmp_path):
    cargar_filas(
        tmp_path,
        [
            renglon(programa_presupuestario="S001", monto_ejercido="5"),
            renglon(programa_presupuestario="S002", monto_ejercido=""),
            renglon(programa_presupuestario="S003", monto_ejercido="50"),
        ],
    )

    claves = [r["clave"] for r in filas_csv(visitante, orden="ejercido")]
    assert claves == ["S003", "S001", "S002"]


@pytest.mark.parametrize(
    ("datos", "estado"),
    [
        ({"ejercicio": "2001"}, 200),
        ({"ejercicio": "99999999999999999999"}, 400),
        ({"ejercicio": "abc"}, 400),
        ({"pagina": "9999"}, 404),
        ({"pagina": "-1"}, 400),
        ({"orden": "drop table"}, 400),
        ({"capitulo": "4001"}, 400),
        ({"alcaldia": "09001"}, 400),
        ({"momento": "t9"}, 400),
        ({"dependencia": "x" * 5000}, 400),
        ({"dependencia": XSS}, 400),
        ({"dependencia": "\x00"}, 400),
        ({"dependencia": "NO-EXISTE"}, 200),
        ({"ejercicio": ["2025", "2024"]}, 200),
        ({"loquesea": "1" * 9000}, 200),
        ({"formato": "xlsx"}, 400),
    ],
)
def test_lo_que_pidan_tiene_respuesta(visitante, datos, estado):
    respuesta = visitante.get("/presupuesto/", datos)

    assert respuesta.status_code == estado
    assert XSS not in respuesta.content.decode()


def test_un_programa_desconocido_o_sin_publicar_no_existe(visitante):
    f.ReglaFactory(programa__clave="secreto")

    for url in ("/presupuesto/no-hay/", "/presupuesto/secreto/", "/mir/secreto/2025/"):
        assert visitante.get(url).status_code == 404


def test_un_programa_sin_dinero_conocido_lo_dice(visitante):
    f.en_portal(programa__clave="sin-nada")

    assert "Todavía no se sabe cuánto dinero" in pagina(visitante, "/presupuesto/sin-nada/")


def test_el_avance_fisico_va_junto_al_gasto(visitante, beca, tmp_path):
    fp.AvanceFisicoFactory(programa=beca, trimestre=2, alcanzado=40)
    fp.AvanceFisicoFactory(programa=beca, trimestre=3, alcanzado=60)
    cargar_filas(tmp_path, [renglon()])

    fila = next(r for r in filas_csv(visitante) if r["url"].endswith("/mi-beca/"))
    assert (fila["alcanzado"], fila["avance_fisico"], fila["avance_financiero"]) == (
        "60.00",
        "60.0",
        "50.0",
    )
    html = pagina(visitante, "/presupuesto/mi-beca/")
    assert "se ha cumplido 60\u00a0% de la meta con 50\u00a0% del gasto" in html
    assert "Presupuesto y avance" in pagina(visitante, "/programas/mi-beca/")


def test_la_matriz_muestra_resultado_meta_y_como_se_mide(visitante, beca):
    indicador = fp.IndicadorFactory(
        programa=beca, nombre="Cobertura", formula="(a ÷ b) × 100", nivel="proposito"
    )
    fp.MedicionFactory(indicador=indicador, valor=Decimal("81.5"))

    html = pagina(visitante, "/mir/mi-beca/2025/")
    for texto in ("Cobertura", "(a ÷ b) × 100", "81.5", "90", "Propósito"):
        assert texto in html
    assert "Indicadores (MIR)" in pagina(visitante, "/programas/mi-beca/")
    assert "Hay de otros años" in pagina(visitante, "/mir/mi-beca/2024/")


def test_lo_inventado_no_tapa_lo_real_y_lleva_su_senal(visitante, tmp_path):
    ruta = escribir(tmp_path / "demo.csv", [renglon(ciclo="2026")])
    cargar_ruta(ruta, corte="2026-t3", es_demostracion=True)
    assert "demostración" in pagina(visitante, "/presupuesto/")

    ruta = escribir(tmp_path / "demo.csv", [renglon(ciclo="2025", monto_modificado="1")])
    cargar_ruta(ruta, corte="2025-t3", es_demostracion=True)
    cargar_filas(tmp_path, [renglon(ciclo="2023")], corte="2023-cp")
    html = pagina(visitante, "/presupuesto/")
    assert "programas sociales, 2023" in html
    assert "En 2023 hay $110" in html
    assert not re.search("En 202[56] hay", html)


def test_un_nombre_hostil_no_se_ejecuta_ni_en_la_grafica_ni_en_el_csv(visitante, tmp_path):
    cargar_filas(
        tmp_path,
        [
            renglon(desc_programa_presupuestario="=cmd()", programa_presupuestario="S001"),
            renglon(desc_programa_presupuestario=XSS, desc_unidad_responsable=XSS),
        ],
    )

    assert XSS not in pagina(visitante, "/presupuesto/")
    nombres = {r["programa_presupuestario"] for r in filas_csv(visitante)}
    assert "'=cmd()" in nombres
