"""Lo que se sabe de un archivo después de leerlo, y hasta dónde se lee."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# Una fila y su carga hacen el identificador de un registro: más filas ya no cabrían en él.
FILAS_QUE_CABEN = 4_194_303

Reconocer = Callable[[Sequence[str]], int]

# Los códigos de lo que se halla al leer. Los de fila van en `Lectura.hallazgos`; los del archivo
# entero, en `Lectura.avisos`. Ninguno está en los dos.
CELDAS_DE_MAS = "celdas_de_mas"
LETRA_ROTA = "letra_rota"
LETRA_PERDIDA = "letra_perdida"
RENGLON_DE_TOTAL = "renglon_de_total"
ENCABEZADO_REPETIDO = "encabezado_repetido"
NOTA_AL_PIE = "nota_al_pie"
COMILLAS_SUELTAS = "comillas_sueltas"
DIGITOS_PERDIDOS = "digitos_perdidos"
COLUMNA_REPETIDA = "columna_repetida"
SIN_ENCABEZADO = "sin_encabezado"
CELDAS_COMBINADAS = "celdas_combinadas"
MACROS_IGNORADAS = "macros_ignoradas"


@dataclass(frozen=True, slots=True)
class Limites:
    """Hasta dónde se lee un padrón. Lo que pasa de aquí se rechaza con una oración, no a medias."""

    archivo: int = 4_000_000_000
    abierto: int = 4_000_000_000
    filas: int = FILAS_QUE_CABEN
    columnas: int = 300
    caracteres_por_celda: int = 100_000
    filas_de_encabezado: int = 700
    memoria_de_libro: int = 3 * 1024**3
    segundos_de_libro: int = 180
    libro_abierto: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class AvisoDeArchivo:
    """Algo del archivo entero, o de su encabezado, que conviene decir."""

    codigo: str
    fila: int | None
    texto: str


@dataclass(frozen=True, slots=True)
class Lectura:
    """Qué se reconoció y dónde quedó el CSV en UTF-8 que se revisa.

    `fila` es siempre la que enseña una hoja de cálculo. Si `numerado`, el CSV la trae como primera
    columna, sin encabezado y solo con filas de datos; si no, es el archivo tal cual, y la fila es la
    posición. `hallazgos` es un CSV `fila,lugar,codigo,detalle` con encabezado, o None si no hubo.
    """

    archivo: str
    sha256: str
    formato: str
    hoja: str | None
    hojas: tuple[str, ...]
    codificacion: str
    separador: str
    fila_encabezado: int
    encabezado: tuple[str, ...]
    csv: Path
    csv_separador: str
    numerado: bool
    primera_fila: int
    filas: int | None
    avisos: tuple[AvisoDeArchivo, ...]
    hallazgos: Path | None = None
    crudo: Path | None = None  # la tabla ya leída por DuckDB, si fue por la vía rápida
