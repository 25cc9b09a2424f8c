"""Alcaldía, colonia, código postal y domicilio."""

from __future__ import annotations

import re

from padron.validacion.piezas import Columna, Contexto, Leido, esta_vacio, texto_simple
from sibis.nucleo.normalizacion import clave_comparable, limpiar_texto

# Clave del INEGI, nombre, las dos primeras cifras de sus códigos postales y otras maneras de llamarla.
ALCALDIAS = (
    ("09002", "Azcapotzalco", "02", ("azcapo",)),
    ("09003", "Coyoacán", "04", ()),
    ("09004", "Cuajimalpa de Morelos", "05", ("cuajimalpa",)),
    ("09005", "Gustavo A. Madero", "07", ("gam", "g a m", "gustavo madero", "g a madero")),
    ("09006", "Iztacalco", "08", ()),
    ("09007", "Iztapalapa", "09", ()),
    ("09008", "La Magdalena Contreras", "10", ("contreras", "m contreras")),
    ("09009", "Milpa Alta", "12", ()),
    ("09010", "Álvaro Obregón", "01", ("a obregon", "ao")),
    ("09011", "Tláhuac", "13", ()),
    ("09012", "Tlalpan", "14", ()),
    ("09013", "Xochimilco", "16", ()),
    ("09014", "Benito Juárez", "03", ("b juarez",)),
    ("09015", "Cuauhtémoc", "06", ()),
    ("09016", "Miguel Hidalgo", "11", ("m hidalgo",)),
    ("09017", "Venustiano Carranza", "15", ("v carranza", "vc")),
)
# Las de Finanzas van por orden alfabético de 02CD01 (Álvaro Obregón) a 02CD16 (Xochimilco): por confirmar.
_DE_FINANZAS = tuple(
    clave
    for clave, *_ in sorted(ALCALDIAS, key=lambda a: clave_comparable(a[1].removeprefix("La ")))
)
_PREFIJO = re.compile(
    r"^(?:alcaldia|delegacion|del|demarcacion territorial|demarcacion|municipio)(?: de| en)? "
)
_ARTICULO = re.compile(r"^la ")
_CLAVE = re.compile(r"(?:0?9)?0?(0[2-9]|1[0-7])")
NOMBRE_DE_ALCALDIA = {clave: nombre for clave, nombre, *_ in ALCALDIAS}
PREFIJO_POSTAL = {clave: prefijo for clave, _n, prefijo, _s in ALCALDIAS}


def _nombre(texto: str) -> str:
    return _ARTICULO.sub("", _PREFIJO.sub("", clave_comparable(texto)))


_POR_NOMBRE = {
    _nombre(n): clave for clave, nombre, _p, otras in ALCALDIAS for n in (nombre, *otras)
} | {f"02cd{i:02d}": clave for i, clave in enumerate(_DE_FINANZAS, 1)}
_LIGAS = re.compile(
    r"\b(?:col|colonia|barrio|bo|pueblo|pblo|u h|unidad habitacional|fracc|fraccionamiento)\b"
)


def clave_de_alcaldia(texto: str) -> str | None:
    """Clave del INEGI de una alcaldía escrita con nombre o clave, con o sin «La»; None si no es ninguna."""
    nombre = _nombre(limpiar_texto(texto))
    if clave := _POR_NOMBRE.get(nombre):
        return clave
    hallada = _CLAVE.fullmatch(nombre.zfill(2))
    return f"090{hallada[1]}" if hallada else None


def leer_alcaldia(texto: str, contexto: Contexto) -> Leido:
    if esta_vacio(limpiar_texto(texto)):
        return Leido((None,))
    clave = clave_de_alcaldia(texto)
    return Leido((clave,), () if clave else ("alcaldia_desconocida",))


def colonia_comparable(texto: str) -> str:
    """Sin «Col.», «Barrio», «U.H.»…: cada fuente las antepone a su manera."""
    return " ".join(_LIGAS.sub(" ", clave_comparable(texto)).split())


def leer_colonia(texto: str, contexto: Contexto) -> Leido:
    """Salidas: la colonia como viene y su forma comparable, que se busca en el catálogo."""
    leido = texto_simple(texto, contexto)
    if leido.valores[0] is None:
        return Leido((None, None), leido.codigos)
    return Leido((leido.valores[0], colonia_comparable(leido.valores[0])), leido.codigos)


def leer_codigo_postal(texto: str, contexto: Contexto) -> Leido:
    """Cinco cifras. Una hoja de cálculo se come el cero de la izquierda: con cuatro se repone."""
    limpio = limpiar_texto(texto).removesuffix(".0").replace(" ", "")
    if esta_vacio(limpio):
        return Leido((None,))
    if not limpio.isdecimal() or len(limpio) not in (4, 5) or limpio.zfill(5) == "00000":
        return Leido((None,), ("cp_forma",))
    return Leido((limpio.zfill(5),))


ALCALDIA = Columna(
    "alcaldia",
    "Alcaldía",
    "Iztapalapa",
    {"alcaldia": "VARCHAR"},
    sinonimos=(
        *(
            "delegacion",
            "demarcacion",
            "demarcacion territorial",
            "alcaldia de residencia",
            "municipio",
            "cve alcaldia",
        ),
        *(
            "clave alcaldia",
            "delegacion o municipio",
            "alcaldia o municipio",
            "nom mun",
            "alcaldia domicilio",
        ),
    ),
    ayuda="Nombre o clave del INEGI (09002 a 09017).",
    opciones=tuple(nombre for _c, nombre, *_ in ALCALDIAS),
    leer=leer_alcaldia,
    codigos=("alcaldia_desconocida",),
)
COLONIA = Columna(
    "colonia",
    "Colonia o unidad territorial",
    "Santa Cruz Meyehualco",
    {"colonia": "VARCHAR", "colonia__comparable": "VARCHAR"},
    sinonimos=(
        "colonia",
        "unidad territorial",
        "ut",
        "barrio",
        "colonia o barrio",
        "pueblo barrio o colonia",
        "nombre colonia",
    ),
    leer=leer_colonia,
    codigos=("texto_largo", "formula"),
)
CODIGO_POSTAL = Columna(
    "codigo_postal",
    "Código postal",
    "09290",
    {"codigo_postal": "VARCHAR"},
    sinonimos=("cp", "c p", "cod postal", "c postal"),
    ayuda="Cinco cifras, con su cero a la izquierda.",
    leer=leer_codigo_postal,
    codigos=("cp_forma",),
)
DOMICILIO = Columna(
    "domicilio",
    "Domicilio",
    "Calle 5 núm. 10",
    {"domicilio": "VARCHAR"},
    sinonimos=("calle y numero", "calle", "direccion", "domicilio completo", "calle numero"),
    ayuda="Calle y número.",
    es_personal=True,
    derivadas={"domicilio": "CASE WHEN length(t_domicilio) <= 250 THEN t_domicilio END"},
)
COLUMNAS = (ALCALDIA, COLONIA, CODIGO_POSTAL, DOMICILIO)
