"""El informe en palabras, para leerlo en una terminal."""

from __future__ import annotations

from collections.abc import Iterator

from padron.lectura import Lectura
from padron.validacion.codigos import Severidad
from padron.validacion.mapeo import Mapeo
from padron.validacion.motor import Resultado
from padron.validacion.patrones import Patron, titulo_de

_ROTULOS = {
    Severidad.BLOQUEA.value: "Hay que corregir",
    Severidad.AVISA.value: "Conviene mirar",
    Severidad.INFORMA.value: "Para que se sepa",
}


def lineas(lectura: Lectura, mapeo: Mapeo, resultado: Resultado) -> Iterator[str]:
    """Qué se leyó, cuántas filas pueden entrar y qué se halló, agrupado."""
    yield f"{lectura.archivo}: {resultado.filas:,} filas; {resultado.validas:,} pueden entrar"
    yield f"  con algo que bloquea: {resultado.con_error:,}; con aviso: {resultado.con_aviso:,}"
    yield "  columnas: " + "; ".join(
        f"{titulo_de(c)} ← «{t}»" for c, t in mapeo.reconocidas.items()
    )
    if mapeo.ignoradas:
        yield "  no se usan: " + ", ".join(f"«{t}»" for t in mapeo.ignoradas)
    for severidad, rotulo in _ROTULOS.items():
        suyos = [p for p in resultado.patrones if p.severidad == severidad]
        if suyos:
            yield f"{rotulo}:"
            yield from (_linea(p) for p in suyos)


def _linea(patron: Patron) -> str:
    donde = "en el archivo" if patron.primeras == (0,) else f"{patron.filas:,} filas"
    filas = ", ".join(f"{n:,}" for n in patron.primeras if n)
    forma = f" [{patron.ejemplos[0]}]" if patron.ejemplos and filas else ""
    ejemplo = f" (filas {filas}…)" if filas else ""
    return f"  · {donde}: {patron.mensaje}{forma}{ejemplo} {patron.sugerencia}".rstrip()
