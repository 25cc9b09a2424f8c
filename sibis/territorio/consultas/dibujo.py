"""Límites como trazos de SVG: el mapa que se ve sin JavaScript y en papel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from sibis.territorio.consultas.teselas import huella_de_capa

ANCHO = 640  # unidades del lienzo
_MARGEN = 6
# Medio punto en la pantalla: lo que se quita no se ve.
_TOLERANCIA = 0.6


@dataclass(frozen=True, slots=True)
class Trazo:
    """Un límite dibujado. (x, y) es un punto de adentro, donde cabe un número."""

    clave: str
    nombre: str
    trazo: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Dibujo:
    """Un lienzo y lo que va en él. `escala` y `origen` sitúan un punto suelto."""

    lienzo: str
    trazos: tuple[Trazo, ...]
    oeste: float
    norte: float
    escala: float

    def situar(self, lon_m: float, lat_m: float) -> tuple[float, float]:
        """De metros de Mercator al lienzo."""
        return (
            round((lon_m - self.oeste) * self.escala + _MARGEN, 1),
            round((self.norte - lat_m) * self.escala + _MARGEN, 1),
        )


# La escala sale de lo que se dibuja: la Ciudad entera o una alcaldía llenan el mismo ancho.
_SQL = """
    WITH elegidas AS (
        SELECT {clave}::text AS clave, nombre, ST_Transform(geometria, 3857) AS g FROM {tabla} {donde}
    ), caja AS (
        SELECT ST_XMin(e) AS oeste, ST_YMax(e) AS norte,
               ({ancho} - 2 * {margen}) / greatest(ST_XMax(e) - ST_XMin(e), 1) AS escala,
               ST_YMax(e) - ST_YMin(e) AS alto
        FROM (SELECT ST_Extent(g) AS e FROM elegidas) x
    ), puestas AS (
        SELECT clave, nombre, oeste, norte, escala, alto,
               ST_Affine(g, escala, 0, 0, escala, {margen} - oeste * escala,
                         -{margen} - norte * escala) AS p
        FROM elegidas, caja
    )
    SELECT clave, nombre, ST_AsSVG(ST_SimplifyPreserveTopology(p, {tolerancia}), 1, 1),
           round(ST_X(c)::numeric, 1), round(-ST_Y(c)::numeric, 1), oeste, norte, escala,
           alto * escala + 2 * {margen}
    FROM puestas, LATERAL (SELECT (ST_MaximumInscribedCircle(p)).center AS c) dentro
    ORDER BY clave
"""


def dibujar_alcaldias() -> Dibujo | None:
    """Las 16. None si todavía no hay límites."""
    return _dibujar("alcaldias", "", huella_de_capa("alcaldias"))


def dibujar_colonias(alcaldia: str) -> Dibujo | None:
    """Las de una alcaldía (clave INEGI), con su id por clave. None si no hay cargadas ahí."""
    return _dibujar("colonias", alcaldia, huella_de_capa("colonias"))


_TABLA = {
    "alcaldias": ("territorio_alcaldia", "clave", ""),
    "colonias": (
        "territorio_colonia",
        "id",
        "WHERE alcaldia_id = (SELECT id FROM territorio_alcaldia WHERE clave = %s) "
        "AND coalesce(vigente_hasta >= current_date, true)",
    ),
}


@lru_cache(maxsize=32)
def _dibujar(capa: str, alcaldia: str, huella: str) -> Dibujo | None:
    """`huella` no se usa dentro: es lo que hace que un límite nuevo se dibuje otra vez."""
    tabla, clave, donde = _TABLA[capa]
    sql = _SQL.format(
        tabla=tabla, clave=clave, donde=donde, ancho=ANCHO, margen=_MARGEN, tolerancia=_TOLERANCIA
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [alcaldia] if donde else [])
        filas = cursor.fetchall()
    if not filas:
        return None
    oeste, norte, escala, alto = filas[0][5:]
    return Dibujo(
        lienzo=f"0 0 {ANCHO} {round(alto)}",
        trazos=tuple(Trazo(f[0], f[1], f[2], float(f[3]), float(f[4])) for f in filas),
        oeste=oeste,
        norte=norte,
        escala=escala,
    )
