"""Un CSV se lee como lo mandan: con su codificación, su separador y el número de fila que ve la gente."""

import codecs
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sibis.nucleo.errores import ArchivoIlegible
from sibis.nucleo.tabular import Limites, Tabla, abrir

COLUMNAS = ("nombre", "direccion", "alcaldia", "latitud", "longitud")
LETRAS = "abcñáéíóúüÑÁÉÍÓÚ 019.-'\"\n,;\t|"


def reconoce(celdas):
    return len({c.strip().lower() for c in celdas} & set(COLUMNAS))


def leer(contenido: bytes, *, limites: Limites | None = None) -> Tabla:
    with tempfile.NamedTemporaryFile(suffix=".csv", delete=False) as archivo:
        archivo.write(contenido)
    return abrir(Path(archivo.name), cuantas_reconoce=reconoce, limites=limites)


def filas(contenido: bytes, **opciones) -> list[tuple[int, tuple[str, ...]]]:
    tabla = leer(contenido, **opciones)
    leidas = [(f.numero, f.valores) for f in tabla]
    tabla.ruta.unlink()
    return leidas


def como_csv(tabla, *, separador: str, fin: str, siempre_comillas: bool) -> str:
    def celda(texto):
        delicada = siempre_comillas or any(c in texto for c in f'{separador}"\r\n')
        return '"' + texto.replace('"', '""') + '"' if delicada else texto

    return "".join(separador.join(celda(c) for c in renglon) + fin for renglon in tabla)


@st.composite
def tablas(draw):
    ancho = draw(st.integers(1, len(COLUMNAS)))
    celda = st.text(alphabet=LETRAS, max_size=12)
    renglon = st.lists(celda, min_size=ancho, max_size=ancho).filter(
        lambda r: any(c.strip() for c in r)
    )
    return [list(COLUMNAS[:ancho]), *draw(st.lists(renglon, max_size=8))]


@settings(max_examples=200, deadline=None)
@given(
    tabla=tablas(),
    letra=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"]),
    separador=st.sampled_from(",;\t|"),
    fin=st.sampled_from(["\n", "\r\n", "\r"]),
    siempre_comillas=st.booleans(),
)
def test_cualquier_tabla_se_lee_igual_que_se_escribio(
    tabla, letra, separador, fin, siempre_comillas
):
    texto = como_csv(tabla, separador=separador, fin=fin, siempre_comillas=siempre_comillas)
    leida = leer(texto.encode(letra))
    try:
        assert [list(leida.informe.encabezado), *(list(f.valores) for f in leida)] == tabla
    finally:
        leida.ruta.unlink()


@pytest.mark.parametrize(
    ("contenido", "codificacion", "separador", "fin"),
    [
        ("nombre,alcaldia\nPeñón,Tláhuac\n".encode(), "utf-8", ",", "LF"),
        ("nombre;alcaldia\r\nPeñón;Tláhuac\r\n".encode("cp1252"), "cp1252", ";", "CRLF"),
        ("nombre\talcaldia\rPeñón\tTláhuac\r".encode("utf-16"), "utf-16", "\t", "CR"),
        ("nombre|alcaldia\nPeñón|Tláhuac\n".encode("utf-8-sig"), "utf-8-sig", "|", "LF"),
        ("nombre,alcaldia\nPeñón,Tláhuac\n".encode("utf-16-le"), "utf-16-le", ",", "LF"),
        ("nombre,alcaldia\nPeñón,Tláhuac\n".encode("utf-16-be"), "utf-16-be", ",", "LF"),
        ("nombre,alcaldia\nPe\x81ñón,Tláhuac\n".encode("latin-1"), "latin-1", ",", "LF"),
    ],
)
def test_el_informe_dice_que_se_reconocio(contenido, codificacion, separador, fin):
    informe = leer(contenido).informe
    assert (informe.codificacion, informe.separador, informe.fin_de_linea) == (
        codificacion,
        separador,
        fin,
    )
    assert informe.encabezado == ("nombre", "alcaldia")


def test_el_numero_de_fila_es_el_de_la_hoja_de_calculo():
    contenido = (
        b'Padron 2025,,\n\nnombre,direccion,alcaldia\nUno,"calle\ncon salto",a\n\n,,\nDos,,b\n'
    )
    assert [(n, v[0]) for n, v in filas(contenido)] == [(4, "Uno"), (7, "Dos")]


def test_finales_de_linea_mezclados_no_cambian_la_cuenta():
    assert [n for n, _ in filas(b"nombre\r\nUno\nDos\rTres\r\n")] == [2, 3, 4]


def test_el_encabezado_es_el_renglon_que_mas_columnas_nombra():
    informe = leer(b"nombre del archivo\nnombre,latitud,longitud\nUno,1,2\n").informe
    assert informe.fila_encabezado == 2


def test_las_columnas_vacias_de_excel_no_son_encabezado():
    assert leer(b"nombre,alcaldia,,\nUno,x,,\n").informe.encabezado == ("nombre", "alcaldia")


def test_una_columna_con_comas_sueltas_no_se_parte():
    assert filas(b"nombre\nSan Juan; casa\nSan Luis; patio\n")[0][1] == ("San Juan; casa",)


def test_la_tabla_se_puede_recorrer_dos_veces():
    tabla = leer(b"nombre\nUno\n")
    assert list(tabla) == list(tabla)


@pytest.mark.parametrize(
    ("contenido", "motivo"),
    [
        (b"", "está vacío"),
        (b"PK\x03\x04resto", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8bresto", "comprimido"),
        (b"uno,dos\n1,2\n", "no tiene un encabezado conocido"),
        (codecs.BOM_UTF8 + b"nombre\n\xff\xfe\n", "UTF-8 pero está cortado o dañado"),
        (codecs.BOM_UTF16_LE + b"n\x00o\x00m", "UTF-16 pero está cortado o dañado"),
        (b'"nombre\nUno\n', "La fila 1 abre unas comillas que nunca cierran"),
    ],
)
def test_lo_que_no_es_una_tabla_se_dice_al_abrir(contenido, motivo):
    with pytest.raises(ArchivoIlegible, match=motivo):
        leer(contenido)


@pytest.mark.parametrize(
    ("contenido", "motivo"),
    [
        (
            b'nombre,alcaldia\nUno,a\nDos,"b\nTres,c\n',
            "La fila 3 abre unas comillas que nunca cierran",
        ),
        (b'nombre,alcaldia\nUno,a\n"El "Sol"",b\n', "La fila 3 tiene comillas sueltas"),
        (b"nombre,alcaldia\nUno,a\x00b\n", "La fila 2 tiene un byte nulo"),
        (b"nombre,alcaldia\n" + b"a," * 600 + b"\n", "La fila 2 tiene más de 500 columnas"),
        (b'nombre,alcaldia\n"' + b"a" * 200_000 + b'"\n', "La fila 2 tiene una celda de más de"),
        (b"nombre\n" + b"x\n" * 11, "pasa de 10 filas"),
    ],
)
def test_un_error_de_forma_detiene_la_lectura_y_nombra_la_fila(contenido, motivo):
    with pytest.raises(ArchivoIlegible, match=motivo):
        filas(contenido, limites=Limites(filas=10))


def test_un_archivo_mas_grande_que_el_limite_no_se_lee():
    with pytest.raises(ArchivoIlegible, match="Divídelo"):
        leer(b"nombre\n" + b"x\n" * 100, limites=Limites(tamano=50))


def test_un_archivo_que_no_existe_o_es_carpeta_se_dice(tmp_path):
    for ruta, motivo in ((tmp_path / "nada.csv", "No existe"), (tmp_path, "es una carpeta")):
        with pytest.raises(ArchivoIlegible, match=motivo):
            abrir(ruta, cuantas_reconoce=reconoce)
