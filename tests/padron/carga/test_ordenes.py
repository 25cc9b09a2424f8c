"""cargar_padron y aplicar_carga, como las llama otro sistema: códigos de salida y JSON."""

import json

import pytest
from django.core.management import call_command

from padron.models import Carga, Registro
from tests.fabricas.padron import DisposicionDePadronFactory
from tests.padron.carga.archivos import csv_de, padron, personas

pytestmark = pytest.mark.django_db
CLAVES = {
    *(
        "archivo",
        "sha256",
        "hoja",
        "codificacion",
        "fila_encabezado",
        "filas",
        "validas",
        "con_error",
    ),
    *("con_aviso", "columnas", "columnas_ignoradas", "columnas_faltantes", "errores", "patrones"),
    *("carga", "segundos", "memoria_mb"),
}


@pytest.fixture
def archivo(tmp_path):
    ruta = tmp_path / "padrón de becas.csv"
    ruta.write_bytes(padron(12, malas=2))
    return ruta


def cargar(casa, ruta, *mas: str, por: str = "") -> int:
    with pytest.raises(SystemExit) as salida:
        call_command(
            "cargar_padron",
            *(str(ruta), "--programa", casa.programa.clave, "--ejercicio", "2025"),
            *("--por", por or casa.enlace.username, *mas),
        )
    return salida.value.code


def aplicar(folio: str, por: str) -> int:
    try:
        call_command("aplicar_carga", folio, "--por", por)
    except SystemExit as salida:
        return salida.code
    return 0


def test_cargar_con_algo_malo_sale_con_1_y_deja_el_informe_del_contrato(casa, archivo, tmp_path):
    salida = tmp_path / "informe.json"

    assert cargar(casa, archivo, "--json", str(salida)) == 1

    dicho, carga = json.loads(salida.read_text()), Carga.objects.get()
    assert dicho.keys() >= CLAVES
    assert (dicho["filas"], dicho["validas"], dicho["con_error"]) == (12, 10, 2)
    assert dicho["carga"] == carga.folio
    assert dicho["archivo"] == archivo.name
    digitos = [e for e in dicho["errores"] if e["codigo"] == "curp_digito"]
    assert [(e["fila"], e["columna"], e["severidad"]) for e in digitos] == [
        (2, "curp", "bloquea"),
        (3, "curp", "bloquea"),
    ]
    texto = salida.read_text()
    assert not any(dato in texto for persona in personas(12, malas=2) for dato in (persona[0],))
    assert (carga.estado, carga.origen) == ("por_revisar", "orden")


def test_cargar_sin_nada_malo_sale_con_0(casa, tmp_path):
    (tmp_path / "bien.csv").write_bytes(padron(8))

    assert cargar(casa, tmp_path / "bien.csv") == 0


def test_cargar_lo_mismo_otra_vez_sale_con_3(casa, archivo, capsys):
    cargar(casa, archivo)

    assert cargar(casa, archivo) == 3
    assert "P-2025-000001" in capsys.readouterr().err


@pytest.mark.parametrize("contenido", [b"", b"\x89PNG\r\n\x1a\n" + bytes(200)])
def test_cargar_lo_que_no_se_lee_sale_con_2(casa, tmp_path, contenido, capsys):
    (tmp_path / "malo.csv").write_bytes(contenido)

    assert cargar(casa, tmp_path / "malo.csv") == 2
    assert capsys.readouterr().err.strip()


def test_cargar_lo_que_no_procede_sale_con_2_y_una_oracion(casa, archivo, capsys):
    assert cargar(casa, archivo.parent / "no-existe.csv") == 2
    assert cargar(casa, archivo, por=casa.titular.username) == 2
    assert "Solo el enlace" in capsys.readouterr().err


def test_cargar_con_mapeo_usa_el_que_se_dio(casa, tmp_path):
    filas = [[f[0], f"{f[1]} {f[2]} {f[3]}", f[7]] for f in personas(10)]
    ruta = tmp_path / "raro.csv"
    ruta.write_bytes(csv_de(filas, titulos=("Dato 1", "Dato 2", "Dato 3")))
    mapeo = {"curp": "Dato 1", "nombre_completo": "Dato 2", "folio": 2}

    assert cargar(casa, ruta, "--mapeo", json.dumps(mapeo)) == 0
    assert Carga.objects.get().mapeo == {"curp": 0, "nombre_completo": 1, "folio": 2}


@pytest.mark.parametrize("mapeo", ["no es json", "[1]", '{"curp": "No viene"}'])
def test_cargar_con_un_mapeo_malo_sale_con_2(casa, archivo, mapeo):
    assert cargar(casa, archivo, "--mapeo", mapeo) == 2


def test_aplicar_pide_otra_persona(casa, archivo):
    cargar(casa, archivo)
    folio = Carga.objects.get().folio

    assert aplicar(folio, casa.enlace.username) == 4
    assert aplicar("P-2025-999999", casa.titular.username) == 4
    assert aplicar(folio, "nadie") == 4
    assert not Registro.objects.exists()
    assert aplicar(folio, casa.titular.username) == 0
    assert Registro.objects.vigentes().count() == 10
    assert aplicar(folio, casa.titular.username) == 4


def test_aplicar_sin_parcial_con_filas_en_espera_sale_con_4(casa, archivo):
    DisposicionDePadronFactory(programa=casa.programa, ejercicio=2025, admite_parcial=False)
    cargar(casa, archivo)

    assert aplicar("P-2025-000001", casa.titular.username) == 4
