"""De un CSV como lo manda una dependencia a filas con el número que muestra la hoja de cálculo.

No se pide codificación, separador ni fin de línea: se reconocen y el informe dice cuáles son. Las
filas salen una a una, sin cargar el archivo en memoria; un error de forma las detiene con su número,
así que quien escribe en la base lo hace en una transacción o las reúne antes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from pathlib import Path

from sibis.nucleo import codificacion
from sibis.nucleo.errores import ArchivoIlegible

SEPARADORES = {",": "coma", ";": "punto y coma", "\t": "tabulador", "|": "barra"}
FILAS_DE_MUESTRA = 50
CARACTERES_DE_MUESTRA = 1 << 18


@dataclass(frozen=True, slots=True)
class Limites:
    """Hasta dónde se lee sin pedir ayuda; cada carga puede subirlos."""

    tamano: int = 64_000_000
    filas: int = 200_000
    columnas: int = 500
    caracteres_por_celda: int = 100_000


@dataclass(frozen=True, slots=True)
class Fila:
    """Un renglón: su número en la hoja de cálculo y sus celdas tal como vienen."""

    numero: int
    valores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Informe:
    """Lo que se reconoció del archivo."""

    archivo: str
    codificacion: str
    separador: str
    fin_de_linea: str
    fila_encabezado: int
    encabezado: tuple[str, ...]

    def en_palabras(self) -> str:
        return (
            f"{self.archivo}: {self.codificacion.upper().removesuffix('-SIG')}, separado por {SEPARADORES[self.separador]}, "
            f"encabezado en la fila {self.fila_encabezado} ({len(self.encabezado)} columnas)."
        )


@dataclass(frozen=True, slots=True)
class Tabla:
    """Se puede recorrer varias veces: cada vez abre el archivo de nuevo."""

    ruta: Path
    informe: Informe
    limites: Limites = field(default_factory=Limites)

    def __iter__(self) -> Iterator[Fila]:
        """Las filas con algo escrito, después del encabezado. Levanta ArchivoIlegible con la fila."""
        leidas = 0
        with self.ruta.open(encoding=self.informe.codificacion, newline="") as archivo:
            for fila in _numeradas(archivo, self.informe.separador, self.limites):
                if fila.numero <= self.informe.fila_encabezado or not _tiene_algo(fila.valores):
                    continue
                leidas += 1
                if leidas > self.limites.filas:
                    raise ArchivoIlegible(
                        f"{self.ruta.name} pasa de {self.limites.filas:,} filas. Divídelo en partes."
                    )
                yield fila


def abrir(
    ruta: Path, *, cuantas_reconoce: Callable[[Sequence[str]], int], limites: Limites | None = None
) -> Tabla:
    """Reconoce codificación, separador y encabezado.

    El encabezado es el renglón que más columnas conocidas nombra según `cuantas_reconoce`; antes
    puede haber títulos o renglones vacíos. Levanta ArchivoIlegible si no hay ninguno.
    """
    limites = limites or Limites()
    letra = codificacion.detectar(ruta)
    if (pesa := ruta.stat().st_size) > limites.tamano:
        raise ArchivoIlegible(
            f"{ruta.name} pesa {pesa / 1e6:,.0f} MB y el máximo es {limites.tamano / 1e6:,.0f} MB. "
            "Divídelo en partes."
        )
    with ruta.open(encoding=letra, newline="") as archivo:
        muestra = archivo.read(CARACTERES_DE_MUESTRA)
    separador, fila = _hallar_encabezado(muestra, cuantas_reconoce, limites, ruta.name)
    informe = Informe(
        archivo=ruta.name,
        codificacion=letra,
        separador=separador,
        fin_de_linea=_fin_de_linea(muestra),
        fila_encabezado=fila.numero,
        encabezado=_sin_cola_vacia(fila.valores),
    )
    return Tabla(ruta, informe, limites)


def _numeradas(
    lineas: Iterator[str] | StringIO, separador: str, limites: Limites
) -> Iterator[Fila]:
    """Los renglones con su número; los vacíos cuentan, y uno con saltos entre comillas es uno solo."""
    csv.field_size_limit(limites.caracteres_por_celda)
    lector = csv.reader(lineas, delimiter=separador, strict=True)
    numero = 0
    while True:
        numero += 1
        try:
            celdas = next(lector)
        except StopIteration:
            return
        except csv.Error as error:
            raise ArchivoIlegible(_que_paso(error, numero, limites)) from error
        if len(celdas) > limites.columnas:
            raise ArchivoIlegible(
                f"La fila {numero} tiene más de {limites.columnas} columnas. No se cargó nada."
            )
        if any("\0" in celda for celda in celdas):
            raise ArchivoIlegible(
                f"La fila {numero} tiene un byte nulo: el archivo está dañado o no es texto. No se cargó nada."
            )
        yield Fila(numero, tuple(celdas))


def _que_paso(error: csv.Error, numero: int, limites: Limites) -> str:
    dicho = str(error)
    if "unexpected end of data" in dicho:
        que = "abre unas comillas que nunca cierran"
    elif "expected after" in dicho:
        que = 'tiene comillas sueltas dentro de un texto entre comillas; van dobles: ""así""'
    elif "field larger" in dicho:
        que = (
            f"tiene una celda de más de {limites.caracteres_por_celda:,} caracteres: quizá unas comillas "
            "que abren ahí y nunca cierran"
        )
    else:
        que = "no se puede separar en celdas"
    return f"La fila {numero} {que}. No se cargó nada."


def _hallar_encabezado(
    muestra: str, cuantas_reconoce: Callable[[Sequence[str]], int], limites: Limites, archivo: str
) -> tuple[str, Fila]:
    """El separador y el renglón que más se reconocen; entre iguales, el que deja filas parejas."""
    mejor: tuple[int, float] = (0, 0.0)
    hallado: tuple[str, Fila] | None = None
    tropiezo: ArchivoIlegible | None = None
    for separador in SEPARADORES:
        filas, error = _muestra_de(muestra, separador, limites)
        tropiezo = tropiezo or error
        reconocidas = [cuantas_reconoce(fila.valores) for fila in filas]
        if not any(reconocidas):
            continue
        lugar = reconocidas.index(max(reconocidas))
        puntaje = (reconocidas[lugar], _parejas(filas[lugar + 1 :], len(filas[lugar].valores)))
        if puntaje > mejor:
            mejor, hallado = puntaje, (separador, filas[lugar])
    if hallado is None:
        raise tropiezo or ArchivoIlegible(
            f"{archivo} no tiene un encabezado conocido en sus primeras {FILAS_DE_MUESTRA} filas. "
            "Una de ellas debe nombrar las columnas. No se cargó nada."
        )
    return hallado


def _muestra_de(
    muestra: str, separador: str, limites: Limites
) -> tuple[list[Fila], ArchivoIlegible | None]:
    """Las primeras filas, hasta donde se puedan leer, y lo que las detuvo."""
    filas: list[Fila] = []
    try:
        for fila in islice(
            _numeradas(StringIO(muestra, newline=""), separador, limites), FILAS_DE_MUESTRA
        ):
            filas.append(fila)  # noqa: PERF402  (lo ya leído se queda aunque la siguiente falle)
    except ArchivoIlegible as error:
        return filas, error
    return filas, None


def _parejas(filas: Sequence[Fila], ancho: int) -> float:
    """Qué parte de los renglones no vacíos tiene tantas celdas como el encabezado."""
    anchos = [len(fila.valores) for fila in filas if fila.valores]
    return (1 + anchos.count(ancho)) / (1 + len(anchos))


def _tiene_algo(celdas: Sequence[str]) -> bool:
    return any(celda.strip() for celda in celdas)


def _sin_cola_vacia(celdas: Sequence[str]) -> tuple[str, ...]:
    """Excel deja columnas vacías al final: no son parte del encabezado."""
    fin = max((i + 1 for i, celda in enumerate(celdas) if celda.strip()), default=0)
    return tuple(celdas[:fin])


def _fin_de_linea(muestra: str) -> str:
    for nombre, fin in (("CRLF", "\r\n"), ("LF", "\n"), ("CR", "\r")):
        if fin in muestra:
            return nombre
    return "LF"
