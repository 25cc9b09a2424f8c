"""Defectos que se ven en una sola celda: los de dónde vive y qué se le da."""

from __future__ import annotations

from random import Random

from padron.generacion.columnas import (
    ALCALDIA,
    CLABE,
    COLONIA,
    CORREO,
    CURP,
    ENTIDAD,
    MINISTRACION,
    MODALIDAD,
    MONTO,
    NACIMIENTO,
    POSTAL,
    TELEFONO,
    TIPO,
)
from padron.generacion.defecto import (
    Celdas,
    Defecto,
    Mundo,
    planta,
    si_ampliado,
    si_hay_catalogo_de_colonias,
    si_hay_montos,
)

DEFECTOS: dict[str, Defecto] = {}


# --- Lugar


@planta(DEFECTOS, usa={ENTIDAD, CURP})
def entidad_desconocida(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[ENTIDAD] = dado.choice(("NUEVA GALICIA", "CALIFORNIA", "99", "MEXICANA"))
    return celdas


@planta(DEFECTOS, usa={ALCALDIA, COLONIA, POSTAL})
def alcaldia_desconocida(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[ALCALDIA] = dado.choice(("NEZAHUALCÓYOTL", "ECATEPEC", "OTRA", "09001"))
    return celdas


@planta(DEFECTOS, usa={ALCALDIA, COLONIA}, si=si_hay_catalogo_de_colonias)
def colonia_desconocida(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[COLONIA] = f"LA QUE NO ESTÁ EN EL CATÁLOGO {dado.randint(2, 99)}"
    return celdas


@planta(DEFECTOS, usa={ALCALDIA, POSTAL})
def cp_forma(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[POSTAL] = dado.choice((celdas[POSTAL] + "0", celdas[POSTAL][:3] + "AB", "12"))
    return celdas


@planta(DEFECTOS, usa={TELEFONO})
def telefono_forma(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[TELEFONO] = dado.choice((celdas[TELEFONO][:7], celdas[TELEFONO] + "43", "55-no tiene"))
    return celdas


@planta(DEFECTOS, usa={CORREO}, si=si_ampliado)
def correo_forma(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[CORREO] = dado.choice(("persona(arroba)correo.example", "persona@", "no tiene correo"))
    return celdas


# --- Cuenta y dinero


@planta(DEFECTOS, usa={CLABE}, si=si_ampliado)
def clabe_forma(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    clabe = celdas[CLABE]
    celdas[CLABE] = dado.choice((clabe[:16], clabe[:15] + "1.2E+17", clabe[:17] + "O"))
    return celdas


@planta(DEFECTOS, usa={CLABE}, si=si_ampliado)
def clabe_digito(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[CLABE] = celdas[CLABE][:17] + str((int(celdas[CLABE][17]) + dado.randint(1, 9)) % 10)
    return celdas


@planta(DEFECTOS, usa={MONTO, MODALIDAD})
def monto_ilegible(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[MONTO] = dado.choice(("mil doscientos", "1,2OO.OO", "una despensa", "1200 o 900"))
    return celdas


@planta(DEFECTOS, usa={MONTO, MODALIDAD})
def monto_ambiguo(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """«2.900» son dos pesos con noventa o dos mil novecientos."""
    celdas[MONTO] = f"{dado.randint(1, 9)}.{dado.randint(1, 9)}00"
    return celdas


@planta(DEFECTOS, usa={MONTO, MODALIDAD}, tambien="monto_menor_que_regla")
def monto_negativo(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[MONTO] = "-" + (celdas[MONTO] or "100.00")
    return celdas


@planta(DEFECTOS, usa={MONTO, MODALIDAD}, tambien="monto_menor_que_regla", si=si_hay_montos)
def monto_cero(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[MONTO] = dado.choice(("0.00", "0", "$0.00"))
    return celdas


@planta(DEFECTOS, usa={TIPO, NACIMIENTO}, si=si_ampliado)
def tipo_persona_desconocido(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[TIPO] = dado.choice(("MARCIANA", "7", "TITULAR DE DERECHO AGRARIO"))
    return celdas


@planta(DEFECTOS, usa={MINISTRACION}, si=si_ampliado)
def ministracion_ilegible(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[MINISTRACION] = dado.choice(("la de siempre", "1.5", "varias"))
    return celdas
