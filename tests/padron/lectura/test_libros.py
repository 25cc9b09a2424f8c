"""Una hoja de cálculo se lee en otro proceso: trae sus celdas, y si es una trampa, no tira nada."""

import base64
import datetime as dt
import struct
import zipfile
import zlib

import pytest
import xlsxwriter

from padron.lectura import Limites
from sibis.nucleo.errores import ArchivoIlegible

# Una celda no guarda zona horaria.
UN_DIA = dt.datetime(2024, 2, 29)  # noqa: DTZ001
UNA_HORA = dt.datetime(2024, 2, 29, 10, 30)  # noqa: DTZ001
ENCABEZADO = ["folio", "nombres", "alcaldia", "monto"]


@pytest.fixture
def libro(tmp_path):
    """libro({"Hoja": [renglones]}, nombre): cada celda con el tipo que trae."""

    def _hacer(hojas, nombre="padron.xlsx", preparar=lambda libro, hojas: None):
        ruta = tmp_path / nombre
        with xlsxwriter.Workbook(ruta) as escrito:
            fecha = escrito.add_format({"num_format": "dd/mm/yyyy"})
            hechas = {}
            for titulo, renglones in hojas.items():
                hechas[titulo] = hoja = escrito.add_worksheet(titulo)
                for f, renglon in enumerate(renglones):
                    for c, valor in enumerate(renglon):
                        if isinstance(valor, dt.date):
                            hoja.write_datetime(f, c, valor, fecha)
                        elif valor is not None:
                            hoja.write(f, c, valor)
            preparar(escrito, hechas)
        return ruta

    return _hacer


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


def con_miembro(ruta, destino, cambios):
    """El mismo libro con otros miembros."""
    with (
        zipfile.ZipFile(ruta) as viejo,
        zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as nuevo,
    ):
        for miembro in viejo.namelist():
            if miembro not in cambios:
                nuevo.writestr(miembro, viejo.read(miembro))
        for miembro, contenido in cambios.items():
            nuevo.writestr(miembro, contenido)
    return destino


HOJA_XML = (
    '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{filas}</sheetData></worksheet>"
)


def celda(lugar, texto):
    return f'<c r="{lugar}" t="inlineStr"><is><t>{texto}</t></is></c>'


def test_una_celda_en_la_orilla_de_la_hoja_se_rechaza_y_no_tira_nada(leido, libro, tmp_path):
    filas = (
        f'<row r="1">{celda("A1", "folio")}</row><row r="1048576">{celda("XFD1048576", "x")}</row>'
    )
    bomba = con_miembro(
        libro({"P": [ENCABEZADO]}, "base.xlsx"),
        tmp_path / "bomba.xlsx",
        {"xl/worksheets/sheet1.xml": HOJA_XML.format(doctype="", filas=filas)},
    )
    with pytest.raises(ArchivoIlegible, match="más memoria o más tiempo"):
        leido(bomba)


def test_entidades_de_fuera_y_de_dentro_no_se_resuelven(leido, libro, tmp_path):
    secreto = tmp_path / "secreto"
    secreto.write_text("NO-SE-LEE")
    for doctype in (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secreto}">]>',
        '<!DOCTYPE x [<!ENTITY a "ja"><!ENTITY e "&a;&a;&a;">]>',
    ):
        filas = f'<row r="1">{celda("A1", "folio")}{celda("B1", "nombres")}</row><row r="2">{celda("A2", "1")}{celda("B2", "&e;")}</row>'
        ruta = con_miembro(
            libro({"P": [ENCABEZADO]}, "base.xlsx"),
            tmp_path / "xxe.xlsx",
            {"xl/worksheets/sheet1.xml": HOJA_XML.format(doctype=doctype, filas=filas)},
        )
        with pytest.raises(ArchivoIlegible, match="No se cargó nada"):
            leido(ruta)


def test_las_macros_no_se_corren_y_se_dice(leido, libro, tmp_path):
    ruta = con_miembro(
        libro({"P": [ENCABEZADO, [1, "ANA", "X", 3]]}, "base.xlsx"),
        tmp_path / "padron.xlsm",
        {"xl/vbaProject.bin": b"inventado"},
    )
    leyo = leido(ruta)
    assert leyo.avisos == ["macros_ignoradas"]
    assert leyo.filas == [(2, "1", "ANA", "X", "3")]


def test_un_libro_con_otro_nombre_se_reconoce_por_dentro(leido, libro):
    ruta = libro({"P": [ENCABEZADO, [1, "ANA", "X", 3]]})
    leyo = leido(ruta.rename(ruta.with_name("padron.csv")))
    assert (leyo.lectura.formato, leyo.lectura.archivo) == ("xlsx", "padron.csv")
    assert leyo.filas == [(2, "1", "ANA", "X", "3")]


@pytest.mark.parametrize(
    ("miembros", "dice"),
    [
        (["[Content_Types].xml", "word/document.xml"], "documento o una presentación"),
        (["[Content_Types].xml", "xl/workbook.xml"], "no se pudo leer"),
    ],
)
def test_lo_que_no_es_un_libro_se_dice(leido, tmp_path, miembros, dice):
    ruta = tmp_path / "padron.xlsx"
    with zipfile.ZipFile(ruta, "w") as escrito:
        for miembro in miembros:
            escrito.writestr(miembro, "<x/>")
    with pytest.raises(ArchivoIlegible, match=dice):
        leido(ruta)


def test_una_bomba_zip_se_rechaza_sin_abrirla(leido, tmp_path):
    ruta = tmp_path / "padron.xlsx"
    with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as escrito:
        escrito.writestr("xl/workbook.xml", "<x/>")
        escrito.writestr("xl/worksheets/sheet1.xml", b"\0" * 30_000_000)
    with pytest.raises(ArchivoIlegible, match="abierta pesa demasiado"):
        leido(ruta)


def ole(*nombres):
    """Lo mínimo de un contenedor de Office antiguo: su firma y los nombres de su directorio."""
    directorio = b"".join(
        n.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<64x") for n in nombres
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + directorio


@pytest.mark.parametrize(
    ("nombres", "dice"),
    [
        (["Root Entry", "EncryptionInfo", "EncryptedPackage"], "tiene contraseña"),
        (["Root Entry", "WordDocument"], "no es hoja de cálculo"),
        (["Root Entry", "Workbook"], "no se pudo leer"),
    ],
)
def test_los_documentos_antiguos_o_con_contrasena_se_dicen(leido, nombres, dice):
    with pytest.raises(ArchivoIlegible, match=dice):
        leido(ole(*nombres), nombre="padron.xlsx")


def test_la_memoria_del_lector_tiene_tope(leido, libro):
    with pytest.raises(ArchivoIlegible, match="memoria|no se pudo leer"):
        leido(
            libro({"P": [ENCABEZADO, [1, "ANA", "X", 3]]}),
            limites=Limites(memoria_de_libro=30_000_000),
        )


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


# Un libro de Excel 97 de dos personas inventadas: ya ninguna biblioteca instalada los escribe.
XLS = (
    "c-rk)O=uHA6#iy6X?|$aq^3eElu)p0?M1wJX=B7%FO9LFmLlk;i4dCZO6)}sTCF(>f+xjGp%*Xp=im=|(3=OLY7c"
    "@SBzi0!L<J9R);Di=V^Vu)K#P|BmVNW){mt8*H?u#l7b2zE`<-R1!T?lM%mA8dWP;9s(+Pw0rYTvc_0ws(_^%M~("
    "?m9T@wDZYPtKv7?=lqJ^SmGme5CUv&LU~(+1Li+0Oz0ynL|HOf!ibrp@Xw(V>-@s3)8!7`Hbm)mRw`nPqrm7hJ|>"
    "tcb{Fwqe?gHLXdGEvCn&!>_IzT$|}BeU0AkWBnmk#|8FX~Jk6K`&D&5`&la?N2~nEBIea%`z&B^5K99Nbjg<?K{7"
    "1dqw}$+N;sK^%p5_8CQbB%Jtwos9GKH`DG7j^G>$etWDsgaRG3f=)82Ow*)2<tn=|c7#skQvLme1rgQcfEBltJzA"
    "u{TG?s9r`X<lyl{P;TD5*u!;;y@eM+GtmrMnUC;N2-B#`cfPzGPN(9hSTfCdSdW42GIN-?EIr6M#2QbP_Oi!rrdK"
    "%XHs(8-MyY_Q?Mb!U%%K^!xysre8fPzKF}|aQ-${IN>FDFG;-~m7;^&9T7ozj;;<M<cyObe+dCZ_s^od(HC7#5cR"
    "@hs{2c{jrZ6AImY+svcKkHhtf*`XIrqV+2)zw=Fwvg27Irq=%Db!P|J(YSMJC?F4)<q@AvIx(Lw72HMTkR>f&a#x"
    "TmQ*X2x<)LOV+Cz*m1Fs;z1mnR$9h1C4Jd7RD3hQq^cR9~;lhOr7cN}5aItA1UtHxIpK8Cjd+pBxpZ#BFh0comn`"
    "F~s1O^>b^kF&(o!SD<H&j1c;T29Su}&Z7f1$()8ohuCq&bg?hU=F;>qPDKtlKgC=ax{T<5wEV^DmG86BW<div"
)


def test_un_libro_de_excel_97_se_lee_igual(leido):
    leyo = leido(zlib.decompress(base64.b85decode(XLS)), nombre="padron.xls")
    assert (leyo.lectura.formato, leyo.lectura.fila_encabezado) == ("xls", 2)
    assert leyo.filas == [(3, "1", "MUÑOZ", "X", "2.5"), (4, "2", "EVA", "X", "300")]


def test_un_libro_cortado_se_dice(leido, libro):
    entero = libro({"P": [ENCABEZADO, [1, "ANA", "X", 3]]}).read_bytes()
    with pytest.raises(ArchivoIlegible, match="cortado o dañado"):
        leido(entero[: len(entero) // 2], nombre="cortado.xlsx")
    with pytest.raises(ArchivoIlegible, match="o está dañado"):
        leido(zlib.decompress(base64.b85decode(XLS))[:3000], nombre="cortado.xls")
