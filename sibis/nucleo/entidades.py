"""Las entidades de nacimiento, con la clave de dos letras que la CURP usa y como las escribe la gente."""

from __future__ import annotations

from dataclasses import dataclass

from sibis.nucleo.normalizacion import clave_comparable

NACIDO_EN_EL_EXTRANJERO = "NE"


@dataclass(frozen=True, slots=True)
class Entidad:
    """`clave` es la del RENAPO; `inegi`, la de dos cifras del marco geoestadístico («» si no tiene)."""

    clave: str
    nombre: str
    inegi: str
    sinonimos: tuple[str, ...] = ()


ENTIDADES = (
    Entidad("AS", "Aguascalientes", "01", ("Ags",)),
    Entidad("BC", "Baja California", "02", ("Baja California Norte", "B C", "BCN")),
    Entidad("BS", "Baja California Sur", "03", ("B C S", "BCS")),
    Entidad("CC", "Campeche", "04", ("Camp",)),
    Entidad("CL", "Coahuila", "05", ("Coahuila de Zaragoza", "Coah")),
    Entidad("CM", "Colima", "06", ("Col",)),
    Entidad("CS", "Chiapas", "07", ("Chis",)),
    Entidad("CH", "Chihuahua", "08", ("Chih",)),
    Entidad(
        "DF",
        "Ciudad de México",
        "09",
        ("CDMX", "CD MX", "Distrito Federal", "D F", "Cd de México", "México D F", "México DF"),
    ),
    Entidad("DG", "Durango", "10", ("Dgo",)),
    Entidad("GT", "Guanajuato", "11", ("Gto",)),
    Entidad("GR", "Guerrero", "12", ("Gro",)),
    Entidad("HG", "Hidalgo", "13", ("Hgo",)),
    Entidad("JC", "Jalisco", "14", ("Jal",)),
    Entidad(
        "MC",
        "México",
        "15",
        ("Estado de México", "Edo de México", "Edo de Mex", "Edo México", "Edo Mex", "Edomex"),
    ),
    Entidad("MN", "Michoacán", "16", ("Michoacán de Ocampo", "Mich")),
    Entidad("MS", "Morelos", "17", ("Mor",)),
    Entidad("NT", "Nayarit", "18", ("Nay",)),
    Entidad("NL", "Nuevo León", "19", ("N L",)),
    Entidad("OC", "Oaxaca", "20", ("Oax", "Oaxaca de Juárez")),
    Entidad("PL", "Puebla", "21", ("Pue",)),
    Entidad("QT", "Querétaro", "22", ("Querétaro de Arteaga", "Qro")),
    Entidad("QR", "Quintana Roo", "23", ("Q Roo", "QROO")),
    Entidad("SP", "San Luis Potosí", "24", ("S L P", "SLP")),
    Entidad("SL", "Sinaloa", "25", ("Sin",)),
    Entidad("SR", "Sonora", "26", ("Son",)),
    Entidad("TC", "Tabasco", "27", ("Tab",)),
    Entidad("TS", "Tamaulipas", "28", ("Tamps",)),
    Entidad("TL", "Tlaxcala", "29", ("Tlax",)),
    Entidad("VZ", "Veracruz", "30", ("Veracruz de Ignacio de la Llave", "Veracruz Llave", "Ver")),
    Entidad("YN", "Yucatán", "31", ("Yuc",)),
    Entidad("ZS", "Zacatecas", "32", ("Zac",)),
    Entidad(
        NACIDO_EN_EL_EXTRANJERO,
        "Nacido en el extranjero",
        "",
        ("Nacida en el extranjero", "Extranjero", "Extranjera", "Fuera de México"),
    ),
)
POR_CLAVE = {entidad.clave: entidad for entidad in ENTIDADES}
CLAVES = frozenset(POR_CLAVE)


def _formas(entidad: Entidad) -> set[str]:
    """Todo lo que, escrito, quiere decir esa entidad y ninguna otra."""
    formas = {clave_comparable(t) for t in (entidad.clave, entidad.nombre, *entidad.sinonimos)}
    if entidad.inegi:
        formas |= {entidad.inegi, entidad.inegi.lstrip("0")}
    return formas


POR_FORMA = {forma: entidad.clave for entidad in ENTIDADES for forma in _formas(entidad)}


def clave_de_entidad(texto: str) -> str | None:
    """«Edo. de México» → «MC». None si no se reconoce: no se adivina por parecido."""
    return POR_FORMA.get(clave_comparable(texto))
