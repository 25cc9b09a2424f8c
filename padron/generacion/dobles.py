"""Para medir el enlace: la misma persona escrita de otro modo, y otra que se le parece mucho.

No son hallazgos del validador: se piden aparte y la verdad los nombra con su propia palabra. Cuando
`misma_persona` es falso, el parecido engaña y unirlos sería un error.
"""

from __future__ import annotations

from random import Random

from padron.generacion.columnas import (
    ALCALDIA,
    COLONIA,
    CURP,
    ENTIDAD,
    ENTREGA,
    FOLIO,
    NACIMIENTO,
    NOMBRES,
    NUMERO,
    POSTAL,
    PRIMERO,
    SEGUNDO,
    TELEFONO,
)
from padron.generacion.defecto import (
    Celdas,
    DefectoDeGrupo,
    Mundo,
    dia_de,
    planta_en_grupo,
    rehacer_curp,
)

DOBLES: dict[str, DefectoDeGrupo] = {}
_SUENAN_IGUAL = (("Z", "S"), ("V", "B"), ("LL", "Y"), ("H", ""), ("S", "Z"), ("C", "S"), ("G", "J"))


def _otra_vez(filas: list[Celdas]) -> Celdas:
    """El segundo renglón, con la persona del primero y lo suyo de trámite: folio, domicilio, teléfono."""
    original, doble = filas
    de_tramite = (NUMERO, FOLIO, ALCALDIA, COLONIA, POSTAL, TELEFONO, ENTREGA)
    propio = {lugar: doble[lugar] for lugar in de_tramite}
    doble[:] = original
    for lugar, celda in propio.items():
        doble[lugar] = celda
    return doble


def _errata(texto: str, dado: Random) -> str:
    """Una letra de más, de menos, cambiada de lugar o como suena."""
    for antes, despues in dado.sample(_SUENAN_IGUAL, len(_SUENAN_IGUAL)):
        if antes in texto[1:] and dado.random() < 0.5:
            return texto[0] + texto[1:].replace(antes, despues, 1)
    lugar = dado.randrange(1, max(2, len(texto) - 1))
    return dado.choice(
        (
            texto[:lugar] + texto[lugar + 1 :],
            texto[:lugar] + texto[lugar : lugar + 1] * 2 + texto[lugar + 1 :],
            texto[:lugar]
            + texto[lugar + 1 : lugar + 2]
            + texto[lugar : lugar + 1]
            + texto[lugar + 2 :],
        )
    )


@planta_en_grupo(DOBLES, misma_persona=True)
def doble_con_errata(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    doble = _otra_vez(filas)
    lugar = dado.choice((NOMBRES, PRIMERO))
    doble[lugar] = _errata(doble[lugar], dado)


@planta_en_grupo(DOBLES, misma_persona=True)
def doble_sin_curp(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    doble = _otra_vez(filas)
    doble[CURP] = ""
    doble[PRIMERO] = _errata(doble[PRIMERO], dado)


@planta_en_grupo(DOBLES, misma_persona=True)
def doble_con_apellidos_cambiados(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    doble = _otra_vez(filas)
    doble[PRIMERO], doble[SEGUNDO] = doble[SEGUNDO] or doble[PRIMERO], doble[PRIMERO]


@planta_en_grupo(DOBLES, misma_persona=True)
def doble_con_otra_fecha(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    """El día y el mes cambiados de lugar, o el día de al lado; sin CURP que lo aclare."""
    doble = _otra_vez(filas)
    doble[CURP] = ""
    nacio = dia_de(doble[NACIMIENTO])
    if nacio.day <= 12 and nacio.day != nacio.month:
        doble[NACIMIENTO] = f"{nacio.month:02}/{nacio.day:02}/{nacio.year}"
    else:
        doble[NACIMIENTO] = f"{nacio.day % 28 + 1:02}/{nacio.month:02}/{nacio.year}"


@planta_en_grupo(DOBLES, misma_persona=True)
def doble_con_nombre_corto(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    """Solo uno de sus nombres y sin segundo apellido."""
    doble = _otra_vez(filas)
    doble[CURP] = doble[SEGUNDO] = ""
    doble[NOMBRES] = doble[NOMBRES].split()[0]


@planta_en_grupo(DOBLES)
def gemela(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    """Otra persona: mismos apellidos, mismo día, mismo lugar. Unirlas sería quitarle su apoyo a una."""
    original, otra = filas
    for lugar in (PRIMERO, SEGUNDO, ENTIDAD, ALCALDIA, COLONIA, POSTAL, TELEFONO):
        otra[lugar] = original[lugar]
    otra[CURP] = otra[CURP][:11] + original[CURP][11:13] + otra[CURP][13:]
    rehacer_curp(otra, nacimiento=dia_de(original[NACIMIENTO]))
    if otra[CURP] == original[CURP] or otra[NOMBRES] == original[NOMBRES]:
        otra[NOMBRES] = f"{otra[NOMBRES]} INÉS"
        rehacer_curp(otra)


@planta_en_grupo(DOBLES)
def tocaya(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    """Otra persona con el mismo nombre completo, nacida otro día."""
    original, otra = filas
    for lugar in (NOMBRES, PRIMERO, SEGUNDO):
        otra[lugar] = original[lugar]
    rehacer_curp(otra)
