"""Lo que se dice de una carga de egresos: en la terminal, en JSON y con número de fila."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

HALLAZGOS_EN_INFORME = 1_000
MONTOS = ("aprobado", "modificado", "ejercido")


@dataclass(frozen=True, slots=True)
class Hallazgo:
    fila: int
    columna: str
    codigo: str
    severidad: str  # «bloquea» o «avisa»
    mensaje: str


@dataclass
class InformeDeEgresos:
    """Sumas de control y todo lo que se encontró. `resultado`: cargado, sin_cambio o rechazado."""

    corte: str
    archivo: str = ""
    sha256: str = ""
    disposicion: str = ""
    codificacion: str = ""
    fila_encabezado: int = 0
    filas: int = 0
    filas_omitidas: int = 0
    totales: dict[str, Decimal | None] = field(default_factory=lambda: dict.fromkeys(MONTOS))
    columnas: dict[str, str] = field(default_factory=dict)
    columnas_ignoradas: list[str] = field(default_factory=list)
    columnas_faltantes: list[str] = field(default_factory=list)
    hallazgos: list[Hallazgo] = field(default_factory=list)
    cuentas: Counter[str] = field(default_factory=Counter)
    notas: list[str] = field(default_factory=list)
    resultado: str = "rechazado"
    segundos: float = 0
    memoria_mb: float = 0

    @property
    def con_error(self) -> int:
        return self.cuentas["bloquea"]

    @property
    def codigo_de_salida(self) -> int:
        """0 quedó cargado; 1 hay filas malas y no entró ninguna (2, ilegible, lo dice la orden)."""
        return 1 if self.con_error else 0

    def anotar(self, fila: int, columna: str, codigo: str, mensaje: str, *, grave: bool) -> None:
        """Cuenta todos; guarda los primeros mil, para que un millón de errores no llene la memoria."""
        severidad = "bloquea" if grave else "avisa"
        self.cuentas[severidad] += 1
        if len(self.hallazgos) < HALLAZGOS_EN_INFORME:
            self.hallazgos.append(Hallazgo(fila, columna, codigo, severidad, mensaje))

    def lineas(self) -> Iterator[str]:
        """El informe como lo lee una persona en la terminal."""
        yield self._resumen()
        for nombre in MONTOS:
            total = self.totales[nombre]
            dicho = f"{total:>24,.2f}" if total is not None else _("el archivo no lo trae")
            yield f"  {_('suma de')} {nombre:<11} {dicho}"
        yield from (f"  {nota}" for nota in self.notas)
        for h in self.hallazgos:
            donde = f"fila {h.fila}" + (f", {h.columna}" if h.columna else "")
            yield f"  {donde}: {'error' if h.severidad == 'bloquea' else 'aviso'}. {h.mensaje}"
        if callados := sum(self.cuentas.values()) - len(self.hallazgos):
            yield "  " + _("…y %(n)s más.") % {"n": f"{callados:,}"}

    def _resumen(self) -> str:
        que = {
            "cargado": _("cargado"),
            "sin_cambio": _("ya estaba cargado, igual: no se cambió nada"),
            "rechazado": _("no se cargó nada: corrige las filas señaladas y vuelve a intentar"),
        }[self.resultado]
        return _("%(corte)s, %(filas)s renglones: %(que)s.") % {
            "corte": self.corte,
            "filas": f"{self.filas:,}",
            "que": que,
        }

    def como_json(self) -> dict[str, Any]:
        return {
            "corte": self.corte,
            "resultado": self.resultado,
            "archivo": self.archivo,
            "sha256": self.sha256,
            "disposicion": self.disposicion,
            "codificacion": self.codificacion,
            "fila_encabezado": self.fila_encabezado,
            "filas": self.filas,
            "filas_omitidas": self.filas_omitidas,
            "totales": {n: None if t is None else f"{t:.2f}" for n, t in self.totales.items()},
            "columnas": self.columnas,
            "columnas_ignoradas": self.columnas_ignoradas,
            "columnas_faltantes": self.columnas_faltantes,
            "con_error": self.con_error,
            "con_aviso": self.cuentas["avisa"],
            "errores": [
                {
                    "fila": h.fila,
                    "columna": h.columna,
                    "codigo": h.codigo,
                    "severidad": h.severidad,
                    "mensaje": h.mensaje,
                }
                for h in self.hallazgos
            ],
            "notas": self.notas,
            "segundos": round(self.segundos, 2),
            "memoria_mb": round(self.memoria_mb, 1),
        }
