"""Una columna se reconoce por sus nombres, limpia su valor y dice en palabras qué está mal."""

import pytest

from sibis.nucleo.columnas import Columna, Plantilla
from sibis.nucleo.errores import ArchivoIlegible
from sibis.nucleo.tabular import Fila

NOMBRE = Columna("nombre", "Nombre del centro", obligatoria=True)
CUPO = Columna(
    "cupo", "Capacidad", limpiar=int, sinonimos=("aforo",), mensaje="no es un número", ejemplo="120"
)
CURP = Columna("curp", "CURP", limpiar=int, mensaje="no tiene la forma debida", es_personal=True)
PLANTILLA = Plantilla((NOMBRE, CUPO, CURP))


def leer(*celdas, encabezado=("NOMBRE", "Aforo", "curp")):
    return PLANTILLA.mapear(encabezado).leer(Fila(7, celdas))


@pytest.mark.parametrize("titulo", ["cupo", "CAPACIDAD", " Aforo ", "capacidad."])
def test_se_reconoce_por_identificador_titulo_o_sinonimo(titulo):
    assert PLANTILLA.identificador(titulo) == "cupo"


def test_el_mapeo_dice_lo_reconocido_lo_ignorado_y_lo_faltante():
    mapeo = PLANTILLA.mapear(["Aforo", "Nombre del Centro", "color", ""])
    assert mapeo.reconocidas == {"cupo": "Aforo", "nombre": "Nombre del Centro"}
    assert mapeo.ignoradas == ["color"]
    assert mapeo.faltantes == []


def test_sin_una_columna_obligatoria_el_archivo_no_se_lee_y_se_dice_cual_falta():
    with pytest.raises(
        ArchivoIlegible, match="Falta la columna «Nombre del centro».*trae: «color»"
    ):
        PLANTILLA.mapear(["color"])


def test_una_columna_repetida_no_se_adivina():
    with pytest.raises(ArchivoIlegible, match="«cupo» y «aforo» dicen ser la misma"):
        PLANTILLA.mapear(["nombre", "cupo", "aforo"])


def test_dos_columnas_no_pueden_llamarse_igual():
    with pytest.raises(ValueError, match="nombra a dos columnas"):
        Plantilla((NOMBRE, Columna("otra", "Nombre")))


def test_una_fila_buena_llega_limpia():
    lectura = leer("  El   Capulín ", "120", "")
    assert lectura.numero == 7
    assert lectura.valores == {"nombre": "El Capulín", "cupo": 120, "curp": None}
    assert lectura.errores == ()


def test_una_fila_corta_tiene_vacias_las_celdas_que_faltan():
    assert leer("Uno").valores == {"nombre": "Uno", "cupo": None, "curp": None}


def test_se_juntan_todos_los_errores_de_la_fila():
    lectura = leer("", "muchos", "", "sobra")
    assert len(lectura.errores) == 3
    assert "más que el encabezado" in lectura.errores[0]
    assert lectura.errores[1] == "Falta «Nombre del centro»."
    assert lectura.errores[2] == "«Capacidad» no es un número (dice «muchos»). Ejemplo: 120."


def test_un_dato_personal_no_aparece_en_el_mensaje():
    assert leer("Uno", "", "AAAA010101").errores == ("«CURP» no tiene la forma debida.",)


def test_un_valor_larguisimo_se_acorta_en_el_mensaje():
    (error,) = leer("Uno", "x" * 500, "").errores
    assert len(error) < 120


def test_una_columna_que_el_archivo_no_trae_no_aparece_en_los_valores():
    assert "cupo" not in leer("Uno", encabezado=("nombre",)).valores
