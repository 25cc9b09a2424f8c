"""Una hoja de cálculo se lee en otro proceso: trae sus celdas, y si es una trampa, no tira nada."""

import base64
import datetime as dt
import zipfile
import zlib

import pytest

from sibis.nucleo.errores import ArchivoIlegible
from tests.padron.lectura.conftest import XLS

# Una celda no guarda zona horaria.
UN_DIA = dt.datetime(2024, 2, 29)  # noqa: DTZ001
UNA_HORA = dt.datetime(2024, 2, 29, 10, 30)  # noqa: DTZ001
ENCABEZADO = ["folio", "nombres", "alcaldia", "monto"]


def test_las_celdas_llegan_como_se_ven(leido, libro):
    ruta = libro(
        {
            "Padrón": [
                ["folio", "nombres", "fecha", "telefono", "monto", "activo"],
                [1, "ANA", UN_DIA, 5512345678, 2899.9999999999995, True],
                [
                    1e-05,
                    "EVA",
                    UNA_HORA,
                    12345678901234,
                    0.1 + 0.2,
                    False,
                ],
            ]
        }
    )
    leyo = leido(ruta)
    assert leyo.filas == [
        (2, "1", "ANA", "2024-02-29", "5512345678", "2900", "sí"),
        (3, "0.00001", "EVA", "2024-02-29T10:30:00", "12345678901234", "0.3", "no"),
    ]
    assert (leyo.lectura.formato, leyo.lectura.hoja, leyo.lectura.separador) == (
        "xlsx",
        "Padrón",
        "",
    )
    assert not leyo.lectura.numerado


def test_una_clabe_guardada_como_numero_dice_que_perdio_digitos(leido, libro):
    leyo = leido(
        libro(
            {
                "P": [
                    ["folio", "clabe"],
                    [1, 2180012345678901],
                    [2, 123456789012345678],
                    [3, "123456789012345678"],
                ]
            }
        )
    )
    assert leyo.filas[2] == (4, "3", "123456789012345678")
    assert leyo.filas[1][2].isdecimal()
    assert len(leyo.filas[1][2]) == 18
    assert leyo.hallazgos == [
        ("2", "1", "digitos_perdidos", ""),
        ("3", "1", "digitos_perdidos", ""),
    ]


def test_de_una_formula_se_toma_su_valor_guardado(leido, libro):
    def formulas(_, hojas):
        hojas["P"].write_formula(1, 1, '=HYPERLINK("http://x.invalid")', None, "ANA")
        hojas["P"].write_string(2, 1, "=cmd|' /C calc'!A0")

    leyo = leido(libro({"P": [["folio", "nombres"], [1], [2]]}, preparar=formulas))
    assert [f[2] for f in leyo.filas] == ["ANA", "=cmd|' /C calc'!A0"]


HOJAS = {
    "Instrucciones": [["Llena la tabla"], ["folio, nombres"]],
    "Catálogo": [["alcaldia"], *[[f"A{n}"] for n in range(50)]],
    "Padrón": [["PADRÓN 2024"], [], ENCABEZADO, [1, "ANA", "TLALPAN", 3]],
    "Vacía": [],
    "Otro": [ENCABEZADO, [5, "EVA", "TLALPAN", 3], [6, "SOL", "TLALPAN", 3]],
}


@pytest.mark.parametrize(
    ("hoja", "nombre", "folios"),
    [
        (None, "Otro", ["5", "6"]),
        ("Padrón", "Padrón", ["1"]),
        ("3", "Padrón", ["1"]),
        ("5", "Otro", ["5", "6"]),
    ],
)
def test_la_hoja_es_la_pedida_o_la_que_mas_se_reconoce(leido, libro, hoja, nombre, folios):
    leyo = leido(libro(HOJAS), hoja=hoja)
    assert leyo.lectura.hoja == nombre
    assert [f[1] for f in leyo.filas] == folios
    if hoja is None:
        assert leyo.lectura.hojas == ("Instrucciones", "Catálogo", "Padrón", "Otro")


@pytest.mark.parametrize(
    ("hoja", "dice"),
    [
        ("Nómina", "no tiene la hoja «Nómina»"),
        ("0", "no tiene la hoja"),
        ("4", "«Vacía» está vacía"),
    ],
)
def test_una_hoja_que_no_esta_se_dice(leido, libro, hoja, dice):
    with pytest.raises(ArchivoIlegible, match=dice):
        leido(libro(HOJAS), hoja=hoja)


def test_celdas_combinadas_en_titulo_y_encabezado(leido, libro):
    def combinar(escrito, hojas):
        hojas["P"].merge_range(0, 0, 0, 3, "PADRÓN INVENTADO")
        hojas["P"].merge_range(1, 1, 1, 2, "DOMICILIO")
        hojas["P"].merge_range(1, 0, 2, 0, "folio")
        hojas["P"].merge_range(1, 3, 2, 3, "monto")
        hojas["P"].write_row(2, 1, ["calle", "colonia"])
        hojas["P"].write_blank(5000, 200, None, escrito.add_format({"bold": True}))

    leyo = leido(
        libro(
            {"P": [[], [], [], [1, "AV 5", "CENTRO", 300], [2, "AV 6", "ROMA", 300]]},
            preparar=combinar,
        )
    )
    assert leyo.lectura.encabezado == ("folio", "calle", "colonia", "monto")
    assert leyo.avisos == ["celdas_combinadas"]
    assert "4 grupo(s)" in leyo.lectura.avisos[0].texto
    assert leyo.filas == [(4, "1", "AV 5", "CENTRO", "300"), (5, "2", "AV 6", "ROMA", "300")]


def test_las_filas_son_las_de_la_hoja_aunque_haya_huecos_y_totales(leido, libro):
    leyo = leido(
        libro(
            {
                "P": [
                    [],
                    ENCABEZADO,
                    [],
                    [1, "ANA", "X", 3],
                    [None, "", None],
                    [2, "EVA", "X", 3],
                    ["TOTAL", None, None, 6],
                ]
            }
        )
    )
    assert [f[0] for f in leyo.filas] == [4, 6]
    assert leyo.codigos == [(7, "renglon_de_total")]


def test_un_libro_con_otro_nombre_se_reconoce_por_dentro(leido, libro):
    ruta = libro({"P": [ENCABEZADO, [1, "ANA", "X", 3]]})
    leyo = leido(ruta.rename(ruta.with_name("padron.csv")))
    assert (leyo.lectura.formato, leyo.lectura.archivo) == ("xlsx", "padron.csv")
    assert leyo.filas == [(2, "1", "ANA", "X", "3")]


ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Padrón">{}</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_una_hoja_ods_se_lee_igual(leido, tmp_path):
    def renglon(*celdas):
        dentro = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
            for c in celdas
        )
        return f"<table:table-row>{dentro}</table:table-row>"

    ruta = tmp_path / "padron.ods"
    with zipfile.ZipFile(ruta, "w") as escrito:
        escrito.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        escrito.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        escrito.writestr(
            "content.xml", ODS.format(renglon(*ENCABEZADO) + renglon("1", "ANA", "X", "3"))
        )
    leyo = leido(ruta)
    assert (leyo.lectura.formato, leyo.lectura.hoja) == ("ods", "Padrón")
    assert leyo.filas == [(2, "1", "ANA", "X", "3")]


def test_una_celda_con_error_dice_su_error(leido, libro):
    def errores(_, hojas):
        hojas["P"].write_formula(1, 1, "=NA()", None, "#N/A")
        hojas["P"].write_formula(2, 3, "=1/0", None, "#DIV/0!")

    leyo = leido(
        libro(
            {"Otra": [["x"]], "P": [ENCABEZADO, [1, None, "X", 3], [2, "EVA", "X"]]},
            preparar=errores,
        )
    )
    assert leyo.filas == [(2, "1", "#N/A", "X", "3"), (3, "2", "EVA", "X", "#DIV/0!")]


def test_un_libro_de_excel_97_se_lee_igual(leido):
    leyo = leido(zlib.decompress(base64.b85decode(XLS)), nombre="padron.xls")
    assert (leyo.lectura.formato, leyo.lectura.fila_encabezado) == ("xls", 2)
    assert leyo.filas == [(3, "1", "MUÑOZ", "X", "2.5"), (4, "2", "EVA", "X", "300")]
