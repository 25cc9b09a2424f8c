"""Con qué se juzga un informe, desde su JSON: rangos de color y exigencias."""

from __future__ import annotations

from pathlib import Path

from presupuesto.models import ExigenciaDeInforme, RangoDeSemaforo
from sibis.nucleo.errores import ArchivoIlegible
from sibis.vigencia.carga import InformeDeCarga, altas_por_clave, leer_json

DATOS = Path(__file__).parents[1] / "datos" / "informes.json"


def cargar(ruta: Path = DATOS) -> list[InformeDeCarga]:
    """Da de alta lo que falte; lo que se corrigió en el panel se queda. Levanta ArchivoIlegible."""
    contenido = leer_json(ruta)
    if not isinstance(contenido, dict):
        raise ArchivoIlegible(f"{ruta.name}: se esperaba un objeto con «rangos» y «exigencias».")
    return [
        altas_por_clave(RangoDeSemaforo, contenido.get("rangos", [])),
        altas_por_clave(ExigenciaDeInforme, contenido.get("exigencias", [])),
    ]
