"""Para cada código, cómo se nota en un renglón. Escrito aparte de quien lo planta y de quien lo busca."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from padron.generacion import columnas as c
from padron.generacion.defecto import Mundo
from padron.generacion.lugares import ALCALDIAS
from sibis.nucleo.edades import edad_en_meses
from sibis.nucleo.entidades import clave_de_entidad
from sibis.nucleo.identificadores import (
    Curp,
    CurpInvalida,
    clabe_valida,
    es_generica,
    forma_clabe,
    raiz_y_consonantes,
)
from sibis.nucleo.nombres import es_relleno, tiene_tratamiento

Fila = list[str]
POR_NOMBRE = {a.nombre: a for a in ALCALDIAS}
COLONIAS = {colonia.upper(): a.nombre for a in ALCALDIAS for colonia in a.colonias}
SEXOS = {"MUJER": "M", "HOMBRE": "H", "X": "X"}


def curp(fila: Fila) -> Curp | None:
    try:
        return Curp.leer(fila[c.CURP])
    except CurpInvalida:
        return None


def falla(fila: Fila, codigo: str) -> bool:
    if es_generica(fila[c.CURP]) or not fila[c.CURP]:
        return codigo == ("curp_generica" if fila[c.CURP] else "")
    try:
        Curp.leer(fila[c.CURP])
    except CurpInvalida as error:
        return error.codigo == codigo
    return False


def dia(texto: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(texto, "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError:
        return None


def monto(fila: Fila) -> Decimal | None:
    if re.fullmatch(r"\d\.\d{3}", fila[c.MONTO]):
        return None
    try:
        return Decimal(fila[c.MONTO].replace(",", "").replace("$", ""))
    except InvalidOperation:
        return None


def limites(fila: Fila, mundo: Mundo) -> list[Decimal]:
    apoyos = [a for a in mundo.reglamento.apoyos if a.modalidad == fila[c.MODALIDAD]]
    return sorted(m for a in apoyos for m in (a.minimo, a.maximo) if m is not None)


def meses(fila: Fila, mes: int) -> int | None:
    nacio = dia(fila[c.NACIMIENTO])
    al = datetime.date(2025, mes, 1 if mes == 1 else 31)
    return edad_en_meses(nacio, al=al) if nacio and nacio <= al else None


def dice_otra_cosa(fila: Fila, que: str) -> bool:
    """Su CURP se puede leer, el campo también, y no coinciden."""
    leida = curp(fila)
    if leida is None or es_generica(fila[c.CURP]):
        return False
    dicho = {
        "nacimiento": dia(fila[c.NACIMIENTO]),
        "sexo": SEXOS.get(fila[c.SEXO]),
        "entidad": clave_de_entidad(fila[c.ENTIDAD]),
    }[que]
    return dicho is not None and dicho != getattr(leida, que)


def otro_nombre(fila: Fila) -> bool:
    leida = curp(fila)
    if leida is None or es_generica(fila[c.CURP]):
        return False
    nombres = re.sub(r"^[A-Z]+\. (?=\w)", "", fila[c.NOMBRES])
    nombres = fila[c.NOMBRES] if fila[c.NOMBRES].startswith(("MA. ", "J. ")) else nombres
    segundo = fila[c.SEGUNDO].replace("Ã‘", "Ñ").replace("Ãš", "Ú").replace("Ã‰", "É")
    esperado = raiz_y_consonantes(nombres, fila[c.PRIMERO], segundo)
    return esperado != (leida.raiz, leida.consonantes)


def edad(fila: Fila) -> int | None:
    return int(fila[c.EDAD]) if fila[c.EDAD].isdecimal() else None


def no_cuadra(fila: Fila) -> bool:
    nacio, entrega, dicha = dia(fila[c.NACIMIENTO]), dia(fila[c.ENTREGA]), edad(fila)
    if nacio is None or entrega is None or dicha is None or nacio > entrega or dicha > 120:
        return False
    return abs(edad_en_meses(nacio, al=entrega) // 12 - dicha) > 1


def es_menor(fila: Fila) -> bool:
    return fila[c.TIPO] == "MENOR"


DE_UNA_FILA: dict[str, Callable[[Fila, Mundo], bool]] = {
    "obligatorio_vacio": lambda f, m: not f[c.NOMBRES],
    "curp_forma": lambda f, m: falla(f, "curp_forma"),
    "curp_fecha": lambda f, m: falla(f, "curp_fecha"),
    "curp_entidad": lambda f, m: falla(f, "curp_entidad"),
    "curp_digito": lambda f, m: falla(f, "curp_digito"),
    "curp_generica": lambda f, m: falla(f, "curp_generica"),
    "sin_curp": lambda f, m: not f[c.CURP],
    "sin_identificador": lambda f, m: not f[c.CURP] and not f[c.FOLIO],
    "nombre_con_cifras": lambda f, m: any(
        re.search(r"[^\W\d].*\d", f[n]) for n in (c.NOMBRES, c.PRIMERO)
    ),
    "nombre_de_relleno": lambda f, m: es_relleno(f[c.NOMBRES]),
    "nombre_con_tratamiento": lambda f, m: tiene_tratamiento(f[c.NOMBRES]),
    "texto_largo": lambda f, m: any(len(celda) > 300 for celda in f),
    "formula": lambda f, m: f[c.FOLIO][:1] in {"=", "@", "+"},
    "fecha_ilegible": lambda f, m: not re.fullmatch(r"(\d\d/\d\d/(\d\d){1,2})?", f[c.NACIMIENTO]),
    "fecha_imposible": lambda f, m: bool(
        re.fullmatch(r"\d\d/\d\d/\d{4}", f[c.NACIMIENTO]) and dia(f[c.NACIMIENTO]) is None
    ),
    "fecha_anio_corto": lambda f, m: bool(re.fullmatch(r"\d\d/\d\d/\d\d", f[c.NACIMIENTO])),
    "fecha_futura": lambda f, m: (dia(f[c.NACIMIENTO]) or datetime.date.min).year > 2060,
    "fecha_de_relleno": lambda f, m: f[c.NACIMIENTO] == "01/01/1900",
    "edad_ilegible": lambda f, m: not re.fullmatch(r"-?\d*", f[c.EDAD]),
    "edad_imposible": lambda f, m: (
        bool(re.fullmatch(r"-?\d+", f[c.EDAD])) and not 0 <= int(f[c.EDAD]) <= 120
    ),
    "sexo_desconocido": lambda f, m: bool(f[c.SEXO]) and f[c.SEXO] not in SEXOS,
    "entidad_desconocida": lambda f, m: (
        bool(f[c.ENTIDAD]) and clave_de_entidad(f[c.ENTIDAD]) is None
    ),
    "alcaldia_desconocida": lambda f, m: f[c.ALCALDIA] not in POR_NOMBRE,
    "colonia_desconocida": lambda f, m: f[c.COLONIA] not in COLONIAS,
    "cp_forma": lambda f, m: not re.fullmatch(r"\d{5}", f[c.POSTAL]),
    "telefono_forma": lambda f, m: not re.fullmatch(r"\d{10}", f[c.TELEFONO]),
    "correo_forma": lambda f, m: not re.fullmatch(r"[\w.]+@[\w.]+\.\w+", f[c.CORREO]),
    "clabe_forma": lambda f, m: not forma_clabe(f[c.CLABE]),
    "clabe_digito": lambda f, m: forma_clabe(f[c.CLABE]) and not clabe_valida(f[c.CLABE]),
    "monto_ilegible": lambda f, m: monto(f) is None and not re.fullmatch(r"\d\.\d{3}", f[c.MONTO]),
    "monto_ambiguo": lambda f, m: bool(re.fullmatch(r"\d\.\d{3}", f[c.MONTO])),
    "monto_negativo": lambda f, m: (monto(f) or 0) < 0,
    "monto_cero": lambda f, m: monto(f) == 0,
    "tipo_persona_desconocido": lambda f, m: (
        f[c.TIPO] not in {"PERSONA", "MENOR", "COLECTIVO", "EMPRESA"}
    ),
    "ministracion_ilegible": lambda f, m: not f[c.MINISTRACION].isdecimal(),
    "curp_nombre": lambda f, m: otro_nombre(f),
    "curp_fecha_distinta": lambda f, m: dice_otra_cosa(f, "nacimiento"),
    "curp_sexo_distinto": lambda f, m: dice_otra_cosa(f, "sexo"),
    "curp_entidad_distinta": lambda f, m: dice_otra_cosa(f, "entidad"),
    "edad_no_cuadra": lambda f, m: no_cuadra(f),
    "edad_menor": lambda f, m: (e := meses(f, 12)) is not None and e < m.reglamento.edad_min_meses,
    "edad_mayor": lambda f, m: (e := meses(f, 1)) is not None and e > m.reglamento.edad_max_meses,
    "sexo_fuera_de_regla": lambda f, m: SEXOS.get(f[c.SEXO], "M") != m.reglamento.sexo,
    "menor_sin_tutor": lambda f, m: es_menor(f) and not f[c.TUTOR_CURP],
    "tutor_igual": lambda f, m: bool(f[c.CURP]) and f[c.TUTOR_CURP] == f[c.CURP],
    "sin_denominacion": lambda f, m: f[c.TIPO] == "COLECTIVO" and not f[c.DENOMINACION],
    "tipo_no_admitido": lambda f, m: f[c.TIPO] == "EMPRESA",
    "alcaldia_fuera_de_regla": lambda f, m: (
        f[c.ALCALDIA] in POR_NOMBRE
        and POR_NOMBRE[f[c.ALCALDIA]].clave not in m.reglamento.alcaldias
    ),
    "colonia_de_otra_alcaldia": lambda f, m: (
        f[c.ALCALDIA] in POR_NOMBRE and COLONIAS.get(f[c.COLONIA], f[c.ALCALDIA]) != f[c.ALCALDIA]
    ),
    "cp_de_otra_alcaldia": lambda f, m: (
        f[c.ALCALDIA] in POR_NOMBRE
        and bool(re.fullmatch(r"\d{5}", f[c.POSTAL]))
        and f[c.POSTAL][:2] != POR_NOMBRE[f[c.ALCALDIA]].postal
    ),
    "monto_mayor_que_regla": lambda f, m: (
        (v := monto(f)) is not None and bool(lim := limites(f, m)) and v > lim[-1]
    ),
    "monto_menor_que_regla": lambda f, m: (
        (v := monto(f)) is not None and bool(lim := limites(f, m)) and v < lim[0]
    ),
    "apoyo_desconocido": lambda f, m: (
        f[c.MODALIDAD] not in {a.modalidad for a in m.reglamento.apoyos}
    ),
    "fecha_apoyo_fuera": lambda f, m: (dia(f[c.ENTREGA]) or datetime.date.min).year != 2025,
    "letra_rota": lambda f, m: "Ã" in f[c.SEGUNDO],
    "letra_perdida": lambda f, m: bool(re.search(r"[?¥\ufffd]", f[c.SEGUNDO])),
    "celdas_de_mas": lambda f, m: len(f) > len(c.ENCABEZADO_AMPLIADO),
}
