"""Cómo se lee cada clase de archivo: la de 63 columnas y las dos listas que circulan."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from presupuesto.importacion.disposiciones import CLAVES, descripcion_de
from presupuesto.importacion.lectura import Lectura, escribir, legible
from presupuesto.models import Disposicion
from sibis.nucleo.normalizacion import clave_comparable
from sibis.nucleo.tabular import Fila

_CON_MODALIDAD = re.compile(r"([A-Z])\d{3,}", re.ASCII)
ESPERA = 20
_SOLO_NUMERO = re.compile(r"\d{1,4}", re.ASCII)


class LecturaDeEgresos(Lectura):
    """El archivo abierto de la Ciudad, con las columnas que traiga y en el orden que vengan."""

    def __init__(self, *args: Any, **opciones: Any) -> None:
        super().__init__(*args, **opciones)
        lugares = self.mapeo.lugares
        self._plan = tuple(
            (c, self._recuerdos[c], lugares[c], lugares.get(descripcion_de(c)))
            for c in CLAVES
            if c in lugares
        )
        self._ciclo = lugares.get("ciclo")
        self._calladas: Counter[tuple[str, str]] = Counter()

    def _linea(self, fila: Fila, corte: int) -> str | None:
        valores = fila.valores
        if len(valores) < self._ancho:
            fila = Fila(fila.numero, (*valores, *[""] * (self._ancho - len(valores))))
            valores = fila.valores
        elif len(valores) > self._ancho and not self.exigir_ancho(fila):
            return None
        ur = valores[self.mapeo.lugares["unidad_responsable"]].strip()
        pp = valores[self.mapeo.lugares["programa_presupuestario"]].strip()
        if not self._es_renglon(fila, ur, pp):
            return None
        if self._ciclo is not None and not self.exigir_ciclo(fila, valores[self._ciclo]):
            return None
        return escribir(corte, fila.numero, self._claves(fila), self.importes(fila))

    def _es_renglon(self, fila: Fila, ur: str, pp: str) -> bool:
        """Ni total, ni encabezado otra vez, ni fila sin claves."""
        if fila.valores[: self._ancho] == self.mapeo.encabezado and self.repite_encabezado(fila):
            return False
        if ur and pp:
            return True
        if self.es_total(fila):
            self.cotejar_total(fila)
            return False
        falta = "unidad_responsable" if not ur else "programa_presupuestario"
        self.error(fila, falta, "falta_clave", f"Falta «{falta}».")
        return False

    def _claves(self, fila: Fila) -> dict[str, str]:
        """De memoria lo ya visto, que es casi todo; lo nuevo se limpia y se describe."""
        claves, valores = {}, fila.valores
        for columna, recuerdo, lugar, descripcion in self._plan:
            crudo = valores[lugar]
            if not crudo:
                continue
            limpia = recuerdo.get(crudo)
            if limpia is None:
                limpia = self.clave(fila, columna, crudo)
                if descripcion is not None and not self._describir(
                    columna, limpia, valores[descripcion]
                ):
                    recuerdo.pop(crudo, None)  # quizá otra fila sí la describa
            claves[columna] = limpia
        self._completar(fila, claves)
        return claves

    def _describir(self, columna: str, clave: str, texto: str) -> bool:
        """¿Ya se sabe qué quiere decir? Tras varias filas sin decirlo, se deja de esperar."""
        self.describir(columna, clave, texto)
        if texto.strip():
            return True
        self._calladas[columna, clave] += 1
        return self._calladas[columna, clave] > ESPERA

    def _completar(self, fila: Fila, claves: dict[str, str]) -> None:
        """La modalidad es la letra del programa, y el capítulo el millar de la partida."""
        programa, modalidad = claves["programa_presupuestario"], claves.get("modalidad", "")
        if _SOLO_NUMERO.fullmatch(programa) and len(modalidad) == 1 and modalidad.isalpha():
            claves["programa_presupuestario"] = f"{modalidad}{programa.zfill(3)}"
            descripcion = self.descripciones.get(("programa_presupuestario", programa), "")
            self.describir(
                "programa_presupuestario", f"{modalidad}{programa.zfill(3)}", descripcion
            )
        elif not modalidad and (hallada := _CON_MODALIDAD.fullmatch(programa)):
            claves["modalidad"] = hallada[1]
        if not claves.get("capitulo"):
            partida = claves.get("partida_especifica") or claves.get("partida_generica") or ""
            claves["capitulo"] = f"{partida[0]}000" if partida[:1].isdigit() else ""


class LecturaPorPrograma(Lectura):
    """Totales por programa de varios años: entran los del corte; los grupos solo se cotejan."""

    def __init__(self, *args: Any, **opciones: Any) -> None:
        super().__init__(*args, **opciones)
        self.de_otros_anios = 0

    def _linea(self, fila: Fila, corte: int) -> str | None:
        if not self.exigir_ancho(fila) or self.repite_encabezado(fila):
            return None
        if self.celda(fila, "ciclo").strip().removesuffix(".0") != self.ejercicio:
            self.de_otros_anios += 1
            return None
        if self.celda(fila, "nivel").strip() != "2":
            self.informe.filas_omitidas += 1
            return None
        programa = self.celda(fila, "id").strip().rpartition("-")[2].upper()
        if not programa:
            self.error(fila, "source_id", "falta_clave", "Falta la clave del programa.")
            return None
        self.describir("programa_presupuestario", programa, self.celda(fila, "nombre"))
        hallada = _CON_MODALIDAD.fullmatch(programa)
        claves = {
            "programa_presupuestario": self.clave(fila, "programa_presupuestario", programa),
            "sector": self.clave(fila, "sector", self.celda(fila, "categoria")),
            "modalidad": hallada[1] if hallada else "",
        }
        return escribir(corte, fila.numero, claves, self.importes(fila))


class LecturaDeNombrados(Lectura):
    """Programas con nombre y monto: como no trae claves, la clave es el nombre."""

    def _linea(self, fila: Fila, corte: int) -> str | None:
        if not self.exigir_ancho(fila) or self.repite_encabezado(fila):
            return None
        nombre, unidad = self.celda(fila, "nombre"), self.celda(fila, "unidad")
        if not clave_comparable(nombre) or not clave_comparable(unidad):
            falta = "display_name" if not clave_comparable(nombre) else "ente_ejecutor"
            self.error(fila, falta, "falta_clave", f"Falta «{falta}».")
            return None
        claves = {
            "programa_presupuestario": a_clave(nombre),
            "unidad_responsable": a_clave(unidad),
            "sector": self.clave(fila, "sector", legible(self.celda(fila, "seccion"))),
            "subsector": self.clave(fila, "subsector", self.celda(fila, "origen")),
        }
        self.describir("programa_presupuestario", claves["programa_presupuestario"], nombre)
        self.describir("unidad_responsable", claves["unidad_responsable"], unidad)
        return escribir(corte, fila.numero, claves, self.importes(fila))


def a_clave(nombre: str) -> str:
    """«Mi Beca (DIF)» → «mi-beca-dif»."""
    return clave_comparable(nombre).replace(" ", "-")[:120]


LECTORES: dict[str, type[Lectura]] = {
    Disposicion.EGRESOS: LecturaDeEgresos,
    Disposicion.POR_PROGRAMA: LecturaPorPrograma,
    Disposicion.NOMBRADOS: LecturaDeNombrados,
}
