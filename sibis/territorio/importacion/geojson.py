"""Un GeoJSON como lo publica quien sea: rasgos numerados, o la oración que dice por qué no se puede."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sibis.nucleo.errores import ArchivoIlegible
from sibis.nucleo.tabular import Fila
from sibis.vigencia.carga import leer_json

TAMANO_MAXIMO = 64_000_000
_GRADOS = ("CRS84", "EPSG::4326", "EPSG:4326")


@dataclass(frozen=True, slots=True)
class Rasgo:
    """Un elemento de la lista; su número es su lugar en ella, desde 1."""

    numero: int
    propiedades: Mapping[str, Any]
    geometria: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Coleccion:
    nombre: str
    rasgos: tuple[Rasgo, ...]

    @property
    def encabezado(self) -> tuple[str, ...]:
        """Los nombres de propiedad que aparecen en algún rasgo, en orden de aparición."""
        return tuple(dict.fromkeys(p for r in self.rasgos for p in r.propiedades))

    def filas(self) -> Iterator[tuple[Rasgo, Fila]]:
        """Las propiedades como celdas de texto, para leerlas con las mismas columnas que un CSV."""
        encabezado = self.encabezado
        for rasgo in self.rasgos:
            celdas = tuple(_celda(rasgo.propiedades.get(p)) for p in encabezado)
            yield rasgo, Fila(rasgo.numero, celdas)


def leer(ruta: Path) -> Coleccion:
    """Levanta ArchivoIlegible si no es una FeatureCollection en grados (WGS 84)."""
    tamano = ruta.stat().st_size if ruta.is_file() else None
    if tamano == 0:
        raise ArchivoIlegible(f"{ruta.name} está vacío.")
    if tamano and tamano > TAMANO_MAXIMO:
        raise ArchivoIlegible(
            f"{ruta.name} pesa {tamano / 1e6:,.0f} MB y el máximo es {TAMANO_MAXIMO / 1e6:,.0f} MB. "
            "Divídelo o simplifica sus geometrías."
        )
    contenido = leer_json(ruta)
    if not isinstance(contenido, dict) or contenido.get("type") != "FeatureCollection":
        raise ArchivoIlegible(
            f"{ruta.name} es JSON, pero no una FeatureCollection de GeoJSON. No se cargó nada."
        )
    _exigir_grados(contenido.get("crs"), ruta.name)
    rasgos = contenido.get("features")
    if not isinstance(rasgos, list) or not rasgos:
        raise ArchivoIlegible(f"{ruta.name} no trae ningún rasgo («features» está vacío).")
    nombre = contenido.get("fuente") or contenido.get("name") or ruta.stem
    return Coleccion(str(nombre), tuple(_rasgo(i, r) for i, r in enumerate(rasgos, start=1)))


def _exigir_grados(crs: Any, archivo: str) -> None:
    """Sin `crs`, RFC 7946 dice WGS 84. No se reproyecta: adivinar mal mueve la Ciudad de lugar."""
    if crs is None:
        return
    propiedades = crs.get("properties") if isinstance(crs, dict) else None
    nombre = str(propiedades.get("name", "")) if isinstance(propiedades, dict) else ""
    if not nombre.upper().endswith(_GRADOS):
        raise ArchivoIlegible(
            f"{archivo} viene en «{nombre[:60] or 'un sistema sin nombre'}». Solo se lee WGS 84 en grados "
            "(EPSG:4326 o CRS84): reproyéctalo y vuelve a intentar. No se cargó nada."
        )


def _rasgo(numero: int, dato: Any) -> Rasgo:
    if not isinstance(dato, dict):
        return Rasgo(numero, {}, None)
    propiedades, geometria = dato.get("properties"), dato.get("geometry")
    return Rasgo(
        numero,
        propiedades if isinstance(propiedades, dict) else {},
        geometria if isinstance(geometria, dict) else None,
    )


def _celda(valor: Any) -> str:
    if valor is None:
        return ""
    if isinstance(valor, float) and valor.is_integer():
        return str(int(valor))
    if isinstance(valor, Sequence) and not isinstance(valor, str):
        return "; ".join(_celda(v) for v in valor)
    return str(valor)
