"""Con qué se mide: repite, resume y deja constancia. Lo usa cada bench/NOMBRE.py.

    informar("busqueda", [medir("la nuestra", actos), medir("el par", actos_del_par)])

Cada medida va junto a sus pares en la misma corrida: un número solo no dice nada, porque la
máquina de hoy no es la de ayer. Se escribe una tabla y var/bench/NOMBRE.json.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Medida:
    nombre: str
    veces: int
    mediana_ms: float
    p95_ms: float
    peor_ms: float
    por_segundo: float
    cpu_ms: float  # de este proceso, por vez; lo que gasta PostgreSQL no está aquí
    memoria_mb: float  # el máximo del proceso hasta el final de esta medida


def medir(
    nombre: str,
    actos: Sequence[Callable[[], object]],
    *,
    repeticiones: int = 1,
    calentar: bool = True,
) -> Medida:
    """Cronometra cada acto, `repeticiones` veces la lista entera; antes, una vez el primero sin contar."""
    if not actos:
        raise ValueError(f"«{nombre}» no tiene nada que medir.")
    if calentar:
        actos[0]()
    gc.collect()
    tiempos: list[float] = []
    cpu, inicio = time.process_time(), time.perf_counter()
    for _vuelta in range(repeticiones):
        for acto in actos:
            antes = time.perf_counter()
            acto()
            tiempos.append((time.perf_counter() - antes) * 1000)
    total = time.perf_counter() - inicio
    return Medida(
        nombre=nombre,
        veces=len(tiempos),
        mediana_ms=round(statistics.median(tiempos), 3),
        p95_ms=round(percentil(tiempos, 95), 3),
        peor_ms=round(max(tiempos), 3),
        por_segundo=round(len(tiempos) / total, 1),
        cpu_ms=round((time.process_time() - cpu) * 1000 / len(tiempos), 3),
        memoria_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    )


def percentil(tiempos: Sequence[float], cuanto: int) -> float:
    """El menor tiempo que no rebasan `cuanto` de cada cien."""
    ordenados = sorted(tiempos)
    return ordenados[min(len(ordenados) - 1, -(-len(ordenados) * cuanto // 100) - 1)]


def informar(
    nombre: str, medidas: Sequence[Medida], *, notas: Mapping[str, object] | None = None
) -> Path:
    """Imprime la tabla y guarda lo mismo, con la máquina en que se midió, en var/bench/NOMBRE.json."""
    print(tabla(medidas))
    for clave, valor in (notas or {}).items():
        print(f"  {clave}: {valor}")
    destino = Path(os.environ.get("SIBIS_VAR", RAIZ / "var" / "bench")) / f"{nombre}.json"
    destino.parent.mkdir(parents=True, exist_ok=True)
    contenido = {
        "nombre": nombre,
        "fecha": datetime.now(UTC).isoformat(timespec="seconds"),
        "maquina": {
            "nucleos": os.cpu_count(),
            "carga": round(os.getloadavg()[0], 2),
            "python": platform.python_version(),
            "sistema": platform.platform(),
        },
        "medidas": [asdict(medida) for medida in medidas],
        "notas": dict(notas or {}),
    }
    destino.write_text(json.dumps(contenido, ensure_ascii=False, indent=2, default=str) + "\n")
    return destino


def tabla(medidas: Sequence[Medida]) -> str:
    titulos = ("", "veces", "mediana ms", "p95 ms", "peor ms", "por s", "CPU ms", "memoria MB")
    renglones = [titulos, *(tuple(str(dato) for dato in asdict(m).values()) for m in medidas)]
    anchos = [max(len(r[i]) for r in renglones) for i in range(len(titulos))]
    return "\n".join(
        f"{r[0].ljust(anchos[0])}  "
        + "  ".join(d.rjust(a) for d, a in zip(r[1:], anchos[1:], strict=True))
        for r in renglones
    )
