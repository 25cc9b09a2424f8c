import json
from pathlib import Path

import pytest

from sibis.cuentas.importacion.dependencias import cargar_dependencias
from sibis.cuentas.models import Denominacion, Dependencia
from sibis.nucleo.errores import ArchivoIlegible
from tests.fabricas.cuentas import DenominacionFactory

pytestmark = pytest.mark.django_db
DE_FABRICA = Path(__file__).parents[2] / "sibis/cuentas/datos/dependencias.json"


def fila(clave: str, **otros):
    return {
        "clave": clave,
        "tipo": "secretaria",
        "clave_inegi": None,
        "sucesora": None,
        "denominaciones": [{"nombre": f"Secretaría {clave}", "siglas": clave}],
    } | otros


@pytest.fixture
def cargar(tmp_path):
    def _cargar(*filas):
        ruta = tmp_path / "dependencias.json"
        ruta.write_text(json.dumps(filas), encoding="utf-8")
        return cargar_dependencias(ruta)

    return _cargar


def test_cargar_el_catalogo_de_fabrica_entra_completo_y_repetirlo_no_cambia_nada():
    primera = cargar_dependencias(DE_FABRICA)
    assert primera.rechazos == []
    assert primera.avisos == []
    antes = list(Denominacion.objects.order_by("pk").values())

    segunda = cargar_dependencias(DE_FABRICA)

    assert (segunda.altas, segunda.cambios) == (0, 0)
    assert segunda.iguales == primera.altas >= 30
    assert list(Denominacion.objects.order_by("pk").values()) == antes
    assert Dependencia.objects.filter(tipo="alcaldia").count() == 16


def test_cargar_nombra_la_fila_mala_y_carga_las_buenas(cargar):
    informe = cargar(
        fila("BUENA"),
        fila("mala minúscula"),
        fila("SIN-TIPO", tipo="inventado"),
        fila("SIN-NOMBRES", denominaciones=[]),
        fila("BUENA"),
        "no soy un objeto",
        fila(
            "FECHA-MALA", denominaciones=[{"nombre": "x", "siglas": "x", "vigente_desde": "ayer"}]
        ),
        {"tipo": "secretaria"},
        fila("UR-MALA", denominaciones=[{"nombre": "x", "siglas": "x", "clave_ur": "??"}]),
        fila("OTRA-BUENA"),
    )

    assert [numero for numero, _motivo in informe.rechazos] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert all(motivo for _numero, motivo in informe.rechazos)
    assert informe.codigo_de_salida == 1
    assert set(Dependencia.objects.values_list("clave", flat=True)) == {"BUENA", "OTRA-BUENA"}


def test_cargar_denominaciones_encimadas_rechaza_la_fila_entera(cargar):
    informe = cargar(
        fila(
            "ENCIMADA",
            denominaciones=[
                {"nombre": "Una", "siglas": "U", "vigente_hasta": "2020-12-31"},
                {"nombre": "Dos", "siglas": "D", "vigente_desde": "2020-12-31"},
            ],
        )
    )

    assert "otra denominación" in informe.rechazos[0][1]
    assert not Dependencia.objects.exists()


def test_cargar_corrige_un_nombre_y_lo_muestra(cargar):
    cargar(fila("SEDESO"))

    informe = cargar(fila("SEDESO", denominaciones=[{"nombre": "Desarrollo", "siglas": "SDS"}]))

    assert informe.cambios == 1
    assert Dependencia.objects.get().siglas == "SDS"


def test_cargar_mueve_la_fecha_en_que_termina_una_y_empieza_otra(cargar):
    def par(corte: str, siguiente: str):
        return fila(
            "SEBIEN",
            denominaciones=[
                {"nombre": "Antes", "siglas": "A", "vigente_hasta": corte},
                {"nombre": "Después", "siglas": "D", "vigente_desde": siguiente},
            ],
        )

    cargar(par("2018-12-31", "2019-01-01"))
    informe = cargar(par("2018-11-30", "2019-01-01"))

    assert informe.cambios == 1
    assert Denominacion.objects.count() == 2


def test_cargar_conserva_lo_que_se_capturo_en_el_panel(cargar):
    cargar(fila("SEBIEN"))
    Denominacion.objects.update(vigente_hasta="2026-12-31")
    DenominacionFactory(
        dependencia=Dependencia.objects.get(), siglas="NUEVA", vigente_desde="2027-01-01"
    )

    informe = cargar(fila("SEBIEN"))

    assert "se conservan" in informe.avisos[0][1]
    assert Denominacion.objects.filter(siglas="NUEVA").exists()


def test_cargar_enlaza_a_una_sucesora_que_viene_despues(cargar):
    cargar(fila("SEDEREC", sucesora="SEPI"), fila("SEPI"))

    assert Dependencia.objects.get(clave="SEDEREC").sucesora.clave == "SEPI"


def test_cargar_con_una_sucesora_que_no_existe_avisa(cargar):
    informe = cargar(fila("SEDEREC", sucesora="NADIE"))

    assert "NADIE" in informe.avisos[0][1]
    assert Dependencia.objects.get().sucesora is None


@pytest.mark.parametrize("texto", ["{", "{}", '"texto"', ""])
def test_cargar_un_archivo_que_no_es_la_lista_se_niega_entero(tmp_path, texto):
    ruta = tmp_path / "malo.json"
    ruta.write_text(texto, encoding="utf-8")

    with pytest.raises(ArchivoIlegible):
        cargar_dependencias(ruta)


def test_cargar_no_hace_mas_consultas_la_segunda_vez_que_la_primera(
    cargar, django_assert_max_num_queries
):
    cargar(*[fila(f"D-{n}") for n in range(10)])

    with django_assert_max_num_queries(50):
        cargar(*[fila(f"D-{n}") for n in range(10)])
