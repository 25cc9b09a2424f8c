"""Un archivo inventado, leído hasta la tabla que se revisa."""

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from padron.lectura import Lectura, crear_crudo, leer

NUESTRAS = (
    "folio",
    "curp",
    "nombres",
    "alcaldia",
    "colonia",
    "monto",
    "calle",
    "telefono",
    "clabe",
)


def reconoce(celdas):
    return len({c.strip().lower() for c in celdas} & set(NUESTRAS))


@dataclass(frozen=True)
class Leido:
    lectura: Lectura
    filas: list[tuple]
    hallazgos: list[tuple]

    @property
    def codigos(self):
        return [(int(f), c) for f, _, c, _ in self.hallazgos]

    @property
    def avisos(self):
        return [a.codigo for a in self.lectura.avisos]


def leer_todo(ruta: Path, trabajo: Path, **opciones) -> Leido:
    lectura = leer(ruta, trabajo=trabajo, cuantas_reconoce=reconoce, **opciones)
    with duckdb.connect() as con:
        crear_crudo(con, lectura)
        filas = con.execute("SELECT * FROM crudo ORDER BY rowid").fetchall()
    hallazgos = []
    if lectura.hallazgos:
        with lectura.hallazgos.open(encoding="utf-8", newline="") as archivo:
            _, *hallazgos = [tuple(r) for r in csv.reader(archivo)]
    return Leido(
        lectura, [tuple(c or "" if i else c for i, c in enumerate(f)) for f in filas], hallazgos
    )


@pytest.fixture
def leido(tmp_path):
    """leido(contenido, nombre="padron.csv"): el contenido es texto, bytes o ya una ruta."""

    def _leer(contenido, nombre="padron.csv", **opciones):
        ruta = tmp_path / nombre
        if isinstance(contenido, Path):
            ruta = contenido
        else:
            ruta.write_bytes(contenido.encode() if isinstance(contenido, str) else contenido)
        return leer_todo(ruta, tmp_path / "trabajo", **opciones)

    return _leer
