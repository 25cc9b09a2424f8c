"""Revisar lo que se teclea con el motor de las cargas, y leer lo que se pega con su lector."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from padron import lectura as lector
from padron.importacion import ya_inscritas
from padron.models import Captura, Carga
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.validacion.filas import HallazgoDeFila, revisar_filas
from padron.validacion.mapeo import Mapeo, adivinar, cuantas_reconoce, muestra_de
from padron.validacion.regla import Regla
from sibis.nucleo.errores import ArchivoIlegible
from sibis.nucleo.identificadores import limpiar

# En una hoja el encabezado es la fila 1: el primer renglón tecleado es la 2, como en su archivo.
PRIMERA_FILA = 2
_SEPARADORES = "\t;|,"
_RECONOCE_UN_ENCABEZADO = 2

Celdas = Mapping[str, str]


def revisar(
    captura: Captura, regla: Regla, columnas: Sequence[str], filas: Iterable[tuple[int, Celdas]]
) -> dict[int, list[HallazgoDeFila]]:
    """Por fila, lo mismo que diría la carga. Entre filas se comparan las que se dan."""
    dadas = [(fila, [celdas.get(c, "") for c in columnas]) for fila, celdas in filas]
    mapeo = {columna: lugar for lugar, columna in enumerate(columnas)}
    titulos = [POR_IDENTIFICADOR[c].titulo for c in columnas]
    with tempfile.TemporaryDirectory(prefix="sibis-captura-") as carpeta:
        conocidas = _ya_inscritas(captura, mapeo.get("curp"), dadas, Path(carpeta))
        return revisar_filas(regla, mapeo, titulos, dadas, ya_inscritas=conocidas)


def _ya_inscritas(
    captura: Captura,
    lugar: int | None,
    filas: Sequence[tuple[int, Sequence[str]]],
    carpeta: Path,
) -> Path | None:
    """Solo se pregunta por las CURP tecleadas: cuesta lo mismo con un padrón de un millón."""
    if lugar is None:
        return None
    curps = sorted({limpiar(celdas[lugar]) for _fila, celdas in filas if celdas[lugar].strip()})
    como_si = Carga(
        programa_id=captura.programa_id, ejercicio=captura.ejercicio, periodo=captura.periodo
    )
    return ya_inscritas.escribir(como_si, carpeta / "ya_inscritas.csv", curps=curps)


@dataclass(frozen=True, slots=True)
class Pegado:
    """`renglones` ya por columna nuestra; `ignoradas`, los títulos que no se supo qué son."""

    renglones: tuple[dict[str, str], ...]
    columnas: tuple[str, ...]
    ignoradas: tuple[str, ...] = ()
    con_encabezado: bool = False
    avisos: tuple[str, ...] = field(default=())


def leer_pegado(texto: str, regla: Regla, columnas: Sequence[str]) -> Pegado:
    """Lo copiado de una hoja o de un CSV. Sin encabezado, se toma en el orden de `columnas`.

    Levanta ArchivoIlegible con qué pasó y qué hacer.
    """
    if not texto.strip():
        raise ArchivoIlegible(_("No pegaste nada. Copia los renglones en tu hoja y pégalos aquí."))
    limpio = texto.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"
    primera, separador = _primera(limpio)
    con_encabezado = cuantas_reconoce(primera) >= _RECONOCE_UN_ENCABEZADO
    lugares = None
    if not con_encabezado:
        limpio = _con_titulos(limpio, primera, separador, columnas)
        lugares = {c: n for n, c in enumerate(columnas[: len(primera)])}
    with tempfile.TemporaryDirectory(prefix="sibis-pegado-") as carpeta:
        return _leer(limpio, Path(carpeta), regla, lugares)


def _primera(texto: str) -> tuple[list[str], str]:
    """El primer renglón y con qué se separan sus celdas; de una hoja copiada, el tabulador."""
    renglon = texto.split("\n", 1)[0]
    separador = max(_SEPARADORES, key=renglon.count) if "\t" not in renglon else "\t"
    return next(csv.reader(io.StringIO(renglon), delimiter=separador), []), separador


def _con_titulos(
    texto: str, primera: Sequence[str], separador: str, columnas: Sequence[str]
) -> str:
    """Con nuestros títulos arriba, el lector no tiene que adivinar cuál renglón es el encabezado."""
    if len(primera) > len(columnas):
        raise ArchivoIlegible(
            _(
                "Lo pegado trae %(suyas)s columnas y aquí se ven %(nuestras)s. Pégalo con su renglón de "
                "títulos, o muestra antes las columnas que faltan. No se insertó nada."
            )
            % {"suyas": len(primera), "nuestras": len(columnas)}
        )
    arriba = io.StringIO()
    titulos = [POR_IDENTIFICADOR[c].titulo for c in columnas[: max(len(primera), 1)]]
    csv.writer(arriba, delimiter=separador, lineterminator="\n").writerow(titulos)
    return arriba.getvalue() + texto


def _leer(texto: str, carpeta: Path, regla: Regla, lugares: Mapping[str, int] | None) -> Pegado:
    """Con `lugares` ya se sabe qué es cada columna; si no, lo dicen sus títulos."""
    ruta = carpeta / _("lo pegado")
    ruta.write_text(texto, encoding="utf-8")
    leida = lector.leer(ruta, trabajo=carpeta / "trabajo", cuantas_reconoce=cuantas_reconoce)
    if lugares is None:
        mapeo = adivinar(leida.encabezado, muestra_de(leida), regla)
    else:
        mapeo = Mapeo(leida.encabezado, lugares)
    por_lugar = sorted((lugar, columna) for columna, lugar in mapeo.lugares.items())
    if not por_lugar:
        raise ArchivoIlegible(
            _("No se reconoce ninguna columna de lo pegado. Pégalo con su renglón de títulos.")
        )
    renglones = tuple(
        {c: celdas[n] for n, c in por_lugar if n < len(celdas) and celdas[n].strip()}
        for celdas in muestra_de(leida, cuantas=leida.filas or len(texto))
    )
    return Pegado(
        renglones=tuple(r for r in renglones if r),
        columnas=tuple(c for _n, c in por_lugar),
        ignoradas=tuple(mapeo.ignoradas),
        con_encabezado=lugares is None,
        avisos=tuple(a.texto for a in leida.avisos),
    )
