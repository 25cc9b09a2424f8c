"""Defectos que se ven en una sola celda: los de quién es la persona."""

from __future__ import annotations

from random import Random

from padron.generacion.columnas import (
    CURP,
    EDAD,
    ENTIDAD,
    FOLIO,
    NACIMIENTO,
    NOMBRES,
    PRIMERO,
    SEGUNDO,
    SEXO,
)
from padron.generacion.defecto import (
    Celdas,
    Defecto,
    Mundo,
    con_digito,
    planta,
    si_ampliado,
)

DEFECTOS: dict[str, Defecto] = {}
_EL_NOMBRE = {CURP, NOMBRES, PRIMERO, SEGUNDO}
_LA_CURP = {*_EL_NOMBRE, NACIMIENTO, SEXO, ENTIDAD}
_EL_DIA = {CURP, NACIMIENTO, EDAD}
_GENERICAS = {"H": "XEXX010101HNEXXXA4", "M": "XEXX010101MNEXXXA8", "X": "XEXX010101HNEXXXA4"}


@planta(DEFECTOS, usa=_EL_NOMBRE, tambien="curp_nombre")
def obligatorio_vacio(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[NOMBRES] = ""
    return celdas


# --- CURP


@planta(DEFECTOS, usa=_LA_CURP)
def curp_forma(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Le falta un carácter, le sobra uno o trae O donde va 0."""
    curp = celdas[CURP]
    con_letra = curp[:4] + "O" + curp[5:]
    celdas[CURP] = dado.choice((curp[:17], curp + "0", con_letra, curp[:10] + "Z" + curp[11:]))
    return celdas


@planta(DEFECTOS, usa=_LA_CURP)
def curp_fecha(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    curp = celdas[CURP]
    celdas[CURP] = con_digito(curp[:6] + dado.choice(("1332", "0230", "0431", "0015")) + curp[10:])
    return celdas


@planta(DEFECTOS, usa=_LA_CURP)
def curp_entidad(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    curp = celdas[CURP]
    celdas[CURP] = con_digito(curp[:11] + dado.choice(("MX", "EM", "QQ", "US")) + curp[13:])
    return celdas


@planta(DEFECTOS, usa=_LA_CURP)
def curp_digito(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    curp = celdas[CURP]
    celdas[CURP] = curp[:17] + str((int(curp[17]) + dado.randint(1, 9)) % 10)
    return celdas


@planta(DEFECTOS, usa=_LA_CURP)
def curp_generica(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[CURP] = _GENERICAS[celdas[CURP][10]]
    return celdas


@planta(DEFECTOS, usa={*_LA_CURP, FOLIO})
def sin_curp(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[CURP] = ""
    return celdas


@planta(DEFECTOS, usa={*_LA_CURP, FOLIO}, tambien="sin_curp")
def sin_identificador(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[CURP] = celdas[FOLIO] = ""
    return celdas


# --- Nombre


@planta(DEFECTOS, usa=_EL_NOMBRE)
def nombre_con_cifras(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Al final: las letras que dan la CURP quedan donde estaban."""
    celdas[PRIMERO] += dado.choice(("2", "1", " 02"))
    return celdas


@planta(DEFECTOS, usa=_EL_NOMBRE, tambien="curp_nombre")
def nombre_de_relleno(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[NOMBRES] = dado.choice(("S/N", "X" * 3, "NOMBRE", "SIN DATO", "PRUEBA", "N/A", "0"))
    return celdas


@planta(DEFECTOS, usa=_EL_NOMBRE)
def nombre_con_tratamiento(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    tratamiento = dado.choice(("C.", "LIC.", "ING.", "DRA.", "PROFR.", "MTRA.", "SRA."))
    celdas[NOMBRES] = f"{tratamiento} {celdas[NOMBRES]}"
    return celdas


@planta(DEFECTOS, usa=_EL_NOMBRE)
def texto_largo(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Al final del apellido: la primera palabra, que da la CURP, sigue siendo la suya."""
    celdas[PRIMERO] += " ALEGRÍA" * 80
    return celdas


@planta(DEFECTOS, usa={FOLIO})
def formula(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Una hoja de cálculo la ejecutaría al abrir el archivo."""
    numero = celdas[FOLIO]
    celdas[FOLIO] = dado.choice(
        (f'=HYPERLINK("#";"{numero}")', f"=A1&{numero!r}", f"@SUM({numero})")
    )
    return celdas


# --- Fecha, edad y sexo


@planta(DEFECTOS, usa=_EL_DIA)
def fecha_ilegible(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[NACIMIENTO] = dado.choice(("no recuerda", "??/??/1980", "en mayo", "por confirmar"))
    return celdas


@planta(DEFECTOS, usa=_EL_DIA)
def fecha_imposible(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[NACIMIENTO] = (
        dado.choice(("30/02/", "31/04/", "31/11/", "32/01/")) + celdas[NACIMIENTO][6:]
    )
    return celdas


@planta(DEFECTOS, usa=_LA_CURP | _EL_DIA | {FOLIO}, tambien="sin_curp")
def fecha_anio_corto(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Sin CURP nadie sabe de qué siglo es: el año cabe en los dos, y nadie pasaría de 120."""
    celdas[CURP] = ""
    celdas[NACIMIENTO] = f"{celdas[NACIMIENTO][:6]}{dado.randint(8, 19):02}"
    if celdas[NACIMIENTO].startswith("29/02"):
        celdas[NACIMIENTO] = "28" + celdas[NACIMIENTO][2:]
    return celdas


@planta(DEFECTOS, usa=_EL_DIA, tambien="curp_fecha_distinta edad_menor edad_no_cuadra")
def fecha_futura(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[NACIMIENTO] = f"{celdas[NACIMIENTO][:2]}/12/{dado.randint(2061, 2098)}"
    return celdas


@planta(DEFECTOS, usa=_EL_DIA, tambien="curp_fecha_distinta edad_mayor edad_no_cuadra")
def fecha_de_relleno(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[NACIMIENTO] = "01/01/1900"
    return celdas


@planta(DEFECTOS, usa={EDAD}, si=si_ampliado)
def edad_ilegible(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[EDAD] = dado.choice(("treinta y tantos", "adulta", "?"))
    return celdas


@planta(DEFECTOS, usa={EDAD, NACIMIENTO}, tambien="edad_no_cuadra", si=si_ampliado)
def edad_imposible(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[EDAD] = dado.choice(("187", "999", "-4"))
    return celdas


@planta(DEFECTOS, usa={SEXO, CURP})
def sexo_desconocido(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[SEXO] = dado.choice(("Z", "9", "INDISTINTO", "?"))
    return celdas
