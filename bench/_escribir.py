"""Pasa var/bench/*.json a docs/rendimiento.md: la tabla de cada medida, con su máquina y su fecha.

Solo reescribe lo que va entre las dos marcas; lo demás del documento lo escribe una persona.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

RAIZ = Path(__file__).resolve().parents[1]
DOCUMENTO = RAIZ / "docs" / "rendimiento.md"
DESDE, HASTA = (
    "<!-- medidas: desde aquí lo escribe bin/bench --escribir -->",
    "<!-- fin de las medidas -->",
)
_COLUMNAS = {
    "mediana_ms": "mediana, ms",
    "p95_ms": "p95, ms",
    "por_segundo": "por segundo",
    "cpu_ms": "CPU, ms",
    "memoria_mb": "memoria, MB",
    "veces": "veces",
}
_SIN_MEDIR = f"""# Rendimiento

Cada tabla sale de `bin/bench NOMBRE` y lleva al lado sus pares, medidos en la misma corrida: un número
solo no dice nada, porque la máquina de hoy no es la de ayer.

{DESDE}
{HASTA}
"""


def _numero(valor: float) -> str:
    if isinstance(valor, int) or abs(valor) >= 100:
        return f"{valor:,.0f}"
    return f"{valor:,.3g}"


def seccion(informe: dict[str, Any]) -> str:
    maquina = informe["maquina"]
    lineas = [
        f"### {informe['nombre']}",
        "",
        f"{informe['fecha'][:10]}; {maquina['nucleos']} núcleos, carga {maquina['carga']} al terminar, "
        f"Python {maquina['python']}, {maquina['sistema']}.",
        "",
        "| medida | " + " | ".join(_COLUMNAS.values()) + " |",
        "| --- |" + " ---: |" * len(_COLUMNAS),
    ]
    for medida in informe["medidas"]:
        celdas = " | ".join(_numero(medida[columna]) for columna in _COLUMNAS)
        lineas.append(f"| {medida['nombre']} | {celdas} |")
    notas = [f"- {clave}: {valor}" for clave, valor in informe["notas"].items()]
    return "\n".join([*lineas, "", *notas]).rstrip() + "\n"


def reescribir(documento: str, informes: list[dict[str, Any]]) -> str:
    """El documento con las medidas nuevas; lo que no se midió esta vez, se va. Levanta ValueError sin marcas."""
    antes, marca, resto = documento.partition(DESDE)
    _viejas, fin, despues = resto.partition(HASTA)
    if not marca or not fin:
        raise ValueError(f"A docs/rendimiento.md le faltan sus dos marcas: «{DESDE}» y «{HASTA}».")
    cuerpo = "\n".join(seccion(informe) for informe in informes)
    return f"{antes}{DESDE}\n\n{cuerpo}\n{HASTA}{despues}"


def main(carpeta: Path) -> int:
    informes = [json.loads(ruta.read_text()) for ruta in sorted(carpeta.glob("*.json"))]
    if not informes:
        print(f"No hay medidas en {carpeta}. Corra antes bin/bench.", file=sys.stderr)
        return 1
    documento = DOCUMENTO.read_text() if DOCUMENTO.exists() else _SIN_MEDIR
    DOCUMENTO.write_text(reescribir(documento, informes))
    print(f"docs/rendimiento.md: {', '.join(i['nombre'] for i in informes)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(os.environ.get("SIBIS_VAR", RAIZ / "var" / "bench"))))
