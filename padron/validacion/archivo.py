"""Revisar un archivo de principio a fin, fuera de una carga: leer, mapear, correr el motor y decirlo.

La orden `validar_padron` y el validador que viaja corren esto mismo: por eso dicen lo mismo.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from padron.lectura import Lectura, leer
from padron.validacion import informe
from padron.validacion.mapeo import Mapeo, adivinar, cuantas_reconoce, muestra_de
from padron.validacion.motor import Pedido, Resultado, revisar
from padron.validacion.regla import Regla

try:
    import resource
except ImportError:  # Windows no lo tiene
    resource = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Revisado:
    regla: Regla
    lectura: Lectura
    mapeo: Mapeo
    resultado: Resultado
    segundos: float

    @property
    def memoria_mb(self) -> int | None:
        """La máxima del proceso, y la del que leyó la hoja de cálculo si fue mayor. None: no se sabe."""
        if resource is None:
            return None
        usos = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        unidad = 1024**2 if sys.platform == "darwin" else 1024
        return max(resource.getrusage(u).ru_maxrss for u in usos) // unidad

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
    return Revisado(regla, lectura, mapeo, resultado, time.monotonic() - inicio)


def escribir_json(ruta: Path, revisado: Revisado) -> None:
    """El informe del contrato."""
    cola = {
        "carga": None,
        "segundos": round(revisado.segundos, 2),
        "memoria_mb": revisado.memoria_mb,
    }
    with ruta.open("w", encoding="utf-8", newline="\n") as destino:
        informe.escribir(
            destino,
            informe.cabeza(revisado.lectura, revisado.mapeo, revisado.resultado),
            informe.errores(revisado.resultado.hallazgos, revisado.regla),
            cola,
        )
