"""Leer la hoja de filas por corregir que alguien bajó, corrigió y subió: qué celdas cambió, y qué no procede."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from padron.consultas.filas import LOTE, Contexto, FilaDeCarga, filas_de
from padron.consultas.hoja_de_fallidas import celda_de_hoja, encabezado_de_hoja, huella_de
from padron.lectura.llegada import recibir
from padron.lectura.modelo import Limites
from sibis.nucleo import libro
from sibis.nucleo.errores import ArchivoIlegible

DE_LIBRO = frozenset(("xlsx", "xls", "ods"))
LIMITES = Limites(archivo=200_000_000, abierto=1_000_000_000, segundos_de_libro=60)
A_LA_VISTA = 50


@dataclass(frozen=True, slots=True)
class CeldaCambiada:
    fila: FilaDeCarga
    lugar: int
    nuevo: str


@dataclass
class Leida:
    """`negadas`: (renglón de la hoja, por qué). Se cuentan todas y se nombran las primeras."""

    celdas: int = 0
    filas: int = 0
    iguales: int = 0
    negadas: list[tuple[int, str]] = field(default_factory=list)
    cuantas_negadas: int = 0
    ejemplos: list[CeldaCambiada] = field(default_factory=list)

    def negar(self, renglon: int, por_que: str) -> None:
        self.cuantas_negadas += 1
        if len(self.negadas) < A_LA_VISTA:
            self.negadas.append((renglon, por_que))


def a_csv(ruta: Path, trabajo: Path) -> Path:
    """La primera hoja con algo. Levanta ArchivoIlegible: bomba, contraseña, daño o no es un libro."""
    llego = recibir(ruta, trabajo, LIMITES)
    if llego.formato not in DE_LIBRO:
        raise ArchivoIlegible(
            _("No es un libro de Excel. Sube el mismo archivo que bajaste aquí. No se cambió nada.")
        )
    con_nombre = trabajo / f"hoja.{llego.formato}"
    con_nombre.unlink(missing_ok=True)
    con_nombre.symlink_to(llego.ruta.resolve())
    limites = libro.LimitesDeLibro(
        memoria=LIMITES.memoria_de_libro,
        segundos=LIMITES.segundos_de_libro,
        abierto=LIMITES.libro_abierto,
    )
    llenas = [h for h in libro.hojas(con_nombre, trabajo, limites=limites) if h.filas]
    if not llenas:
        raise ArchivoIlegible(_("El libro está vacío. No se cambió nada."))
    return Path(llenas[0].csv)


def leer(contexto: Contexto, ruta: Path, leida: Leida) -> Iterator[list[CeldaCambiada]]:
    """Por lotes, lo que cambió; las cuentas quedan en `leida`. Levanta ArchivoIlegible si es de otra carga."""
    vistas: set[int] = set()
    lote: list[tuple[int, list[str]]] = []
    for renglon, celdas in _renglones(contexto, ruta):
        lote.append((renglon, celdas))
        if len(lote) >= LOTE:
            yield _del_lote(contexto, lote, vistas, leida)
            lote = []
    if lote:
        yield _del_lote(contexto, lote, vistas, leida)


def _renglones(contexto: Contexto, ruta: Path) -> Iterator[tuple[int, list[str]]]:
    """Cada renglón con algo y su número en la hoja; el encabezado debe ser el que salió."""
    titulos = encabezado_de_hoja(contexto)
    ancho = len(titulos)
    csv.field_size_limit(sys.maxsize)
    with ruta.open(encoding="utf-8", newline="") as archivo:
        for renglon, celdas in enumerate(csv.reader(archivo), 1):
            derechas = [celda_de_hoja(c) for c in celdas]
            if renglon == 1:
                _exigir_encabezado(derechas, [celda_de_hoja(t) for t in titulos])
            elif any(derechas):
                yield renglon, [*derechas[:ancho], *[""] * (ancho - len(derechas))]


def _exigir_encabezado(trae: list[str], debe: list[str]) -> None:
    while trae and not trae[-1]:
        trae = trae[:-1]
    if trae != debe:
        raise ArchivoIlegible(
            _(
                "Las columnas no son las de la hoja que bajaste: cambió su orden, su título o falta "
                "alguna. Baja la hoja otra vez y corrige solo las celdas. No se cambió nada."
            )
        )


def _del_lote(
    contexto: Contexto, lote: list[tuple[int, list[str]]], vistas: set[int], leida: Leida
) -> list[CeldaCambiada]:
    numeros = [int(celdas[0]) for _r, celdas in lote if _es_numero(celdas[0])]
    actuales = {f.fila: f for f in filas_de(contexto, numeros)}
    cambiadas: list[CeldaCambiada] = []
    for renglon, celdas in lote:
        _exigir_de_esta_carga(contexto, celdas)
        fila = actuales.get(int(celdas[0])) if _es_numero(celdas[0]) else None
        suyas = _de_un_renglon(contexto, renglon, celdas, fila, vistas, leida)
        leida.celdas += len(suyas)
        leida.filas += bool(suyas)
        leida.ejemplos += suyas[: max(0, 10 - len(leida.ejemplos))]
        cambiadas += suyas
    return cambiadas


def _exigir_de_esta_carga(contexto: Contexto, celdas: list[str]) -> None:
    """Un renglón añadido no trae carga; uno que trae otra es de otra hoja."""
    if celdas[1] and celdas[1] != contexto.carga.folio:
        raise ArchivoIlegible(
            _("La hoja es de otra carga, no de %(folio)s. Súbela en la suya. No se cambió nada.")
            % {"folio": contexto.carga.folio}
        )


def _de_un_renglon(
    contexto: Contexto,
    renglon: int,
    celdas: list[str],
    fila: FilaDeCarga | None,
    vistas: set[int],
    leida: Leida,
) -> list[CeldaCambiada]:
    if not celdas[0] or not celdas[1] or not celdas[2]:
        leida.negar(renglon, _("Es un renglón añadido: aquí solo se corrigen filas del archivo."))
        return []
    if fila is None:
        leida.negar(renglon, _("Esa fila ya no está entre las que esperan."))
        return []
    if fila.fila in vistas:
        leida.negar(renglon, _("La misma fila viene dos veces: vale la primera."))
        return []
    vistas.add(fila.fila)
    if fila.fuera:
        leida.negar(renglon, _("Alguien la dejó fuera después de que bajaste la hoja."))
        return []
    if celdas[2] != huella_de(contexto, fila):
        leida.negar(
            renglon,
            _("Alguien cambió la fila después de que bajaste la hoja: no se encima lo suyo."),
        )
        return []
    suyas = [
        CeldaCambiada(fila, lugar, dice)
        for lugar, dice in enumerate(celdas[3 : 3 + len(contexto.encabezado)])
        if dice != celda_de_hoja(fila.celda(lugar))
    ]
    leida.iguales += not suyas
    return suyas


def _es_numero(texto: str) -> bool:
    return texto.isascii() and texto.isdecimal() and len(texto) < 9
