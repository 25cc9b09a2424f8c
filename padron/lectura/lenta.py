"""La vía lenta: lee cualquier cosa, renglón por renglón, y escribe un CSV parejo con la fila de cada uno.

Usa la memoria de un lote. Nada se quita ni se repara en silencio: cada caso es un hallazgo con su fila.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from padron.lectura import letras
from padron.lectura.encabezado import Encabezado
from padron.lectura.modelo import (
    CELDAS_DE_MAS,
    COMILLAS_SUELTAS,
    ENCABEZADO_REPETIDO,
    LETRA_PERDIDA,
    LETRA_ROTA,
    NOTA_AL_PIE,
    Limites,
)
from padron.lectura.renglones import Renglon
from padron.lectura.sobrantes import BLANCOS, INICIALES_DE_TOTAL, Sobrantes
from padron.lectura.texto import Vista
from sibis.nucleo.errores import ArchivoIlegible

LOTE = 5_000
CON_CALMA = BLANCOS + INICIALES_DE_TOTAL
NOTAS_EN_ESPERA = 200
TITULOS = "fila,lugar,codigo,detalle\n"
SOSPECHOSAS = ("?", "\ufffd", "Ń", "ń", "¥", "CISN")


class Copia:
    """Va escribiendo la tabla numerada y los hallazgos."""

    def __init__(
        self, encabezado: Encabezado, vista: Vista, limites: Limites, salida: Any, avisos: Any
    ) -> None:
        self._encabezado = encabezado
        self._ancho = len(encabezado.nombres)
        self._vista = vista
        self._limites = limites
        self._salida = salida
        self._avisar = csv.writer(avisos, lineterminator="\n")
        self._sobrantes = Sobrantes(self._ancho, encabezado.crudas)
        self._lote: list[tuple[int, list[str]]] = []
        self._en_espera: list[tuple[int, list[str]]] = []
        self._tras_hueco = False
        self.filas = 0
        self.primera = 0
        self.hallazgos = 0

    def copiar(self, renglones: Iterable[Renglon]) -> None:
        """Lo que casi siempre pasa va derecho; lo raro se desvía a su método."""
        ancho, lote = self._ancho, self._lote
        desde = max(self._encabezado.desde, self._encabezado.fila + 1)
        tope = self._limites.columnas
        firmas = self._sobrantes.firmas
        vacias_de_nota = self._sobrantes.vacias_de_nota
        con_letras = self._vista.con_letras_malas or self._vista.con_nulos
        for numero, celdas, sueltas in renglones:
            if numero < desde:
                continue
            cuantas = len(celdas)
            if sueltas or cuantas != ancho:
                if cuantas > tope:
                    self._negar_ancho(numero)
                celdas = self._al_ancho(numero, celdas, sueltas)
            if con_letras:
                celdas = self._con_buena_letra(numero, celdas)
            primera = celdas[0]
            if (
                celdas.count("") >= vacias_de_nota
                or not primera
                or primera[0] in CON_CALMA
                or primera.strip().casefold() in firmas
            ) and self._se_desvia(numero, celdas):
                continue
            if self._en_espera:
                self._soltar()
            self._tras_hueco = False
            lote.append((numero, celdas))
            if len(lote) >= LOTE:
                self._escribir()
        self._terminar()

    def _negar_ancho(self, numero: int) -> None:
        raise ArchivoIlegible(
            f"La fila {numero} tiene más de {self._limites.columnas} columnas. No se cargó nada."
        )

    def _al_ancho(self, numero: int, celdas: list[str], sueltas: bool) -> list[str]:
        if sueltas:
            self._hallar(numero, "", COMILLAS_SUELTAS)
        sobran = sum(bool(c.strip(BLANCOS)) for c in celdas[self._ancho :])
        if sobran:
            self._hallar(numero, "", CELDAS_DE_MAS, str(sobran))
        return [*celdas[: self._ancho], *[""] * (self._ancho - len(celdas))]

    def _con_buena_letra(self, numero: int, celdas: list[str]) -> list[str]:
        todo = "\x1f".join(celdas)
        if self._vista.con_nulos and "\0" in todo:
            raise ArchivoIlegible(
                f"La fila {numero} tiene un byte nulo: el archivo está dañado o no es texto. No se cargó nada."
            )
        if self._vista.con_rotas and ("Ã" in todo or "Â" in todo or "â" in todo):
            derechas = [letras.enderezar_celda(c) for c in celdas]
            for lugar, (antes, ahora) in enumerate(zip(celdas, derechas, strict=True)):
                if antes != ahora:
                    self._hallar(numero, lugar, LETRA_ROTA)
            celdas = derechas
        partidas = self._vista.con_partidas
        if partidas or (self._vista.con_perdidas and any(s in todo for s in SOSPECHOSAS)):
            for lugar in letras.lugares_perdidos(celdas, partidas=partidas):
                self._hallar(numero, lugar, LETRA_PERDIDA)
        return celdas

    def _se_desvia(self, numero: int, celdas: list[str]) -> bool:
        """Si el renglón no es un dato, o todavía no se sabe."""
        if not "".join(celdas).strip(BLANCOS):
            self._tras_hueco = True
            return True
        primera = next(c.strip() for c in celdas if c.strip(BLANCOS))
        if primera.casefold() in self._sobrantes.firmas and self._sobrantes.es_encabezado(celdas):
            self._dejar_en_notas()
            self._hallar(numero, "", ENCABEZADO_REPETIDO)
            self._tras_hueco = False
            return True
        if codigo := self._sobrantes.que_es(celdas):
            self._hallar(numero, "", codigo)
            self._tras_hueco = True
            return True
        if (self._tras_hueco or self._en_espera) and self._sobrantes.quiza_es_nota(celdas):
            self._en_espera.append((numero, celdas))
            if len(self._en_espera) > NOTAS_EN_ESPERA:
                self._soltar()
            return True
        return False

    def _dejar_en_notas(self) -> None:
        for numero, _ in self._en_espera:
            self._hallar(numero, "", NOTA_AL_PIE)
        self._en_espera.clear()

    def _soltar(self) -> None:
        """No eran notas: después vinieron más datos."""
        self._lote.extend(self._en_espera)
        self._en_espera.clear()

    def _hallar(self, fila: int, lugar: int | str, codigo: str, detalle: str = "") -> None:
        self._avisar.writerow((fila, lugar, codigo, detalle))
        self.hallazgos += 1

    def _escribir(self) -> None:
        if not self._lote:
            return
        if self._lote[-1][0] > self._limites.filas:
            raise ArchivoIlegible(
                f"El archivo pasa de {self._limites.filas:,} filas. Divídelo en partes. No se cargó nada."
            )
        self.primera = self.primera or self._lote[0][0]
        self.filas += len(self._lote)
        self._salida.write("".join(_linea(numero, celdas) for numero, celdas in self._lote))
        self._lote.clear()

    def _terminar(self) -> None:
        self._dejar_en_notas()
        self._escribir()


def _linea(numero: int, celdas: list[str]) -> str:
    """Entre comillas solo el renglón que las pide: `csv.writer` mira celda por celda y tarda el doble."""
    junta = ",".join(celdas)
    if junta.count(",") >= len(celdas) or '"' in junta or "\n" in junta or "\r" in junta:
        junta = ",".join('"' + celda.replace('"', '""') + '"' for celda in celdas)
    return f"{numero},{junta}\n"


def copiar(
    renglones: Iterable[Renglon],
    encabezado: Encabezado,
    vista: Vista,
    limites: Limites,
    *,
    destino: Path,
    hallazgos: Path,
) -> Copia:
    with (
        destino.open("w", encoding="utf-8", newline="") as salida,
        hallazgos.open("w", encoding="utf-8", newline="") as avisos,
    ):
        avisos.write(TITULOS)
        copia = Copia(encabezado, vista, limites, salida, avisos)
        copia.copiar(renglones)
    return copia
