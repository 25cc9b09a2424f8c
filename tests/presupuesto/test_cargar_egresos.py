"""El archivo de 63 columnas, en cualquiera de sus variantes: entra entero y cuadrado."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Sum

from presupuesto.importacion.disposiciones import MONTOS
from presupuesto.importacion.egresos import descuadres
from presupuesto.models import CorteDeEgresos, DescripcionDeClave, RenglonDeEgresos, TotalDeLoSocial
from tests.presupuesto.archivos import (
    COLUMNAS,
    cargar_filas,
    cargar_ruta,
    escribir,
    renglon,
    vigente,
)

pytestmark = pytest.mark.django_db


def sumas() -> dict[str, Decimal]:
    return RenglonDeEgresos.objects.aggregate(**{m: Sum(m) for m in MONTOS})


def test_son_las_63_columnas_de_la_ciudad():
    assert len(COLUMNAS) == 63
    assert {"desc_proy_inv", "objetivo_desarrollo_sostenible", "detalle_consolidado"} <= set(
        COLUMNAS
    )


def test_las_sumas_de_control_son_las_de_sus_filas(tmp_path):
    filas = [renglon(monto_ejercido=f"{n}.{n:02d}", partida_especifica=4400 + n) for n in range(99)]
    informe = cargar_filas(tmp_path, filas)

    esperada = sum(Decimal(f["monto_ejercido"]) for f in filas)
    assert informe.resultado == "cargado"
    assert informe.filas == 99
    assert informe.totales["ejercido"] == esperada == sumas()["monto_ejercido"]
    assert vigente().total_ejercido == esperada
    assert vigente().resumen.aggregate(e=Sum("ejercido"))["e"] == esperada


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_se_lee_en_cualquier_codificacion(tmp_path, codificacion):
    filas = [renglon(desc_programa_presupuestario="Niñez y educación")]
    cargar_filas(tmp_path, filas, codificacion=codificacion)

    assert DescripcionDeClave.objects.get(clave="S227").descripcion == "Niñez y educación"


@pytest.mark.parametrize("letra", ["latin-1", "cp1252"])
def test_lo_leido_dos_veces_en_otra_letra_se_endereza(tmp_path, letra):
    dicho = "Política de atención, niñez y Alcaldía"
    cargar_filas(tmp_path, [renglon(desc_programa_presupuestario=dicho.encode().decode(letra))])

    assert DescripcionDeClave.objects.get(clave="S227").descripcion == dicho


def test_un_archivo_con_unas_filas_en_cada_letra_se_lee_entero(tmp_path):
    una = escribir(tmp_path / "a.csv", [renglon(desc_capitulo="Educación física")])
    otra = escribir(
        tmp_path / "b.csv",
        [renglon(funcion="2", desc_funcion="Educación física")],
        codificacion="cp1252",
    )
    una.write_bytes(una.read_bytes() + otra.read_bytes().split(b"\r\n", 1)[1])
    informe = cargar_ruta(una)

    assert informe.filas == 2
    hallada = DescripcionDeClave.objects.filter(descripcion="Educación física")
    assert {d.clasificador for d in hallada} == {"capitulo", "funcion"}


def test_el_encabezado_puede_venir_en_otro_orden_y_escrito_de_otra_manera(tmp_path):
    al_reves = COLUMNAS[::-1]
    titulos = [c.replace("_", " ").upper().replace("CION", "CIÓN") for c in al_reves]
    informe = cargar_filas(tmp_path, [renglon()], columnas=al_reves, titulos=titulos)

    assert informe.resultado == "cargado"
    assert informe.columnas["monto_aprobado"] == "MONTO APROBADO"
    assert RenglonDeEgresos.objects.get().partida_especifica == "4412"


def test_las_columnas_que_faltan_y_las_que_sobran_se_nombran(tmp_path):
    columnas = [c for c in COLUMNAS if c not in ("monto_ejercido", "monto_modificado", "eje")]
    informe = cargar_filas(
        tmp_path, [renglon()], corte="2025-aprobado", columnas=[*columnas, "color"]
    )

    assert informe.columnas_ignoradas == ["color"]
    assert set(informe.columnas_faltantes) == {"monto_ejercido", "monto_modificado", "eje"}
    assert informe.totales == {"aprobado": Decimal("100.00"), "modificado": None, "ejercido": None}
    assert RenglonDeEgresos.objects.get().monto_ejercido is None


def test_los_importes_negativos_y_vacios_valen(tmp_path):
    filas = [
        renglon(monto_ejercido="-20.00"),
        renglon(monto_ejercido="", monto_modificado="(5.00)"),
        renglon(monto_ejercido="$1,000.10"),
    ]
    informe = cargar_filas(tmp_path, filas)

    assert informe.totales["ejercido"] == Decimal("980.10")
    assert informe.totales["modificado"] == Decimal("215.00")
    assert RenglonDeEgresos.objects.filter(monto_ejercido__isnull=True).count() == 1


def test_el_renglon_de_total_no_se_suma_dos_veces(tmp_path):
    total = {"clave_presupuestaria": "TOTAL GENERAL", "monto_aprobado": "200.00"}
    informe = cargar_filas(tmp_path, [renglon(), renglon(), total])

    assert informe.totales["aprobado"] == Decimal("200.00")
    assert informe.filas == 2
    assert informe.filas_omitidas == 1
    assert RenglonDeEgresos.objects.count() == 2


def test_un_total_que_no_cuadra_detiene_la_carga(tmp_path):
    total = {"clave_presupuestaria": "Total", "monto_aprobado": "999.00"}
    informe = cargar_filas(tmp_path, [renglon(), total])

    assert informe.codigo_de_salida == 1
    assert "999.00" in informe.hallazgos[0].mensaje
    assert informe.hallazgos[0].fila == 3
    assert not CorteDeEgresos.objects.exists()


def test_dos_archivos_pegados_traen_el_encabezado_otra_vez(tmp_path):
    encabezado = {c: c for c in COLUMNAS}
    informe = cargar_filas(tmp_path, [renglon(), encabezado, renglon()])

    assert informe.resultado == "cargado"
    assert informe.filas == 2
    assert [h.codigo for h in informe.hallazgos] == ["encabezado_repetido"]


def test_todas_las_filas_malas_se_nombran_y_no_entra_ninguna(tmp_path):
    filas = [
        renglon(),
        renglon(monto_ejercido="mucho"),
        renglon(programa_presupuestario=""),
        renglon(ciclo="2019"),
    ]
    informe = cargar_filas(tmp_path, filas)

    assert informe.resultado == "rechazado"
    assert [(h.fila, h.codigo) for h in informe.hallazgos] == [
        (3, "importe"),
        (4, "falta_clave"),
        (5, "otro_ejercicio"),
    ]
    assert not CorteDeEgresos.objects.exists()
    assert not RenglonDeEgresos.objects.exists()


def test_un_millon_de_errores_no_llena_la_memoria(tmp_path):
    informe = cargar_filas(tmp_path, [renglon(monto_ejercido="x")] * 1500)

    assert informe.con_error == 1500
    assert len(informe.hallazgos) == 1000
    assert "500" in list(informe.lineas())[-1]


def test_el_mismo_archivo_otra_vez_no_cambia_nada(tmp_path):
    cargar_filas(tmp_path, [renglon()])
    antes = list(CorteDeEgresos.objects.values())
    informe = cargar_filas(tmp_path, [renglon()])

    assert informe.resultado == "sin_cambio"
    assert informe.totales["aprobado"] == Decimal("100.00")
    assert list(CorteDeEgresos.objects.values()) == antes


def test_uno_corregido_sustituye_al_anterior_que_conserva_sus_sumas(tmp_path):
    cargar_filas(tmp_path, [renglon(), renglon()])
    cargar_filas(tmp_path, [renglon(monto_aprobado="7.00")])

    viejo = CorteDeEgresos.objects.get(estado="sustituido")
    assert viejo.total_aprobado == Decimal("200.00")
    assert not viejo.renglones.exists()
    assert vigente().total_aprobado == Decimal("7.00")
    assert RenglonDeEgresos.objects.count() == 1


def test_uno_corregido_que_esta_mal_deja_el_anterior(tmp_path):
    cargar_filas(tmp_path, [renglon()])
    informe = cargar_filas(tmp_path, [renglon(monto_aprobado="x")])

    assert informe.codigo_de_salida == 1
    assert vigente().total_aprobado == Decimal("100.00")
    assert RenglonDeEgresos.objects.count() == 1


def test_el_capitulo_y_la_modalidad_se_deducen_si_faltan(tmp_path):
    columnas = [c for c in COLUMNAS if c not in ("capitulo", "modalidad")]
    cargar_filas(tmp_path, [renglon()], columnas=columnas)
    hecho = RenglonDeEgresos.objects.get()

    assert (hecho.capitulo, hecho.modalidad) == ("4000", "S")


def test_un_programa_escrito_solo_con_numero_lleva_su_modalidad(tmp_path):
    cargar_filas(tmp_path, [renglon(programa_presupuestario="27.0")])

    assert RenglonDeEgresos.objects.get().programa_presupuestario == "S027"
    assert DescripcionDeClave.objects.filter(clave="S027", descripcion="Mi Beca").exists()


def test_la_verificacion_nota_un_renglon_alterado(tmp_path):
    cargar_filas(tmp_path, [renglon(), renglon()])
    connection.check_constraints()  # como al confirmar: la base ya cotejó lo que entró
    assert descuadres() == []

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM presupuesto_renglondeegresos WHERE fila = 2")
    assert "2025-t3" in descuadres()[0]


def test_la_verificacion_nota_un_total_alterado(tmp_path):
    cargar_filas(tmp_path, [renglon(), renglon()])
    assert descuadres() == []

    TotalDeLoSocial.objects.filter(dimension="capitulo").update(ejercido=1)
    assert descuadres() == ["2025-t3: los totales no son la suma del resumen."]


def test_mas_de_dos_decimales_se_guardan_en_centavos_y_se_dice(tmp_path):
    informe = cargar_filas(tmp_path, [renglon(monto_ejercido="37441911.809999995")])

    assert informe.totales["ejercido"] == Decimal("37441911.81")
    assert any("centavos" in nota for nota in informe.notas)


def test_el_archivo_no_se_carga_como_otro_corte_por_falta_de_columnas(tmp_path):
    ruta = escribir(tmp_path / "x.csv", [renglon()], columnas=COLUMNAS[:-1])
    assert ruta.exists()
    with pytest.raises(Exception, match="monto_ejercido"):
        cargar_filas(tmp_path, [renglon()], columnas=COLUMNAS[:-1])
