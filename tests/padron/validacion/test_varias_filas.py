"""Lo que se ve mirando varias filas: repetidas, rellenos compartidos, quién ya está, cifras declaradas."""

from __future__ import annotations

from decimal import Decimal

from padron.validacion.motor import CifrasDeControl
from padron.validacion.salida import FILAS_POR_CARGA, Destino
from tests.padron.tabla import BUENA, fila, revisar_tabla

NOMBRES = (
    "Alma",
    "Berta",
    "Celia",
    "Dora",
    "Elsa",
    "Fabiola",
    "Gloria",
    "Hilda",
    "Irene",
    "Julia",
    "Karla",
)


def _gente(cuantas: int, **cambios: str) -> list[dict[str, str]]:
    """Personas distintas, cada una con su folio, su CURP y su teléfono."""
    return [
        {**fila(NOMBRES=NOMBRES[i], FOLIO=f"F-{i}"), "TELÉFONO": f"55{i:08d}", **cambios}
        for i in range(cuantas)
    ]


def test_gente_distinta_no_dice_nada(tmp_path):
    assert revisar_tabla(tmp_path, _gente(11)).hallazgos == []


def test_una_fila_identica_se_dice_una_vez_y_entra_la_primera(tmp_path):
    una, otra = _gente(2)
    revisada = revisar_tabla(tmp_path, [una, otra, una])

    assert revisada.hallazgos == [(4, "", "fila_repetida", "bloquea")]
    assert revisada.detalles[4, "fila_repetida"] == "2"
    assert [r["fila"] for r in revisada.registros] == ["2", "3"]


def test_la_misma_persona_con_el_mismo_apoyo_se_repite_y_con_otra_fecha_no(tmp_path):
    (una,) = _gente(1)
    repetida = {**una, "COLONIA": "Otra"}
    otro_mes = {**una, "FECHA DE ENTREGA": "10/04/2025"}
    revisada = revisar_tabla(tmp_path, [una, repetida, otro_mes])

    assert revisada.hallazgos == [(3, "curp", "persona_repetida", "bloquea")]


def test_un_folio_de_dos_personas(tmp_path):
    una, otra = _gente(2, FOLIO="F-7")
    assert revisar_tabla(tmp_path, [una, otra]).hallazgos == [
        (3, "folio", "folio_repetido", "bloquea")
    ]


def test_un_folio_de_la_misma_persona_en_dos_meses_esta_bien(tmp_path):
    (una,) = _gente(1)
    assert revisar_tabla(tmp_path, [una, {**una, "FECHA DE ENTREGA": "10/04/2025"}]).hallazgos == []


def test_una_curp_con_tres_nombres_es_un_relleno(tmp_path):
    gente = _gente(3)
    for i, persona in enumerate(gente):
        persona["CURP"] = gente[0]["CURP"]
        persona["FECHA DE ENTREGA"] = f"1{i}/03/2025"
    revisada = revisar_tabla(tmp_path, gente)

    assert {f for f, _c, codigo, _s in revisada.hallazgos if codigo == "curp_de_varias"} == {
        2,
        3,
        4,
    }


def test_un_telefono_en_diez_personas_avisa_y_en_nueve_no(tmp_path):
    nueve = revisar_tabla(tmp_path, _gente(9, **{"TELÉFONO": "5511111111"}))
    diez = revisar_tabla(tmp_path, _gente(10, **{"TELÉFONO": "5511111111"}))

    assert nueve.hallazgos == []
    assert {codigo for _f, _c, codigo, _s in diez.hallazgos} == {"telefono_de_muchas"}
    assert len(diez.registros) == 10


def test_una_clabe_de_dos_personas_avisa(tmp_path):
    dos = revisar_tabla(tmp_path, _gente(2, CLABE="012180001234567899"))

    assert {codigo for _f, _c, codigo, _s in dos.hallazgos} == {"clabe_de_varias"}


def test_quien_ya_esta_en_el_programa_espera_y_quien_viene_en_otra_carga_avisa(tmp_path):
    una, otra, nueva = _gente(3)
    inscritas = tmp_path / "ya.csv"
    inscritas.write_text(
        f"clave,fuente,aplicada\n{una['CURP']},P-2025-000001,true\n{otra['CURP']},P-2025-000002,false\n"
    )
    revisada = revisar_tabla(tmp_path, [una, otra, nueva], ya_inscritas=inscritas)

    assert [(f, codigo) for f, _c, codigo, _s in revisada.hallazgos] == [
        (2, "ya_inscrita"),
        (3, "en_otra_carga"),
    ]
    assert revisada.detalles[2, "ya_inscrita"] == "P-2025-000001"


def test_lo_declarado_se_coteja_con_lo_que_trae(tmp_path):
    cifras = CifrasDeControl(filas=3, monto=Decimal("2400.00"), mujeres=2, hombres=1)
    revisada = revisar_tabla(tmp_path, _gente(2), cifras=cifras)

    assert [codigo for _f, _c, codigo, _s in revisada.hallazgos] == [
        "cifra_control",
        "cifra_control",
    ]
    assert revisada.resultado.impide_todo


def test_los_identificadores_salen_de_la_carga_y_la_fila(tmp_path):
    revisada = revisar_tabla(tmp_path, _gente(2), destino=Destino(7, 3, 5))

    assert [int(r["id"]) for r in revisada.registros] == [
        7 * FILAS_POR_CARGA + 2,
        7 * FILAS_POR_CARGA + 3,
    ]
    assert revisada.registros[0]["programa_id"] == "3"


def test_una_correccion_cambia_la_celda_y_no_el_archivo(tmp_path):
    mala = {**fila(), "SEXO": "Z"}
    correcciones = tmp_path / "correcciones.csv"
    correcciones.write_text(f'fila,lugar,valor\n2,{list(BUENA).index("SEXO")},"M"\n')

    revisada = revisar_tabla(tmp_path, [mala], correcciones=correcciones)

    assert revisada.hallazgos == []
    assert ",Z," in (tmp_path / "padron.csv").read_text()
