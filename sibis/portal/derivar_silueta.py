"""Deriva datos/silueta.json de los límites de territorio: el dibujo de la portada, en enteros.

Se corre a mano cuando cambian los límites; la aplicación no lo importa:

    python -m sibis.portal.derivar_silueta
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

LIMITES = Path(__file__).parents[1] / "territorio" / "datos" / "alcaldias.geojson"
SALIDA = Path(__file__).parent / "datos" / "silueta.json"

ENCOGE_LONGITUD = np.cos(np.radians(19.36))
ANCHO = 600
MARGEN = 4
TOLERANCIA = 1.6  # en unidades del lienzo: medio punto en la pantalla


def proyectar(poligonos: Any) -> tuple[Any, int]:
    """A un lienzo de ANCHO unidades con el norte arriba; devuelve también su alto."""
    planos = shapely.transform(poligonos, lambda xy: xy * [ENCOGE_LONGITUD, -1])
    oeste, norte, este, sur = shapely.total_bounds(planos)
    escala = (ANCHO - 2 * MARGEN) / (este - oeste)
    lienzo = shapely.transform(planos, lambda xy: (xy - [oeste, norte]) * escala + MARGEN)
    # Juntas: el borde que dos comparten sigue siendo el mismo y no deja rendijas.
    simples = shapely.coverage_simplify(lienzo, TOLERANCIA)
    return simples, round((sur - norte) * escala + 2 * MARGEN)


def _anillo(puntos: Any) -> str:
    """Un subtrazo relativo: mueve al primero y avanza de diferencia en diferencia."""
    enteros = np.round(puntos).astype(int)
    iguales = np.all(enteros[1:] == enteros[:-1], axis=1)
    enteros = enteros[np.concatenate([[True], ~iguales])][:-1]
    pasos = "".join(f"{dx:+d}{dy:+d}" for dx, dy in np.diff(enteros, axis=0)).replace("+", " ")
    return f"M{enteros[0][0]} {enteros[0][1]}l{pasos.lstrip()}z"


def trazo(figura: Any) -> str:
    anillos = [a for p in shapely.get_parts(figura) for a in (p.exterior, *p.interiors)]
    return "".join(_anillo(shapely.get_coordinates(a)) for a in anillos)


def etiqueta(figura: Any) -> tuple[int, int]:
    """El punto más lejos de los bordes de su parte mayor: ahí cabe el número."""
    mayor = max(shapely.get_parts(figura), key=shapely.area)
    centro = shapely.maximum_inscribed_circle(mayor).coords[0]
    return round(centro[0]), round(centro[1])


def main() -> None:
    rasgos = json.loads(LIMITES.read_text(encoding="utf-8"))["features"]
    figuras, alto = proyectar(np.array([shapely.geometry.shape(r["geometry"]) for r in rasgos]))
    alcaldias = {}
    for rasgo, figura in zip(rasgos, figuras, strict=True):
        x, y = etiqueta(figura)
        propiedades = rasgo["properties"]
        alcaldias[propiedades["clave"]] = {
            "nombre": propiedades["nombre"],
            "trazo": trazo(figura),
            "x": x,
            "y": y,
        }
    documento = {
        "lienzo": f"0 0 {ANCHO} {alto}",
        "fuente": "INEGI, Marco Geoestadístico (simplificado)",
        "alcaldias": alcaldias,
    }
    SALIDA.write_text(json.dumps(documento, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
