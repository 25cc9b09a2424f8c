"""Los plazos de revisión que el sistema trae puestos. Lo que alguien corrigió en el panel se queda."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from sibis.nucleo.errores import ArchivoIlegible
from sibis.revision.models import PlazoDeRevision
from sibis.vigencia.carga import InformeDeCarga, alta_o_cambio, en_palabras, leer_json

DATOS = Path(__file__).parents[1] / "datos" / "plazos.json"
_TEXTOS = ("clave", "nombre", "materia", "estado", "norma")


def cargar_plazos(ruta: Path = DATOS) -> InformeDeCarga:
    """Alta de los que falten, por clave. Levanta ArchivoIlegible."""
    contenido = leer_json(ruta)
    if not isinstance(contenido, dict) or not isinstance(contenido.get("plazos"), list):
        raise ArchivoIlegible(f"{ruta.name}: se esperaba un objeto con la lista «plazos».")
    informe = InformeDeCarga("Plazos de revisión")
    conocidas = set(PlazoDeRevision.objects.values_list("clave", flat=True))
    for numero, renglon in enumerate(contenido["plazos"], 1):
        try:
            if renglon["clave"] in conocidas:
                informe.contar("iguales")
                continue
            informe.contar(alta_o_cambio(None, PlazoDeRevision, _valores(renglon))[1])
            conocidas.add(renglon["clave"])
        except ValidationError as error:
            informe.rechazar(numero, en_palabras(error))
        except (KeyError, TypeError, ValueError):
            informe.rechazar(numero, "Le falta un dato, o su fecha no es AAAA-MM-DD.")
    return informe


def _valores(renglon: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{campo: renglon[campo] for campo in _TEXTOS},
        "dias_habiles": int(renglon["dias_habiles"]),
        "orden": int(renglon.get("orden", 0)),
        "vigente_desde": datetime.date.fromisoformat(renglon["vigente_desde"]),
    }
