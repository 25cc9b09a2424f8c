"""Con qué se entrega un apoyo, desde su JSON."""

from __future__ import annotations

from pathlib import Path

from padron.models import InstrumentoDeEntrega
from sibis.nucleo.errores import ArchivoIlegible
from sibis.vigencia.carga import InformeDeCarga, altas_por_clave, leer_json

DATOS = Path(__file__).parents[1] / "datos" / "instrumentos.json"


def cargar(ruta: Path = DATOS) -> list[InformeDeCarga]:
    """Da de alta lo que falte; lo que se corrigió en el panel se queda. Levanta ArchivoIlegible."""
    contenido = leer_json(ruta)
    if not isinstance(contenido, dict):
        raise ArchivoIlegible(f"{ruta.name}: se esperaba un objeto con «instrumentos».")
    return [altas_por_clave(InstrumentoDeEntrega, contenido.get("instrumentos", []))]
