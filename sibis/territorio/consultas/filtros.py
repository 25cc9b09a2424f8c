"""Qué centros pide una dirección. La lista, el mapa y su GeoJSON leen los mismos filtros."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class LugarElegido:
    """Una colonia desde la que se ordena por distancia; lon y lat son de un punto de adentro."""

    pk: int
    nombre: str
    alcaldia: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class CentroElegido:
    """El centro que se quiere ver en el mapa: va primero y los demás, del más cercano a él."""

    slug: str
    nombre: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class FiltrosDeCentros:
    """Lo que pide la dirección, ya validado. `cerca` es (lon, lat) redondeado a unos 100 metros."""

    q: str = ""
    tipo: tuple[str, ...] = ()
    alcaldia: tuple[str, ...] = ()
    cerca: tuple[float, float] | None = None
    colonia: LugarElegido | None = None
    centro: CentroElegido | None = None
    programa: str = ""
    pagina: int = 1

    @property
    def desde(self) -> tuple[float, float] | None:
        """Desde dónde se mide la distancia: la persona o, si no, el centro o la colonia que eligió."""
        lugar = self.centro or self.colonia
        if self.cerca or lugar is None:
            return self.cerca
        return lugar.lon, lugar.lat

    @property
    def sin_orden(self) -> FiltrosDeCentros:
        """Los mismos centros, sin medir distancias: para contarlos o pintarlos."""
        return replace(self, cerca=None, colonia=None, centro=None)

    @property
    def son_pocos(self) -> bool:
        """Piden algo que las celdas ya contadas no saben: una palabra, una alcaldía, un programa."""
        return bool(self.q or self.alcaldia or self.programa)

    def url(self, ruta: str, *, formato: str = "", **cambios: object) -> str:
        nuevo = replace(self, **({"pagina": 1} | cambios))  # type: ignore[arg-type]
        pares = [("q", nuevo.q)] if nuevo.q else []
        pares += [("tipo", t) for t in nuevo.tipo] + [("alcaldia", a) for a in nuevo.alcaldia]
        if nuevo.programa:
            pares.append(("programa", nuevo.programa))
        if nuevo.colonia:
            pares.append(("colonia", str(nuevo.colonia.pk)))
        if nuevo.centro:
            pares.append(("centro", nuevo.centro.slug))
        if nuevo.cerca:
            pares += [("lat", str(nuevo.cerca[1])), ("lon", str(nuevo.cerca[0]))]
        if nuevo.pagina > 1:
            pares.append(("pagina", str(nuevo.pagina)))
        if formato:
            pares.append(("formato", formato))
        return f"{ruta}?{urlencode(pares)}" if pares else ruta
