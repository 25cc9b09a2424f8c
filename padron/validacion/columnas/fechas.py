"""Fechas como las escriben: seis formas, meses en letra, seriales de Excel y años de dos cifras."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from padron.validacion.piezas import Contexto, Leido, esta_vacio
from padron.validacion.regla import Regla
from sibis.nucleo.normalizacion import limpiar_texto, sin_acentos

_EXCEL = datetime.date(1899, 12, 30)
_SERIALES = range(1_000, 80_000)
MAYOR_EDAD = 120
_RELLENOS = frozenset(
    datetime.date(a, m, d)
    for a, m, d in ((1900, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 2), (1901, 1, 1))
)
_MESES = {
    m: i // 2 + 1
    for i, m in enumerate(
        [
            "ene",
            "jan",
            "feb",
            "feb",
            "mar",
            "mar",
            "abr",
            "apr",
            "may",
            "may",
            "jun",
            "jun",
            "jul",
            "jul",
            "ago",
            "aug",
            "sep",
            "sep",
            "oct",
            "oct",
            "nov",
            "nov",
            "dic",
            "dec",
        ]
    )
} | {"set": 9}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.+Z-]*)?$")
_CORRIDA = re.compile(
    r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ][\d:.]*(?: ?[ap]\.? ?m\.?)?)?$", re.I
)
_EN_LETRA = re.compile(
    r"(\d{1,2})(?:\s+de\s+|[-/. ]+)([a-z]{3,10})\.?(?:\s+del?\s+|[-/., ]+)(\d{4}|\d{2})$"
)
_JUNTA = re.compile(r"\d{8}$")
_SERIAL = re.compile(r"(\d{4,5})(?:[.,]\d+)?$")


@dataclass(frozen=True, slots=True)
class Ordenes:
    """En qué orden van día y mes en la columna, según las fechas que solo se leen de una manera."""

    dia_primero: bool = False
    mes_primero: bool = False


@dataclass(frozen=True, slots=True)
class Lectura:
    """Una fecha o dos si hay duda; `codigo` dice qué está mal o cuál es la duda."""

    fecha: datetime.date | None = None
    otra: datetime.date | None = None
    codigo: str = ""


def ordenes(textos: Iterable[str], regla: Regla) -> Ordenes:
    """Basta un «25/12» para saber que va primero el día, y un «12/25» para saber que el mes."""
    dia = mes = False
    for texto in textos:
        if hallado := _CORRIDA.match(limpiar_texto(texto)):
            uno, dos = int(hallado[1]), int(hallado[2])
            dia, mes = dia or (uno > 12 >= dos), mes or (dos > 12 >= uno)
        if dia and mes:
            break
    return Ordenes(dia, mes)


def leer_fecha(texto: str, *, hoy: datetime.date, en: Ordenes) -> Lectura:
    """La fecha que dice el texto. No levanta nada: lo que está mal va en el código."""
    limpio = sin_acentos(limpiar_texto(texto)).lower()
    if hallado := _ISO.match(limpio):
        return _armar(hallado[1], hallado[2], hallado[3], hoy)
    if hallado := _CORRIDA.match(limpio):
        return _corrida(hallado[1], hallado[2], hallado[3], hoy=hoy, en=en)
    if hallado := _EN_LETRA.match(limpio):
        mes = _MESES.get(hallado[2][:3])
        return (
            _armar(hallado[3], str(mes), hallado[1], hoy)
            if mes
            else Lectura(codigo="fecha_ilegible")
        )
    if _JUNTA.match(limpio):
        return _junta(limpio, hoy)
    if (hallado := _SERIAL.match(limpio)) and int(hallado[1]) in _SERIALES:
        return _mirar(_EXCEL + datetime.timedelta(days=int(hallado[1])), hoy)
    return Lectura(codigo="fecha_ilegible")


def _corrida(uno: str, dos: str, anio: str, *, hoy: datetime.date, en: Ordenes) -> Lectura:
    if int(dos) > 12 >= int(uno):
        return _armar(anio, uno, dos, hoy)
    if int(uno) > 12 or not en.mes_primero or uno == dos:
        return _armar(anio, dos, uno, hoy)
    if not en.dia_primero:
        return _armar(anio, uno, dos, hoy)
    dia, mes = _armar(anio, dos, uno, hoy), _armar(anio, uno, dos, hoy)
    return Lectura(dia.fecha, mes.fecha, "fecha_ambigua") if dia.fecha and mes.fecha else dia


def _junta(texto: str, hoy: datetime.date) -> Lectura:
    if texto[:2] in ("19", "20"):
        lectura = _armar(texto[:4], texto[4:6], texto[6:], hoy)
        if lectura.codigo != "fecha_imposible":
            return lectura
    return _armar(texto[4:], texto[2:4], texto[:2], hoy)


def _armar(anio: str, mes: str, dia: str, hoy: datetime.date) -> Lectura:
    if len(anio) == 4:
        return _mirar(_fecha(int(anio), int(mes), int(dia)), hoy)
    siglos = [f for a in (1900, 2000) if (f := _fecha(a + int(anio), int(mes), int(dia)))]
    posibles = [f for f in siglos if f <= hoy]
    if not posibles:
        return Lectura(codigo="fecha_futura" if siglos else "fecha_imposible")
    return Lectura(posibles[0], posibles[1] if len(posibles) > 1 else None, "fecha_anio_corto")


def _fecha(anio: int, mes: int, dia: int) -> datetime.date | None:
    try:
        return datetime.date(anio, mes, dia)
    except ValueError:
        return None


def _mirar(fecha: datetime.date | None, hoy: datetime.date) -> Lectura:
    if fecha is None:
        return Lectura(codigo="fecha_imposible")
    if fecha in _RELLENOS:
        return Lectura(codigo="fecha_de_relleno")
    if fecha > hoy:
        return Lectura(codigo="fecha_futura")
    return Lectura(fecha)


def leer_nacimiento(texto: str, contexto: Contexto) -> Leido:
    """Salidas: la fecha, la otra posible y cuál es la duda; la CURP decide entre las dos."""
    if esta_vacio(limpiar_texto(texto)):
        return Leido((None, None, None))
    hoy = contexto.regla.dia
    lectura = _solo_de_vivos(
        leer_fecha(texto, hoy=hoy, en=contexto.evidencia), hoy.year - MAYOR_EDAD
    )
    fecha, otra = _iso(lectura.fecha), _iso(lectura.otra)
    if lectura.fecha is None:
        return Leido((None, None, None), (lectura.codigo,))
    if lectura.otra is None and lectura.codigo == "fecha_anio_corto":
        return Leido((fecha, None, None))  # el otro siglo todavía no llega
    return Leido((fecha, otra, lectura.codigo or None))


def _solo_de_vivos(lectura: Lectura, primer_anio: int) -> Lectura:
    """Quien tendría más de 120 años no es una de las dos posibles; si era la única, eso está mal."""
    if lectura.fecha is None or lectura.fecha.year >= primer_anio:
        return lectura
    if lectura.otra is None:
        return Lectura(codigo="edad_imposible")
    return Lectura(lectura.otra, None, lectura.codigo)


def leer_dia(texto: str, contexto: Contexto) -> Leido:
    """Una fecha de estos años: el siglo se sabe."""
    if esta_vacio(limpiar_texto(texto)):
        return Leido((None,))
    lectura = leer_fecha(texto, hoy=_limite(contexto.regla), en=contexto.evidencia)
    if lectura.codigo == "fecha_anio_corto":
        return Leido((_iso(lectura.otra or lectura.fecha),))
    return Leido((None,), (lectura.codigo,)) if lectura.codigo else Leido((_iso(lectura.fecha),))


def _limite(regla: Regla) -> datetime.date:
    """Una entrega puede estar programada, no más allá del año que sigue."""
    return datetime.date(max(regla.dia.year, regla.ejercicio) + 1, 12, 31)


def _iso(fecha: Any) -> str | None:
    return None if fecha is None else fecha.isoformat()
