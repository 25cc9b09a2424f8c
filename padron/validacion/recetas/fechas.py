"""Arreglar fechas: el siglo, el orden de día y mes, y las que vienen entre palabras."""

from __future__ import annotations

import datetime
import re

from padron.validacion.columnas.fechas import Lectura, Ordenes, leer_fecha
from padron.validacion.recetas.piezas import Parametro, Parametros, Renglon, Transformacion
from sibis.nucleo.normalizacion import limpiar_texto, sin_acentos

DE_FECHA = frozenset(("fecha_nacimiento", "fecha_apoyo"))
_NACIMIENTO = frozenset(("fecha_nacimiento",))
_CON_SIGNOS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_ENTERA = re.compile(r"(?<!\d)(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?!\d)")
_PEDAZOS = re.compile(r"\d+|[a-z]+")
_MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_ABREVIADOS = {"mzo": 3, "setiembre": 9, "set": 9, "sept": 9, "agto": 8, "dbre": 12, "nbre": 11}
_QUE_NO_DICEN = frozenset(
    [
        "de",
        "del",
        "el",
        "a",
        "los",
        "dia",
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
        "nac",
        "nacio",
        "nacimiento",
        "fecha",
        "mexico",
        "cdmx",
    ]
)


def _leer(texto: str, renglon: Renglon) -> Lectura:
    return leer_fecha(texto, hoy=renglon.hoy, en=renglon.ordenes)


def con_siglo(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    leida = _leer(texto, renglon)
    if leida.codigo != "fecha_anio_corto":
        return None
    siglo = int(parametros["siglo"]) // 100
    suyas = [f for f in (leida.fecha, leida.otra) if f and f.year // 100 == siglo]
    return suyas[0].isoformat() if suyas else None


def la_que_diga_la_curp(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """De todas las maneras de leerla, la que la CURP confirma. Si ninguna, no se toca."""
    curp, hallado = renglon.curp, _CON_SIGNOS.fullmatch(limpiar_texto(texto))
    if curp is None or hallado is None:
        return None
    uno, dos, anio = hallado.groups()
    anios = [int(anio)] if len(anio) == 4 else [1900 + int(anio), 2000 + int(anio)]
    posibles = {_fecha(a, m, d) for a in anios for d, m in ((uno, dos), (dos, uno))}
    return curp.nacimiento.isoformat() if curp.nacimiento in posibles else None


def en_orden(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """Solo las que de verdad se leen de dos maneras, y con el año entero."""
    hallado = _CON_SIGNOS.fullmatch(limpiar_texto(texto))
    if hallado is None or len(hallado[3]) != 4:
        return None
    uno, dos = int(hallado[1]), int(hallado[2])
    if max(uno, dos) > 12 or uno == dos:
        return None
    dia, mes = (uno, dos) if parametros["orden"] == "dia" else (dos, uno)
    fecha = _fecha(int(hallado[3]), mes, dia)
    return _si_se_lee(fecha, renglon)


def entre_palabras(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """«Nació el 15 de marzo de 1958», «15MZO1958», «FN: 15/03/1958». Una sola fecha, con el año entero."""
    if _leer(texto, renglon).codigo != "fecha_ilegible":
        return None
    limpio = sin_acentos(limpiar_texto(texto)).lower()
    enteras = _ENTERA.findall(limpio)
    if len(enteras) == 1:
        leida = _leer(enteras[0], renglon)
        resto = limpio.replace(enteras[0], "")
        hay_mas = any(c.isdigit() for c in resto)
        return leida.fecha.isoformat() if leida.fecha and not leida.codigo and not hay_mas else None
    return _con_mes_en_letra(limpio, renglon)


def _con_mes_en_letra(limpio: str, renglon: Renglon) -> str | None:
    numeros: list[str] = []
    meses: list[int] = []
    for pedazo in _PEDAZOS.findall(limpio):
        if pedazo.isdigit():
            numeros.append(pedazo)
        elif mes := _mes(pedazo):
            meses.append(mes)
        elif pedazo not in _QUE_NO_DICEN:
            return None
    anios = [n for n in numeros if len(n) == 4]
    dias = [n for n in numeros if len(n) <= 2]
    if len(meses) != 1 or len(anios) != 1 or len(dias) != 1 or len(numeros) != 2:
        return None
    return _si_se_lee(_fecha(int(anios[0]), meses[0], int(dias[0])), renglon)


def _mes(palabra: str) -> int | None:
    """Por su nombre o el principio de él; «ju» y «ma» son de dos."""
    if palabra in _ABREVIADOS:
        return _ABREVIADOS[palabra]
    suyos = [i for i, m in enumerate(_MESES, 1) if len(palabra) >= 3 and m.startswith(palabra)]
    return suyos[0] if len(suyos) == 1 else None


def _si_se_lee(fecha: datetime.date | None, renglon: Renglon) -> str | None:
    """Ni futura, ni de relleno: cambiar un error por otro no es arreglar."""
    if fecha is None:
        return None
    leida = leer_fecha(fecha.isoformat(), hoy=renglon.hoy, en=Ordenes())
    return None if leida.codigo else fecha.isoformat()


def _fecha(anio: int | str, mes: int | str, dia: int | str) -> datetime.date | None:
    try:
        return datetime.date(int(anio), int(mes), int(dia))
    except ValueError:
        return None


TRANSFORMACIONES = (
    Transformacion(
        "fecha_de_la_curp",
        "La que diga la CURP",
        "De las maneras en que se puede leer, se escribe la que confirma una CURP bien escrita. Las "
        "demás se quedan como están.",
        frozenset(("fecha_anio_corto", "fecha_ambigua")),
        la_que_diga_la_curp,
        columnas=_NACIMIENTO,
        procede=lambda caso: "curp" in caso.columnas,
    ),
    Transformacion(
        "fecha_con_siglo",
        "Completar el año con su siglo",
        "«15/03/58» se escribe 1958-03-15. Donde ese año no haya llegado todavía, no se toca.",
        frozenset(("fecha_anio_corto",)),
        con_siglo,
        columnas=_NACIMIENTO,
        parametros=(
            Parametro(
                "siglo",
                "De qué siglo son",
                lambda caso: (
                    ("1900", "Del siglo pasado: 1958"),
                    ("2000", "De este siglo: 2008"),
                ),
            ),
        ),
    ),
    Transformacion(
        "fecha_en_orden",
        "Decir en qué orden van el día y el mes",
        "Se escriben con el año primero, que no deja duda.",
        frozenset(("fecha_ambigua",)),
        en_orden,
        columnas=DE_FECHA,
        parametros=(
            Parametro(
                "orden",
                "Qué va primero",
                lambda caso: (
                    ("dia", "El día: 05/06 es el 5 de junio"),
                    ("mes", "El mes: 05/06 es el 6 de mayo"),
                ),
            ),
        ),
    ),
    Transformacion(
        "fecha_entre_palabras",
        "Leer la fecha que viene entre palabras",
        "«Nació el 15 de marzo de 1958» se escribe 1958-03-15, si trae una sola fecha y el año entero.",
        frozenset(("fecha_ilegible",)),
        entre_palabras,
        columnas=DE_FECHA,
    ),
)
