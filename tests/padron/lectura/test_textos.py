"""Un CSV escrito de cualquier modo vuelve con las mismas celdas y con la fila que ve quien lo abre."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from padron.lectura import Limites
from sibis.nucleo.errores import ArchivoIlegible
from tests.padron.lectura.conftest import NUESTRAS, leer_todo

ENCABEZADO = "folio,curp,nombres,alcaldia,monto"
LETRAS = "abcñáéíóúüÑÁÉÍÓÚ 019.-'\"\n,;\t|$"


def como_csv(tabla, *, separador, fin, siempre_comillas):
    def celda(texto):
        delicada = siempre_comillas or any(c in texto for c in f'{separador}"\r\n')
        return '"' + texto.replace('"', '""') + '"' if delicada else texto

    return "".join(separador.join(celda(c) for c in renglon) + fin for renglon in tabla)


@st.composite
def tablas(draw, letras=LETRAS):
    ancho = draw(st.integers(2, len(NUESTRAS)))
    celda = st.text(alphabet=letras, max_size=12)
    # Con dos celdas llenas ningún renglón se confunde con una firma al pie.
    renglon = st.lists(celda, min_size=ancho, max_size=ancho).filter(
        lambda r: sum(bool(c.strip()) for c in r) > 1
    )
    return [list(NUESTRAS[:ancho]), *draw(st.lists(renglon, min_size=1, max_size=8))]


def esperado(tabla):
    return [(numero, *celdas) for numero, celdas in enumerate(tabla[1:], start=2)]


@settings(max_examples=150, deadline=None)
@given(
    tabla=tablas(),
    letra=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le"]),
    separador=st.sampled_from(",;\t|"),
    fin=st.sampled_from(["\n", "\r\n", "\r"]),
    siempre_comillas=st.booleans(),
)
def test_leer_devuelve_cada_celda_en_su_fila(tabla, letra, separador, fin, siempre_comillas):
    texto = como_csv(tabla, separador=separador, fin=fin, siempre_comillas=siempre_comillas)
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "padron.csv"
        ruta.write_bytes(texto.encode(letra))
        leido = leer_todo(ruta, Path(carpeta) / "trabajo")
    assert leido.filas == esperado(tabla)
    assert leido.lectura.separador == separador
    assert leido.hallazgos == []


@settings(max_examples=100, deadline=None)
@given(
    tabla=tablas(letras="abÑé 01.'\",;?*"),
    fin=st.sampled_from(["\n", "\r\n"]),
    siempre_comillas=st.booleans(),
    titulo=st.booleans(),
)
def test_las_dos_vias_dan_la_misma_tabla(tabla, fin, siempre_comillas, titulo):
    texto = como_csv(tabla, separador=",", fin=fin, siempre_comillas=siempre_comillas)
    texto = ("PADRÓN INVENTADO" + fin if titulo else "") + texto
    with tempfile.TemporaryDirectory() as carpeta:
        una, otra = Path(carpeta) / "una.csv", Path(carpeta) / "otra.csv"
        una.write_bytes(texto.encode())
        otra.write_bytes((texto + fin).encode())  # un renglón vacío al final obliga a la lenta
        quiza_rapida = leer_todo(una, Path(carpeta) / "1")
        lenta = leer_todo(otra, Path(carpeta) / "2")
    assert lenta.lectura.numerado
    assert quiza_rapida.filas == lenta.filas
    assert quiza_rapida.hallazgos == lenta.hallazgos
    assert quiza_rapida.lectura.primera_fila == lenta.lectura.primera_fila


@pytest.mark.parametrize("fin", ["\n", "\r\n"])
@pytest.mark.parametrize("letra", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_un_archivo_parejo_va_por_la_via_rapida(leido, letra, fin):
    texto = fin.join([ENCABEZADO, '1,,"MUÑOZ, ANA",TLALPAN,300', "2,,LUZ,TLALPAN,300", ""])
    leyo = leido(texto.encode(letra))
    assert not leyo.lectura.numerado
    assert leyo.filas == [
        (2, "1", "", "MUÑOZ, ANA", "TLALPAN", "300"),
        (3, "2", "", "LUZ", "TLALPAN", "300"),
    ]
    assert (leyo.lectura.codificacion, leyo.lectura.filas) == (letra, 2)


@pytest.mark.parametrize(
    "renglon",
    [
        "",
        ",,,,",
        '"",,,,',
        "3,,LUZ,TLALPAN",
        "3,,LUZ,TLALPAN,300,SOBRA",
        "TOTAL,,,,600",
        ENCABEZADO,
        '3,,"LUZ\nANA",TLALPAN,300',
        '3, "LUZ",ANA,TLALPAN,300',
        '3,,"LUZ" ,TLALPAN,300',
        "3,,CASTAÃ‘EDA,TLALPAN,300",
        "3,,CASTA?EDA,TLALPAN,300",
        '3,,"LUZ,TLALPAN,300',
    ],
)
def test_lo_que_no_es_parejo_va_por_la_lenta(leido, renglon):
    leyo = leido(f"{ENCABEZADO}\n1,,ANA,TLALPAN,300\n{renglon}\n2,,EVA,TLALPAN,300\n")
    assert leyo.lectura.numerado
    assert leyo.filas[0] == (2, "1", "", "ANA", "TLALPAN", "300")

    assert leyo.filas[-1] == (4, "2", "", "EVA", "TLALPAN", "300")


def test_cada_fila_larga_dice_cuantas_celdas_le_sobran(leido):
    leyo = leido(f"{ENCABEZADO}\n1,,ANA,TLALPAN,300,,x,y\n2,,EVA,TLALPAN,300,,\n3,,LUZ\n")
    assert leyo.hallazgos == [("2", "", "celdas_de_mas", "2")]
    assert leyo.filas[2] == (4, "3", "", "LUZ", "", "")


def test_unas_comillas_que_no_cierran_solo_estropean_su_fila(leido):
    medio = "".join(f"{n},,EVA,TLALPAN,300\n" for n in range(3000))
    leyo = leido(f'{ENCABEZADO}\n1,,"ANA,TLALPAN,300\n{medio}9,,"LUZ, ""LA""",TLALPAN,300\n')
    assert leyo.codigos == [(2, "comillas_sueltas")]
    assert leyo.filas[0] == (2, "1", "", '"ANA', "TLALPAN", "300")
    assert [f[0] for f in leyo.filas] == list(range(2, 3004))
    assert leyo.filas[-1] == (3003, "9", "", 'LUZ, "LA"', "TLALPAN", "300")


def test_fines_de_linea_mezclados_no_mueven_las_filas(leido):
    leyo = leido(f"{ENCABEZADO}\r\n1,,ANA,X,1\n2,,EVA,X,2\r\r3,,LUZ,X,3\r\n")
    assert [(f[0], f[1]) for f in leyo.filas] == [(2, "1"), (3, "2"), (5, "3")]


def test_la_letra_rota_se_repara_y_se_dice(leido):
    leyo = leido(f"{ENCABEZADO}\n1,,CASTAÃ‘EDA,COYOACÁN,1\n2,,NUÃƒâ€˜EZ,X,2\n3,,SÃO ÂNGELA,X,3\n")
    assert [f[3] for f in leyo.filas] == ["CASTAÑEDA", "NUÑEZ", "SÃO ÂNGELA"]
    assert leyo.hallazgos == [("2", "2", "letra_rota", ""), ("3", "2", "letra_rota", "")]


@pytest.mark.parametrize(
    "perdida",
    ["CASTA?EDA", "NU\ufffdEZ", "CASTAŃEDA", "GARDU O", "REFORESTACISN", "luz de la pe a"],
)
def test_la_letra_perdida_se_dice_y_no_se_inventa(leido, perdida):
    leyo = leido(f"{ENCABEZADO}\n1,,{perdida},TLALPAN,1\n2,,ANA,TLALPAN,2\n")
    assert leyo.filas[0][3] == perdida
    assert leyo.hallazgos == [("2", "2", "letra_perdida", "")]


@pytest.mark.parametrize(
    "buena", ["CISNEROS", "¿QUIÉN?", "http://x.mx/?a=1", "PEÑA", "A O", "SU OBRA"]
)
def test_lo_bien_escrito_no_es_letra_perdida(leido, buena):
    assert leido(f"{ENCABEZADO}\n1,,{buena},TLALPAN,1\n").hallazgos == []


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (b"", "está vacío"),
        (b"\xef\xbb\xbf\r\n  \n", "está vacío"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "es una imagen"),
        (b"%PDF-1.7 x", "es un PDF"),
        (b"<html><table><tr><td>folio", "página web"),
        (b"Rar!\x1a\x07\0xx", "RAR"),
        ((ENCABEZADO + "\n1,,A\0NA,X,1\n").encode(), "fila 2 tiene un byte nulo"),
        ((ENCABEZADO + "\n").encode(), "ninguna fila de datos"),
        ((ENCABEZADO + "\n1,,ANA,X,1").encode("utf-16")[:-1], "cortado o dañado"),
        (("folio" + ",x" * 400 + "\n").encode(), "columnas"),
        (
            (ENCABEZADO + "\n1,,ANA,X,1" + ",x" * 400 + "\n").encode(),
            "fila 2 tiene más de 300 columnas",
        ),
    ],
)
def test_lo_que_no_se_puede_leer_se_dice(leido, contenido, dice):
    with pytest.raises(ArchivoIlegible, match=dice) as error:
        leido(contenido)
    assert str(error.value).endswith((".", "intentar."))


def test_una_palabra_que_empieza_como_imagen_es_texto(leido):
    assert leido("BM,folio\n1,2\n").filas == [(2, "1", "2")]


def test_los_limites_se_dicen_antes_de_leer(leido):
    with pytest.raises(ArchivoIlegible, match="Divídelo"):
        leido(ENCABEZADO + "\n1,,ANA,X,1\n", limites=Limites(archivo=10))
    with pytest.raises(ArchivoIlegible, match="pasa de 2 filas"):
        leido(ENCABEZADO + "\n1,,ANA,X,1\n\n2,,ANA,X,1\n", limites=Limites(filas=2))


def test_un_nombre_con_comodines_es_un_nombre(leido):
    leyo = leido(ENCABEZADO + "\n1,,ANA,X,1\n", nombre="padron [final] *.csv")
    assert (leyo.lectura.archivo, leyo.lectura.numerado) == ("padron [final] *.csv", False)
    assert len(leyo.filas) == 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                b"folio",
                b"curp",
                b"nombres",
                b",",
                b",",
                b";",
                b'"',
                b'""',
                b"\n",
                b"\n",
                b"\r\n",
                b"\r",
                b"\0",
            ]
            + [
                b" ",
                b"\xc3\x91",
                b"\xd1",
                b"\xff\xfe",
                b"\xef\xbb\xbf",
                b"TOTAL",
                b"1",
                b"\xe2\x80\xa8",
                b"\x85",
                b"?",
            ]
        ),
        max_size=60,
    ).map(b"".join)
)
def test_nada_tira_la_lectura_y_las_filas_van_en_orden(contenido):
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "padron.csv"
        ruta.write_bytes(contenido)
        try:
            leido = leer_todo(ruta, Path(carpeta) / "trabajo")
        except ArchivoIlegible:
            return
    numeros = [f[0] for f in leido.filas]
    assert numeros == sorted(set(numeros))
    assert numeros[0] == leido.lectura.primera_fila > leido.lectura.fila_encabezado
    assert len(numeros) == leido.lectura.filas
    assert {len(f) - 1 for f in leido.filas} == {len(leido.lectura.encabezado)}
