"""Revisar un archivo de principio a fin, fuera de una carga: leer, mapear y correr el motor."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from pathlib import Path

from padron.lectura import Lectura, leer
from padron.validacion.mapeo import Mapeo, adivinar, cuantas_reconoce, muestra_de
from padron.validacion.motor import Pedido, Resultado, revisar
from padron.validacion.regla import Regla


@dataclass(frozen=True)
class Revisado:
    lectura: Lectura
    mapeo: Mapeo
    resultado: Resultado
    segundos: float

    @property
    def memoria_mb(self) -> int:
        """La máxima del proceso, y la del que leyó la hoja de cálculo si fue mayor."""
        usos = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return max(resource.getrusage(u).ru_maxrss for u in usos) // 1024

    @property
    def codigo_de_salida(self) -> int:
        """0 nada bloquea; 1 algo bloquea."""
        return 1 if self.resultado.con_error or self.resultado.impide_todo else 0


def revisar_archivo(
    ruta: Path, regla: Regla, *, trabajo: Path, hoja: str | None = None
) -> Revisado:
    """Levanta ArchivoIlegible si no se puede leer. Todo lo que escribe queda en `trabajo`."""
    inicio = time.monotonic()
    lectura = leer(ruta, trabajo=trabajo, cuantas_reconoce=cuantas_reconoce, hoja=hoja)
    mapeo = adivinar(lectura.encabezado, muestra_de(lectura), regla)
    resultado = revisar(Pedido(lectura=lectura, mapeo=mapeo.lugares, regla=regla, trabajo=trabajo))
    return Revisado(lectura, mapeo, resultado, time.monotonic() - inicio)
