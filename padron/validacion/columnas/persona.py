"""Sexo, edad, fecha y entidad de nacimiento, y qué clase de beneficiario es."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from padron.validacion.columnas.fechas import MAYOR_EDAD, leer_nacimiento, ordenes
from padron.validacion.piezas import Columna, Condicion, Contexto, Leido, esta_vacio, silueta
from padron.validacion.regla import TIPOS_DE_PERSONA, Regla
from sibis.nucleo.entidades import clave_de_entidad
from sibis.nucleo.normalizacion import clave_comparable, limpiar_texto

_SEXOS = {
    **dict.fromkeys(("h", "hombre", "hombres", "masculino", "masc", "varon", "male", "nino"), "H"),
    **dict.fromkeys(("mujer", "mujeres", "femenino", "fem", "f", "female", "nina"), "M"),
    **dict.fromkeys(
        ("x", "no binario", "no binaria", "no binarie", "nb", "otro", "otra", "intersexual"), "X"
    ),
}
_ANIOS = re.compile(r"(\d{1,3})(?:[.,]0+)?\s*(?:anos?|a)?(?:\s*(?:cumplidos))?")
_TIPOS = {
    **dict.fromkeys(
        ("persona", "persona fisica", "individuo", "fisica", "adulto", "adulta", "pf"), "persona"
    ),
    **dict.fromkeys(
        ("menor", "menor de edad", "nina o nino", "nino", "nina", "menor con tutor"), "menor"
    ),
    **dict.fromkeys(
        ("colectivo", "grupo", "colectiva", "comite", "plantel", "escuela"), "colectivo"
    ),
    **dict.fromkeys(
        ("empresa", "persona moral", "moral", "negocio", "pm", "razon social"), "empresa"
    ),
    **dict.fromkeys(
        (
            "facilitadora",
            "facilitador",
            "persona facilitadora",
            "facilitadora de servicios",
            "pbfs",
        ),
        "facilitadora",
    ),
    "persona facilitadora de servicios": "facilitadora",
    "persona beneficiaria facilitadora de servicios": "facilitadora",
}


@dataclass(frozen=True, slots=True)
class Letras:
    """«M» es mujer junto a «H», y hombre junto a «F»."""

    con_h: bool = False
    con_f: bool = False


def letras(textos: Iterable[str], regla: Regla) -> Letras:
    vistas = {clave_comparable(t) for t in textos}
    return Letras(con_h="h" in vistas, con_f="f" in vistas)


def leer_sexo(texto: str, contexto: Contexto) -> Leido:
    """Salidas: el sexo, o la otra lectura posible de «M» si la columna usa las dos convenciones."""
    comparable = clave_comparable(texto)
    if comparable != "x" and esta_vacio(limpiar_texto(texto)):
        return Leido((None,))
    if comparable == "m":
        letras_: Letras = contexto.evidencia
        if letras_.con_h and letras_.con_f:
            return Leido((None,), ("sexo_desconocido",))
        return Leido(("H" if letras_.con_f else "M",))
    sexo = _SEXOS.get(comparable)
    return Leido((sexo,), () if sexo else ("sexo_desconocido",))


def leer_edad(texto: str, contexto: Contexto) -> Leido:
    limpio = limpiar_texto(texto)
    if esta_vacio(limpio):
        return Leido((None,))
    if limpio.startswith(("-", "−")):
        return Leido((None,), ("edad_imposible",))
    hallado = _ANIOS.fullmatch(clave_comparable(limpio.removesuffix(".0")))
    if hallado is None:
        return Leido((None,), ("edad_ilegible",))
    anios = int(hallado[1])
    return Leido((None,), ("edad_imposible",)) if anios > MAYOR_EDAD else Leido((str(anios),))


def leer_entidad(texto: str, contexto: Contexto) -> Leido:
    limpio = limpiar_texto(texto)
    if esta_vacio(limpio):
        return Leido((None,))
    clave = clave_de_entidad(limpio)
    return Leido((clave,), () if clave else ("entidad_desconocida",))


def leer_tipo(texto: str, contexto: Contexto) -> Leido:
    limpio = limpiar_texto(texto)
    if esta_vacio(limpio):
        return Leido((None,))
    tipo = _TIPOS.get(clave_comparable(limpio))
    return Leido((tipo,), () if tipo else ("tipo_persona_desconocido",))


_DUDA = "fecha_nacimiento__duda"

FECHA_NACIMIENTO = Columna(
    "fecha_nacimiento",
    "Fecha de nacimiento",
    "31/12/1980",
    {
        "fecha_nacimiento__una": "DATE",
        "fecha_nacimiento__otra": "DATE",
        _DUDA: "VARCHAR",
    },
    sinonimos=(
        "fecha nac",
        "fec nacimiento",
        "f nacimiento",
        "nacimiento",
        "fecha de nac",
        "fecnac",
        "fecha nacimiento dd mm aaaa",
    ),
    ayuda="Día, mes y año con cuatro cifras.",
    es_personal=True,
    leer=leer_nacimiento,
    preparar=ordenes,
    derivadas={
        # La CURP decide entre dos lecturas posibles; sin ella, una duda se queda sin fecha.
        "fecha_nacimiento": (
            "CASE WHEN fecha_nacimiento__otra IS NULL THEN fecha_nacimiento__una "
            "WHEN curp__fecha = fecha_nacimiento__una THEN fecha_nacimiento__una "
            "WHEN curp__fecha = fecha_nacimiento__otra THEN fecha_nacimiento__otra END"
        )
    },
    condiciones=tuple(
        Condicion("fecha_nacimiento", codigo, f"{_DUDA} = '{codigo}' AND fecha_nacimiento IS NULL")
        for codigo in ("fecha_anio_corto", "fecha_ambigua")
    ),
    codigos=(
        *(
            "fecha_ilegible",
            "fecha_imposible",
            "fecha_futura",
            "fecha_de_relleno",
            "edad_imposible",
        ),
    ),
    forma=silueta,
)
EDAD = Columna(
    "edad",
    "Edad",
    "45",
    {"edad": "SMALLINT"},
    sinonimos=("edad en anos", "anos", "edad cumplida", "edad anos"),
    ayuda="Años cumplidos; solo si no hay fecha de nacimiento.",
    leer=leer_edad,
    codigos=("edad_ilegible", "edad_imposible"),
)
SEXO = Columna(
    "sexo",
    "Sexo",
    "M",
    {"sexo": "VARCHAR"},
    sinonimos=("genero", "sexo h m", "sexo m h", "sexo h m x", "sexo o genero"),
    ayuda="H, M o X.",
    opciones=("H", "M", "X"),
    leer=leer_sexo,
    preparar=letras,
    codigos=("sexo_desconocido",),
)
ENTIDAD = Columna(
    "entidad_nacimiento",
    "Entidad de nacimiento",
    "Ciudad de México",
    {"entidad_nacimiento": "VARCHAR"},
    sinonimos=(
        "lugar de nacimiento",
        "estado de nacimiento",
        "entidad federativa de nacimiento",
        "entidad",
        "entidad nac",
    ),
    ayuda="Nombre o sus dos letras; NE si nació en el extranjero.",
    leer=leer_entidad,
    codigos=("entidad_desconocida",),
)
TIPO = Columna(
    "tipo_persona",
    "Tipo de beneficiario",
    "persona",
    {"tipo_persona__dicho": "VARCHAR"},
    sinonimos=(
        "tipo persona",
        "tipo beneficiario",
        "tipo de persona",
        "tipo de persona beneficiaria",
    ),
    ayuda="Persona, menor (con quien cobra por ella), colectivo, empresa o facilitadora de servicios.",
    opciones=TIPOS_DE_PERSONA,
    leer=leer_tipo,
    codigos=("tipo_persona_desconocido",),
)
COLUMNAS = (FECHA_NACIMIENTO, EDAD, SEXO, ENTIDAD, TIPO)
