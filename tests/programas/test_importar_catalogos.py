"""Los catálogos fechados desde su archivo: la ley es un renglón con vigencia."""

from __future__ import annotations

import datetime

import pytest

from programas.importacion.catalogos import CATALOGOS, cargar
from programas.models import DerechoSocial, Exigencia, Sinonimo
from sibis.nucleo.errores import ArchivoIlegible
from tests.programas.archivos import escribir

pytestmark = pytest.mark.django_db

SALUD = {"clave": "salud", "nombre": "Salud", "vigente_desde": "2024-01-01", "vigente_hasta": None}


@pytest.fixture
def leer(tmp_path):
    def _leer(**catalogos):
        informes = cargar(escribir(tmp_path, catalogos, "catalogos.json"))
        return dict(zip((*CATALOGOS, "sinonimos"), informes, strict=True))

    return _leer


def test_cada_renglon_entra_con_su_vigencia(leer):
    informe = leer(derechos=[SALUD])["derechos"]

    assert informe.altas == 1
    derecho = DerechoSocial.objects.get()
    assert (derecho.vigente_desde, derecho.vigente_hasta) == (datetime.date(2024, 1, 1), None)


def test_las_claves_con_guion_bajo_se_guardan_con_guion(leer):
    leer(exigencias=[{"clave": "a_quien", "nombre": "Falta.", "momento": "enviar"}])

    assert Exigencia.objects.get().clave == "a-quien"


def test_repetir_no_cambia_nada(leer):
    todo = {
        "derechos": [SALUD],
        "sinonimos": [{"termino": "Abuelita", "equivale_a": ["Persona Mayor", " - "]}],
    }
    leer(**todo)

    informes = leer(**todo)
    assert [(i.altas, i.cambios, len(i.rechazos)) for i in informes.values()] == [(0, 0, 0)] * 8


def test_cerrar_una_vigencia_es_un_cambio_y_no_borra(leer):
    leer(derechos=[SALUD])
    informe = leer(derechos=[{**SALUD, "vigente_hasta": "2025-12-31"}])["derechos"]

    assert (informe.cambios, DerechoSocial.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("renglon", "dice"),
    [
        ("salud", "No es un objeto"),
        ({**SALUD, "color": "rojo"}, "Columnas que no existen: color"),
        ({**SALUD, "vigente_desde": "2024"}, "no es una fecha AAAA-MM-DD"),
        ({**SALUD, "vigente_desde": "2024-02-30"}, "no es una fecha AAAA-MM-DD"),
        ({**SALUD, "vigente_desde": 2024}, "no es una fecha AAAA-MM-DD"),
        ({**SALUD, "vigente_hasta": "2023-12-31"}, "termina antes de empezar"),
        ({**SALUD, "clave": "Salud Total"}, "minúsculas sin acento"),
        ({**SALUD, "clave": None}, "clave"),
        ({**SALUD, "nombre": ""}, "nombre"),
        ({**SALUD, "nombre": None}, "nombre"),
        ({**SALUD, "nombre": "Sa\0lud"}, "carácter nulo"),
        ({**SALUD, "orden": "primero"}, "orden"),
    ],
)
def test_un_renglon_malo_se_nombra_y_los_demas_entran(renglon, dice, leer):
    informe = leer(derechos=[renglon, {**SALUD, "clave": "otro"}])["derechos"]

    assert [fila for fila, _porque in informe.rechazos] == [1]
    assert dice in informe.rechazos[0][1]
    assert [d.clave for d in DerechoSocial.objects.all()] == ["otro"]


@pytest.mark.parametrize(
    ("renglon", "dice"),
    [
        ("abuelita", "lleva «termino»"),
        ({"termino": "abuelita"}, "lleva «termino»"),
        ({"termino": "abuelita", "equivale_a": "persona mayor"}, "la lista «equivale_a»"),
        ({"termino": "abuelita", "equivale_a": [7]}, "lleva «termino»"),
        ({"termino": "abuelita", "equivale_a": []}, "equivale_a"),
        ({"termino": "¡!", "equivale_a": ["x"]}, "termino"),
        ({"termino": "ÁBUELO", "equivale_a": ["x"]}, "se repite en el archivo"),
    ],
)
def test_un_sinonimo_malo_se_nombra_y_los_demas_entran(renglon, dice, leer):
    bueno = {"termino": "abuelo", "equivale_a": ["persona mayor"]}
    informe = leer(sinonimos=[bueno, renglon])["sinonimos"]

    assert [fila for fila, _porque in informe.rechazos] == [2]
    assert dice in informe.rechazos[0][1]
    assert list(Sinonimo.objects.values_list("termino", "equivale_a")) == [
        ("abuelo", ["persona mayor"])
    ]


@pytest.mark.parametrize("contenido", [[], "x", None], ids=repr)
def test_un_archivo_que_no_es_un_objeto_no_se_carga(contenido, tmp_path):
    with pytest.raises(ArchivoIlegible, match="se esperaba un objeto"):
        cargar(escribir(tmp_path, contenido))


@pytest.mark.parametrize("nombre", [*CATALOGOS, "sinonimos"])
@pytest.mark.parametrize("contenido", [None, {}, "x", 7], ids=repr)
def test_un_catalogo_que_no_es_lista_detiene_todo_antes_de_escribir(nombre, contenido, leer):
    catalogos = {"derechos": [SALUD], nombre: contenido}

    with pytest.raises(ArchivoIlegible, match=f"«{nombre}» debe ser una lista"):
        leer(**catalogos)
    assert not DerechoSocial.objects.exists()
