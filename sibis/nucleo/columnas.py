"""Una columna es un objeto: el encabezado, la plantilla, el mensaje de error y el importador salen de él."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sibis.nucleo.errores import ArchivoIlegible
from sibis.nucleo.normalizacion import clave_comparable, limpiar_texto
from sibis.nucleo.tabular import Fila

LARGO_DE_MUESTRA = 40


@dataclass(frozen=True, slots=True)
class Columna:
    """Lo único que sabe cómo se llama un dato en un archivo, cómo se limpia y qué decir si está mal.

    `limpiar` recibe texto no vacío y levanta ValueError si no sirve; `mensaje` es lo que entonces lee
    la persona. Con `es_personal`, el valor no aparece en los mensajes.
    """

    identificador: str
    titulo: str
    limpiar: Callable[[str], Any] = limpiar_texto
    sinonimos: tuple[str, ...] = ()
    obligatoria: bool = False
    mensaje: str = "no es un valor válido"
    ejemplo: str = ""
    es_personal: bool = False

    @property
    def nombres(self) -> frozenset[str]:
        """Como se le reconoce en un encabezado, ya comparables."""
        return frozenset(
            clave_comparable(n) for n in (self.identificador, self.titulo, *self.sinonimos)
        )

    def leer(self, texto: str) -> Any:
        """El valor limpio; None si está vacío. Levanta ValueError con la oración para la persona."""
        if not texto.strip():
            if self.obligatoria:
                raise ValueError(f"Falta «{self.titulo}»{self._sugerencia()}")
            return None
        try:
            return self.limpiar(texto)
        except ValueError as error:
            dicho = "" if self.es_personal else f" (dice «{_muestra(texto)}»)"
            raise ValueError(
                f"«{self.titulo}» {self.mensaje}{dicho}{self._sugerencia()}"
            ) from error

    def _sugerencia(self) -> str:
        return f". Ejemplo: {self.ejemplo}." if self.ejemplo else "."


@dataclass(frozen=True, slots=True)
class Lectura:
    """Una fila ya limpia. Solo trae las columnas que el archivo tiene: lo ausente no borra lo guardado."""

    numero: int
    valores: Mapping[str, Any]
    errores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapeo:
    """Qué columna nuestra está en qué lugar del archivo."""

    encabezado: tuple[str, ...]
    lugares: Mapping[str, int]
    columnas: tuple[Columna, ...]

    @property
    def reconocidas(self) -> dict[str, str]:
        return {
            identificador: self.encabezado[lugar] for identificador, lugar in self.lugares.items()
        }

    @property
    def ignoradas(self) -> list[str]:
        usados = set(self.lugares.values())
        return [t for i, t in enumerate(self.encabezado) if i not in usados and t.strip()]

    @property
    def faltantes(self) -> list[Columna]:
        return [c for c in self.columnas if c.obligatoria and c.identificador not in self.lugares]

    def leer(self, fila: Fila) -> Lectura:
        """Limpia la fila entera y junta todos sus errores, no solo el primero."""
        valores: dict[str, Any] = {}
        errores: list[str] = []
        if sobran := [celda for celda in fila.valores[len(self.encabezado) :] if celda.strip()]:
            errores.append(
                f"Tiene {len(sobran)} celda(s) más que el encabezado: quizá un texto con el separador va sin comillas."
            )
        for columna in self.columnas:
            lugar = self.lugares.get(columna.identificador)
            if lugar is None:
                continue
            try:
                valores[columna.identificador] = columna.leer(
                    fila.valores[lugar] if lugar < len(fila.valores) else ""
                )
            except ValueError as error:
                errores.append(str(error))
        return Lectura(fila.numero, valores, tuple(errores))


@dataclass(frozen=True)
class Plantilla:
    """Las columnas de una carga, en orden."""

    columnas: tuple[Columna, ...]
    _por_nombre: Mapping[str, Columna] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        por_nombre: dict[str, Columna] = {}
        for columna in self.columnas:
            for nombre in columna.nombres:
                if por_nombre.setdefault(nombre, columna) is not columna:
                    otra = por_nombre[nombre].identificador
                    raise ValueError(
                        f"«{nombre}» nombra a dos columnas: {otra} y {columna.identificador}."
                    )
        object.__setattr__(self, "_por_nombre", por_nombre)

    def identificador(self, titulo: str) -> str | None:
        """A qué columna nuestra nombra un título; None si a ninguna."""
        columna = self._por_nombre.get(clave_comparable(titulo))
        return columna.identificador if columna else None

    def cuantas_reconoce(self, celdas: Sequence[str]) -> int:
        """Columnas distintas que nombra un renglón: con ello `tabular` halla el encabezado."""
        halladas = {
            c.identificador for t in celdas if (c := self._por_nombre.get(clave_comparable(t)))
        }
        return len(halladas)

    def mapear(self, encabezado: Sequence[str]) -> Mapeo:
        """Dónde está cada columna. Levanta ArchivoIlegible si falta una obligatoria o una viene dos veces."""
        lugares: dict[str, int] = {}
        for lugar, titulo in enumerate(encabezado):
            columna = self._por_nombre.get(clave_comparable(titulo))
            if columna is None:
                continue
            if columna.identificador in lugares:
                antes = encabezado[lugares[columna.identificador]]
                raise ArchivoIlegible(
                    f"Las columnas «{antes}» y «{titulo}» dicen ser la misma: {columna.titulo}. "
                    "Deja una sola. No se cargó nada."
                )
            lugares[columna.identificador] = lugar
        mapeo = Mapeo(tuple(encabezado), lugares, self.columnas)
        if mapeo.faltantes:
            raise ArchivoIlegible(self._aviso_de_faltantes(mapeo))
        return mapeo

    def _aviso_de_faltantes(self, mapeo: Mapeo) -> str:
        faltan = ", ".join(f"«{c.titulo}»" for c in mapeo.faltantes)
        trae = ", ".join(f"«{_muestra(t)}»" for t in mapeo.encabezado if t.strip()) or "ninguna"
        verbo = "Falta la columna" if len(mapeo.faltantes) == 1 else "Faltan las columnas"
        return f"{verbo} {faltan}. El archivo trae: {trae}. No se cargó nada."


def _muestra(texto: str) -> str:
    limpio = limpiar_texto(texto).replace("\n", " ")
    return limpio if len(limpio) <= LARGO_DE_MUESTRA else limpio[: LARGO_DE_MUESTRA - 1] + "…"
