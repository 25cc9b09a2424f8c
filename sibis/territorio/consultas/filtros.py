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
class FiltrosDeCentros:
    """Lo que pide la dirección, ya validado. `cerca` es (lon, lat) redondeado a unos 100 metros."""

    q: str = ""
    tipo: tuple[str, ...] = ()
    alcaldia: tuple[str, ...] = ()
    cerca: tuple[float, float] | None = None
    colonia: LugarElegido | None = None
    programa: str = ""
    pagina: int = 1

    @property
    def desde(self) -> tuple[float, float] | None:
        """Desde dónde se mide la distancia: la persona o, si no, la colonia que eligió."""
        if self.cerca or self.colonia is None:
            return self.cerca
        return self.colonia.lon, self.colonia.lat

    @property
    def son_pocos(self) -> bool:
        """Piden algo que las celdas ya contadas no saben: una palabra, una alcaldía, un programa."""
        return bool(self.q or self.alcaldia or self.programa)

    def url(self, ruta: str, **cambios: object) -> str:
        nuevo = replace(self, **({"pagina": 1} | cambios))  # type: ignore[arg-type]
        pares = [("q", nuevo.q)] if nuevo.q else []
        pares += [("tipo", t) for t in nuevo.tipo] + [("alcaldia", a) for a in nuevo.alcaldia]
        if nuevo.programa:
            pares.append(("programa", nuevo.programa))
        if nuevo.colonia:
            pares.append(("colonia", str(nuevo.colonia.pk)))
        if nuevo.cerca:
            pares += [("lat", str(nuevo.cerca[1])), ("lon", str(nuevo.cerca[0]))]
        if nuevo.pagina > 1:
            pares.append(("pagina", str(nuevo.pagina)))
        return f"{ruta}?{urlencode(pares)}" if pares else ruta
