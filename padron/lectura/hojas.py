"""Qué hoja de un libro es el padrón: la que se pide, o la que mejor nombra nuestras columnas."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from padron.lectura.encabezado import Encabezado, hallar
from padron.lectura.liga import ligar
from padron.lectura.llegada import Llegada
from padron.lectura.modelo import (
    CELDAS_COMBINADAS,
    MACROS_IGNORADAS,
    AvisoDeArchivo,
    Limites,
    Reconocer,
)
from sibis.nucleo import libro
from sibis.nucleo.errores import ArchivoIlegible

CARACTERES_DE_MUESTRA = 1 << 20


@dataclass(frozen=True, slots=True)
class Elegida:
    hoja: libro.Hoja
    encabezado: Encabezado
    nombres: tuple[str, ...]
    avisos: tuple[AvisoDeArchivo, ...]


def elegir(
    llegada: Llegada,
    trabajo: Path,
    *,
    hoja: str | None,
    cuantas_reconoce: Reconocer,
    limites: Limites,
) -> Elegida:
    """La hoja como CSV. Levanta ArchivoIlegible si el libro no se deja leer o está vacío."""
    # El lector de hojas cree en la extensión: se le da la verdadera.
    con_nombre = ligar(llegada.ruta, trabajo / f"libro.{llegada.formato}")
    halladas = libro.hojas(con_nombre, trabajo, hoja=hoja, limites=_de_padron(limites))
    llenas = [h for h in halladas if h.filas]
    if not llenas:
        raise ArchivoIlegible(
            f"La hoja «{halladas[0].nombre}» está vacía. Elige la que trae la tabla. No se cargó nada."
            if hoja and halladas
            else "El libro no tiene nada escrito en ninguna hoja. No se cargó nada."
        )
    con_encabezado = [(h, _encabezado_de(h, cuantas_reconoce, limites)) for h in llenas]
    elegida, encabezado = max(
        con_encabezado,
        key=lambda par: (
            cuantas_reconoce(par[1].nombres),
            par[0].visible,
            par[0].filas - par[1].fila,
        ),
    )
    return Elegida(
        elegida, encabezado, tuple(h.nombre for h in llenas), tuple(_avisos(llegada, elegida))
    )


def _de_padron(limites: Limites) -> libro.LimitesDeLibro:
    return libro.LimitesDeLibro(
        memoria=limites.memoria_de_libro,
        segundos=limites.segundos_de_libro,
        abierto=limites.libro_abierto,
    )


def _encabezado_de(hoja: libro.Hoja, cuantas_reconoce: Reconocer, limites: Limites) -> Encabezado:
    with Path(hoja.csv).open(encoding="utf-8", newline="") as archivo:
        muestra = archivo.read(CARACTERES_DE_MUESTRA)
    return hallar(muestra, separadores=(",",), cuantas_reconoce=cuantas_reconoce, limites=limites)


def _avisos(llegada: Llegada, hoja: libro.Hoja) -> list[AvisoDeArchivo]:
    avisos = []
    if llegada.macros:
        avisos.append(
            AvisoDeArchivo(
                MACROS_IGNORADAS,
                None,
                "El libro trae macros. No se corrieron: solo se leyó lo que dicen sus celdas.",
            )
        )
    if hoja.cuantas_combinadas:
        filas = ", ".join(dict.fromkeys(hoja.combinadas))
        avisos.append(
            AvisoDeArchivo(
                CELDAS_COMBINADAS,
                int(hoja.combinadas[0]),
                f"La hoja tiene {hoja.cuantas_combinadas:,} grupo(s) de celdas combinadas (fila {filas}). "
                "Solo la primera celda de cada grupo trae el dato; las demás se leen vacías.",
            )
        )
    return avisos
