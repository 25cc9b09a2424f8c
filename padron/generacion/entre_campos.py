"""Defectos de un renglón que no está de acuerdo consigo mismo, o con la regla."""

from __future__ import annotations

import datetime
from decimal import Decimal
from random import Random

from padron.generacion.columnas import (
    ALCALDIA,
    COLONIA,
    CURP,
    DENOMINACION,
    EDAD,
    ENTIDAD,
    ENTREGA,
    FOLIO,
    MODALIDAD,
    MONTO,
    NACIMIENTO,
    NOMBRES,
    POSTAL,
    PRIMERO,
    SEGUNDO,
    SEXO,
    TIPO,
    TUTOR_CURP,
    TUTOR_NOMBRE,
)
from padron.generacion.defecto import (
    Celdas,
    Defecto,
    Mundo,
    dia_de,
    distinto,
    menos_meses,
    planta,
    rehacer_curp,
    si_ampliado,
    si_hay_catalogo_de_colonias,
    si_hay_minimos,
    si_hay_montos,
)
from padron.generacion.lugares import ALCALDIAS, codigo_postal
from padron.generacion.moldes import FECHA, NOMBRES_DE_ENTIDAD, SEXOS
from padron.generacion.reglamento import MAYORIA_DE_EDAD
from sibis.nucleo.edades import edad_en_meses

DEFECTOS: dict[str, Defecto] = {}
_LA_PERSONA = {CURP, NOMBRES, PRIMERO, SEGUNDO, NACIMIENTO, EDAD, SEXO, ENTIDAD, ENTREGA}
_DE_UN_COLECTIVO = (_LA_PERSONA - {ENTREGA}) | {TUTOR_CURP, TUTOR_NOMBRE}
_EL_LUGAR = {ALCALDIA, COLONIA, POSTAL}
# Con menos de esto no cabe alguien más joven que ya hubiera nacido.
_EDAD_QUE_DEJA_LUGAR = 16
_EDAD_CREIBLE = 95 * 12


def _limite_de_edad_abajo(mundo: Mundo) -> bool:
    return (mundo.reglamento.edad_min_meses or 0) >= _EDAD_QUE_DEJA_LUGAR


def _limite_de_edad_arriba(mundo: Mundo) -> bool:
    maximo = mundo.reglamento.edad_max_meses
    return maximo is not None and maximo < _EDAD_CREIBLE


def _con_otras_alcaldias(mundo: Mundo) -> bool:
    return 0 < len(mundo.reglamento.alcaldias) < len(ALCALDIAS)


def _con_menores(mundo: Mundo) -> bool:
    return mundo.ampliado and mundo.reglamento.admite_menores


# --- Lo que dice la CURP


@planta(DEFECTOS, usa=_LA_PERSONA)
def curp_nombre(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """El primer apellido de otra persona: otra inicial."""
    iniciales = {a.texto: a.letra for a in mundo.moldes.apellidos.cosas}
    celdas[PRIMERO] = dado.choice([t for t, letra in iniciales.items() if letra != celdas[CURP][0]])
    return celdas


@planta(DEFECTOS, usa=_LA_PERSONA, tambien="edad_no_cuadra")
def curp_fecha_distinta(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Otro día del mismo mes: la edad no sale de la regla."""
    nacio = celdas[NACIMIENTO]
    celdas[NACIMIENTO] = distinto(dado, [f"{d:02}" for d in range(1, 29)], nacio[:2]) + nacio[2:]
    return celdas


@planta(DEFECTOS, usa=_LA_PERSONA, tambien="sexo_fuera_de_regla")
def curp_sexo_distinto(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[SEXO] = SEXOS["H" if celdas[CURP][10] == "M" else "M"]
    return celdas


@planta(DEFECTOS, usa=_LA_PERSONA)
def curp_entidad_distinta(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[ENTIDAD] = distinto(dado, NOMBRES_DE_ENTIDAD.values(), celdas[ENTIDAD])
    return celdas


# --- Lo que pide la regla de la persona


@planta(DEFECTOS, usa=_LA_PERSONA, si=si_ampliado)
def edad_no_cuadra(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[EDAD] = str(int(celdas[EDAD]) + dado.randint(7, 11))
    return celdas


@planta(
    DEFECTOS,
    usa={*_LA_PERSONA, TIPO, TUTOR_CURP, TUTOR_NOMBRE},
    tambien="menor_sin_tutor tipo_no_admitido",
    si=_limite_de_edad_abajo,
)
def edad_menor(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Ni el último día del ejercicio llega a la edad: es menor a cualquier fecha en que se mida."""
    minimo = mundo.reglamento.edad_min_meses or 0
    diciembre = datetime.date(mundo.reglamento.ejercicio, 12, 28)
    edad = dado.randint(max(_EDAD_QUE_DEJA_LUGAR - 2, minimo - 120), minimo - 2)
    rehacer_curp(celdas, nacimiento=menos_meses(diciembre, edad))
    if mundo.ampliado and edad < MAYORIA_DE_EDAD:
        celdas[TIPO] = "MENOR"
    return celdas


@planta(
    DEFECTOS,
    usa={*_LA_PERSONA, TIPO, TUTOR_CURP, TUTOR_NOMBRE},
    si=_limite_de_edad_arriba,
)
def edad_mayor(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Desde el primer día del ejercicio ya pasó de la edad."""
    maximo = mundo.reglamento.edad_max_meses or 0
    enero = datetime.date(mundo.reglamento.ejercicio, 1, 1)
    edad = maximo + dado.randint(2, 120)
    rehacer_curp(celdas, nacimiento=menos_meses(enero, edad))
    if mundo.ampliado and edad >= MAYORIA_DE_EDAD:
        celdas[TIPO] = "PERSONA"
        celdas[TUTOR_CURP] = celdas[TUTOR_NOMBRE] = ""
    return celdas


@planta(DEFECTOS, usa=_LA_PERSONA, si=lambda mundo: bool(mundo.reglamento.sexo))
def sexo_fuera_de_regla(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    otro = "H" if mundo.reglamento.sexo == "M" else "M"
    rehacer_curp(celdas, sexo=otro)
    celdas[SEXO] = SEXOS[otro]
    return celdas


@planta(DEFECTOS, usa={*_LA_PERSONA, TIPO, TUTOR_CURP, TUTOR_NOMBRE}, si=_con_menores)
def menor_sin_tutor(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """A quien ya es mayor se le cambia por otra persona, menor y en regla."""
    if not celdas[TUTOR_CURP]:
        _volver_menor(celdas, dado, mundo)
    celdas[TUTOR_CURP] = celdas[TUTOR_NOMBRE] = ""
    return celdas


@planta(DEFECTOS, usa={*_LA_PERSONA, TIPO, TUTOR_CURP, TUTOR_NOMBRE}, si=_con_menores)
def tutor_igual(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    if not celdas[TUTOR_CURP]:
        _volver_menor(celdas, dado, mundo)
    celdas[TUTOR_CURP] = celdas[CURP]
    celdas[TUTOR_NOMBRE] = f"{celdas[NOMBRES]} {celdas[PRIMERO]} {celdas[SEGUNDO]}".strip()
    return celdas


def _volver_menor(celdas: Celdas, dado: Random, mundo: Mundo) -> None:
    enero = datetime.date(mundo.reglamento.ejercicio, 1, 1)
    limite = menos_meses(enero, MAYORIA_DE_EDAD - 13)
    dias = [f.dia for f in mundo.moldes.nacimientos.cosas if f.dia > limite]
    rehacer_curp(celdas, nacimiento=dado.choice(dias or [mundo.moldes.nacimientos.cosas[0].dia]))
    celdas[TIPO] = "MENOR"


@planta(
    DEFECTOS,
    usa={*_DE_UN_COLECTIVO, TIPO, DENOMINACION, ENTREGA, FOLIO},
    tambien="sin_curp obligatorio_vacio",
    si=lambda mundo: mundo.ampliado and "colectivo" in mundo.reglamento.tipos,
)
def sin_denominacion(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Un colectivo no trae lo que es de una persona; le queda su folio."""
    for lugar in _DE_UN_COLECTIVO:
        celdas[lugar] = ""
    celdas[TIPO], celdas[DENOMINACION] = "COLECTIVO", ""
    return celdas


@planta(
    DEFECTOS,
    usa={*_LA_PERSONA, TIPO, DENOMINACION},
    si=lambda mundo: mundo.ampliado and "empresa" not in mundo.reglamento.tipos,
)
def tipo_no_admitido(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[TIPO] = "EMPRESA"
    celdas[DENOMINACION] = f"COMERCIALIZADORA {celdas[PRIMERO]}, S.A. DE C.V."
    return celdas


# --- Lugar


@planta(DEFECTOS, usa=_EL_LUGAR, si=_con_otras_alcaldias)
def alcaldia_fuera_de_regla(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    fuera = [a for a in ALCALDIAS if a.clave not in mundo.reglamento.alcaldias]
    alcaldia = dado.choice(fuera)
    colonias = mundo.reglamento.colonias.get(alcaldia.clave) or alcaldia.colonias
    celdas[ALCALDIA], celdas[COLONIA] = alcaldia.nombre, dado.choice(colonias).upper()
    celdas[POSTAL] = codigo_postal(alcaldia, dado.randrange(9))
    return celdas


@planta(DEFECTOS, usa=_EL_LUGAR, si=si_hay_catalogo_de_colonias)
def colonia_de_otra_alcaldia(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    otra = dado.choice([a for a in ALCALDIAS if a.nombre != celdas[ALCALDIA]])
    colonias = mundo.reglamento.colonias.get(otra.clave) or otra.colonias
    celdas[COLONIA] = dado.choice(colonias).upper()
    return celdas


@planta(DEFECTOS, usa=_EL_LUGAR)
def cp_de_otra_alcaldia(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    otra = dado.choice([a for a in ALCALDIAS if a.nombre != celdas[ALCALDIA]])
    celdas[POSTAL] = codigo_postal(otra, dado.randrange(9))
    return celdas


# --- Dinero


def _montos(celdas: Celdas, mundo: Mundo) -> list[Decimal]:
    """Los de los apoyos que se llaman como el del renglón, del menor al mayor."""
    apoyos = [a for a in mundo.reglamento.apoyos if a.modalidad == celdas[MODALIDAD]]
    return sorted(m for a in apoyos for m in (a.minimo, a.maximo) if m is not None)


@planta(DEFECTOS, usa={MONTO, MODALIDAD}, si=si_hay_montos)
def monto_mayor_que_regla(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[MONTO] = f"{_montos(celdas, mundo)[-1] * dado.randint(2, 10) + 1:,.2f}"
    return celdas


@planta(DEFECTOS, usa={MONTO, MODALIDAD}, si=si_hay_minimos)
def monto_menor_que_regla(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[MONTO] = f"{_montos(celdas, mundo)[0] / dado.randint(2, 4):,.2f}"
    return celdas


@planta(DEFECTOS, usa={MONTO, MODALIDAD})
def apoyo_desconocido(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    celdas[MODALIDAD] = dado.choice(("Modalidad Z", "Apoyo que no está en las reglas", "OTRO"))
    return celdas


@planta(DEFECTOS, usa={ENTREGA, NACIMIENTO, EDAD})
def fecha_apoyo_fuera(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Unos días antes del ejercicio, para que la edad siga en regla."""
    enero = datetime.date(mundo.reglamento.ejercicio, 1, 1)
    dia = enero - datetime.timedelta(days=dado.randint(1, 20))
    celdas[ENTREGA] = f"{dia:{FECHA}}"
    if mundo.ampliado:
        celdas[EDAD] = str(edad_en_meses(dia_de(celdas[NACIMIENTO]), al=dia) // 12)
    return celdas
