"""Qué se dio: modalidad, monto, fecha y ministración; a quién, si es un grupo; y quién cobra."""

from __future__ import annotations

import re

from padron.validacion.columnas.fechas import leer_dia, ordenes
from padron.validacion.columnas.montos import escritura, leer_monto
from padron.validacion.piezas import (
    Columna,
    Condicion,
    Contexto,
    Leido,
    esta_vacio,
    silueta,
    texto_simple,
)
from sibis.nucleo.normalizacion import clave_comparable, limpiar_texto

_ORDINAL = re.compile(
    r"(?:ministracion|entrega|dispersion|pago|parcialidad|mes)?\s*(?:no|num)?\s*(\d{1,3})(?:a|ra|da|ta|o)?(?: de \d{1,3})?"
)


def leer_apoyo(texto: str, contexto: Contexto) -> Leido:
    """Salidas: la modalidad como viene y su lugar entre las de la regla."""
    leido = texto_simple(texto, contexto)
    if leido.valores[0] is None:
        return Leido((None, None), leido.codigos)
    lugar = lugar_de(leido.valores[0], contexto)
    codigos = (
        leido.codigos if lugar is not None or not contexto.regla.apoyos else ("apoyo_desconocido",)
    )
    return Leido((leido.valores[0], None if lugar is None else str(lugar)), codigos)


def lugar_de(texto: str, contexto: Contexto) -> int | None:
    """El apoyo de la regla que se llama así, o el único que contiene o está contenido en ese nombre."""
    buscado = clave_comparable(texto)
    nombres = [clave_comparable(a.nombre) for a in contexto.regla.apoyos]
    if buscado in nombres:
        return nombres.index(buscado)
    parecidos = [i for i, n in enumerate(nombres) if n and (n in buscado or buscado in n)]
    return parecidos[0] if len(parecidos) == 1 else None


def leer_ministracion(texto: str, contexto: Contexto) -> Leido:
    limpio = clave_comparable(limpiar_texto(texto).removesuffix(".0"))
    if esta_vacio(limpio):
        return Leido((None,))
    hallado = _ORDINAL.fullmatch(limpio)
    if hallado is None or not int(hallado[1]):
        return Leido((None,), ("ministracion_ilegible",))
    return Leido((str(int(hallado[1])),))


APOYO = Columna(
    "apoyo",
    "Modalidad del apoyo",
    "Apoyo mensual",
    {"apoyo": "VARCHAR", "apoyo__lugar": "SMALLINT"},
    sinonimos=(
        "modalidad",
        "tipo de apoyo",
        "apoyo",
        "componente",
        "beneficio",
        "tipo apoyo",
        "concepto",
        "descripcion del apoyo",
    ),
    ayuda="Como la nombra la regla de operación.",
    leer=leer_apoyo,
    codigos=("apoyo_desconocido", "texto_largo", "formula"),
)
MONTO = Columna(
    "monto",
    "Monto",
    "1200.00",
    {"monto": "DECIMAL(14,2)"},
    sinonimos=(
        *(
            "monto del apoyo",
            "importe",
            "cantidad",
            "monto apoyo",
            "monto entregado",
            "apoyo economico",
        ),
        *("ayuda", "monto recurso o beneficio", "monto en pesos", "monto mxn", "monto total"),
    ),
    ayuda="En pesos, del apoyo de este renglón. Vacío si es en especie.",
    leer=leer_monto,
    preparar=escritura,
    codigos=("monto_ilegible", "monto_ambiguo", "monto_negativo", "monto_cero"),
    forma=silueta,
)
FECHA_APOYO = Columna(
    "fecha_apoyo",
    "Fecha del apoyo",
    "15/03/2025",
    {"fecha_apoyo": "DATE"},
    sinonimos=(
        "fecha de entrega",
        "fecha entrega",
        "fecha de dispersion",
        "fecha de pago",
        "fecha apoyo",
        "fecha",
    ),
    leer=leer_dia,
    preparar=ordenes,
    codigos=(
        "fecha_ilegible",
        "fecha_imposible",
        "fecha_futura",
        "fecha_de_relleno",
        "fecha_ambigua",
    ),
    forma=silueta,
)
MINISTRACION = Columna(
    "ministracion",
    "Ministración",
    "1",
    {"ministracion": "SMALLINT"},
    sinonimos=(
        "no de ministracion",
        "numero de ministracion",
        "parcialidad",
        "numero de pago",
        "numero de entrega",
    ),
    ayuda="Cuál de las entregas del año es: 1, 2, 3…",
    leer=leer_ministracion,
    codigos=("ministracion_ilegible",),
)
DENOMINACION = Columna(
    "denominacion",
    "Denominación o razón social",
    "Comité vecinal Las Peñas",
    {"denominacion__dicha": "VARCHAR"},
    sinonimos=(
        "razon social",
        "denominacion social",
        "nombre del colectivo",
        "nombre de la empresa",
        "nombre del plantel",
        "denominacion",
    ),
    ayuda="Solo si el apoyo es para un grupo, un plantel o una empresa.",
    derivadas={
        "denominacion__dicha": "CASE WHEN length(t_denominacion) <= 250 THEN t_denominacion END"
    },
    condiciones=(Condicion("denominacion", "texto_largo", "length(t_denominacion) > 250"),),
)
TUTOR_NOMBRE = Columna(
    "tutor_nombre",
    "Nombre de quien cobra",
    "Mario López Hernández",
    {"tutor_nombre": "VARCHAR"},
    sinonimos=(
        *(
            "nombre del tutor",
            "tutor",
            "madre padre o tutor",
            "padre madre o tutor",
            "nombre tutor",
        ),
        *("representante", "nombre del representante", "persona tutora"),
    ),
    es_personal=True,
    derivadas={"tutor_nombre": "CASE WHEN length(t_tutor_nombre) <= 250 THEN t_tutor_nombre END"},
    condiciones=(Condicion("tutor_nombre", "texto_largo", "length(t_tutor_nombre) > 250"),),
)
COLUMNAS = (APOYO, MONTO, FECHA_APOYO, MINISTRACION, DENOMINACION, TUTOR_NOMBRE)
