"""La geometría de una gráfica: números que entran, coordenadas que salen. Dibuja una plantilla.

Las medidas son de un lienzo angosto, para que la letra se lea en un teléfono; salen como texto con
punto decimal, que es como las pide SVG en cualquier idioma.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Numero = Decimal | int | float | None

ANCHO = 420
ALTO_DE_FILA, ALTO_DE_BARRA, BASE_DE_TEXTO = 52, 16, 16
ANCHO_DE_BARRA = 216  # a su derecha va el valor escrito
MARGEN_IZQUIERDO, MARGEN_DERECHO, MARGEN_ALTO, MARGEN_BAJO = 44, 16, 18, 26
ALTO_DE_LINEAS = 220


@dataclass(frozen=True, slots=True)
class Dato:
    """Un renglón: cómo se llama, cómo se lee su valor y lo que mide cada serie."""

    etiqueta: str
    texto: str
    valores: tuple[Numero, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class FilaDeBarras:
    etiqueta: str
    texto: str
    url: str
    y_texto: str
    y_barra: str
    y_valor: str
    anchos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Barras:
    """Barras acostadas: la primera serie es el fondo (lo autorizado) y la segunda lo llena."""

    ancho: int
    alto: int
    x_valor: int
    alto_de_barra: int
    filas: tuple[FilaDeBarras, ...]


@dataclass(frozen=True, slots=True)
class Marca:
    x: str
    y: str
    texto: str
    arriba: str  # dónde va su letra


@dataclass(frozen=True, slots=True)
class Serie:
    nombre: str
    puntos: str
    marcas: tuple[Marca, ...]


@dataclass(frozen=True, slots=True)
class Raya:
    y: str
    texto: str


@dataclass(frozen=True, slots=True)
class Lineas:
    ancho: int
    alto: int
    piso: str
    izquierda: str
    derecha: str
    series: tuple[Serie, ...]
    categorias: tuple[tuple[str, str], ...]  # (x, nombre)
    rayas: tuple[Raya, ...]


def barras(datos: Sequence[Dato]) -> Barras:
    """La más larga ocupa la mitad del ancho; lo negativo y lo que no se sabe no tienen barra."""
    tope = max((float(v) for d in datos for v in d.valores if v is not None), default=0.0)
    filas = tuple(
        FilaDeBarras(
            etiqueta=d.etiqueta,
            texto=d.texto,
            url=d.url,
            y_texto=_n(n * ALTO_DE_FILA + BASE_DE_TEXTO),
            y_barra=_n(n * ALTO_DE_FILA + BASE_DE_TEXTO + 7),
            y_valor=_n(n * ALTO_DE_FILA + BASE_DE_TEXTO + 7 + ALTO_DE_BARRA / 2),
            anchos=tuple(_n(_parte(v, tope) * ANCHO_DE_BARRA) for v in d.valores),
        )
        for n, d in enumerate(datos)
    )
    alto = max(1, len(datos)) * ALTO_DE_FILA
    return Barras(ANCHO, alto, ANCHO_DE_BARRA + 10, ALTO_DE_BARRA, filas)


def lineas(
    categorias: Sequence[str], series: Sequence[tuple[str, Sequence[Numero]]], *, tope: float = 100
) -> Lineas:
    """Por cientos a lo largo del tiempo; un hueco es un dato que no se sabe."""
    alto = max([tope, *(float(v) for _nombre, valores in series for v in valores if v is not None)])
    piso = ALTO_DE_LINEAS - MARGEN_BAJO
    util = piso - MARGEN_ALTO
    paso = (ANCHO - MARGEN_IZQUIERDO - MARGEN_DERECHO) / max(1, len(categorias) - 1)
    equis = [MARGEN_IZQUIERDO + n * paso for n in range(len(categorias))]

    def ye(valor: float) -> float:
        return piso - _parte(valor, alto) * util

    mayores = [
        max((float(v) for v in valores if v is not None), default=None)
        for valores in zip(*(valores for _nombre, valores in series), strict=True)
    ]
    return Lineas(
        ancho=ANCHO,
        alto=ALTO_DE_LINEAS,
        piso=_n(piso),
        izquierda=_n(MARGEN_IZQUIERDO),
        derecha=_n(ANCHO - MARGEN_DERECHO),
        series=tuple(
            _serie(nombre, list(zip(equis, valores, strict=True)), ye, mayores)
            for nombre, valores in series
            if any(v is not None for v in valores)
        ),
        categorias=tuple((_n(x), c) for x, c in zip(equis, categorias, strict=True)),
        rayas=tuple(Raya(_n(ye(v)), f"{v:.0f}") for v in (0, tope / 2, tope)),
    )


def _serie(
    nombre: str,
    pares: list[tuple[float, Numero]],
    ye: Callable[[float], float],
    mayores: Sequence[float | None],
) -> Serie:
    """El valor va arriba del punto si es el mayor de su lugar, y abajo si no: no se enciman."""
    puntos = [
        (x, float(v), ye(float(v)), mayor)
        for (x, v), mayor in zip(pares, mayores, strict=True)
        if v is not None
    ]
    return Serie(
        nombre,
        " ".join(f"{_n(x)},{_n(y)}" for x, _v, y, _m in puntos),
        tuple(
            Marca(_n(x), _n(y), f"{v:.0f}\u00a0%", _n(y - 11 if v == mayor else y + 22))
            for x, v, y, mayor in puntos
        ),
    )


def _parte(valor: Numero, tope: float) -> float:
    if valor is None or tope <= 0:
        return 0.0
    return min(1.0, max(0.0, float(valor) / tope))


def _n(valor: float) -> str:
    return f"{valor:.1f}"
