"""Las obligaciones que el sistema trae puestas, por clave. Lo que alguien cambió en el panel se queda."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from sibis.agenda.models import Obligacion
from sibis.nucleo.errores import ArchivoIlegible
from sibis.vigencia.carga import InformeDeCarga, alta_o_cambio, en_palabras, leer_json
from sibis.vigencia.huellas import con_huellas

DATOS = Path(__file__).parents[1] / "datos" / "obligaciones.json"
_FECHAS = ("vigente_desde", "vigente_hasta")
_NO_SE_CARGAN = {"id", "clave", "huellas_catalogo"}


def cargar(ruta: Path = DATOS) -> InformeDeCarga:
    """Alta o cambio de cada una. Levanta ArchivoIlegible."""
    renglones = leer_json(ruta)
    if not isinstance(renglones, list):
        raise ArchivoIlegible(f"{ruta.name} debe ser una lista de obligaciones. No se cargó nada.")
    informe = InformeDeCarga("Obligaciones")
    conocidas = {o.clave: o for o in Obligacion.objects.all()}
    for numero, renglon in enumerate(renglones, 1):
        try:
            valores = _valores(renglon)
            conocida = conocidas.get(valores["clave"])
            cuidados = [c for c in valores if c != "clave"]
            valores = con_huellas(conocida, valores, cuidados)
            informe.contar(alta_o_cambio(conocida, Obligacion, valores)[1])
        except ValidationError as error:
            informe.rechazar(numero, en_palabras(error))
        except (KeyError, TypeError, ValueError, AttributeError):
            informe.rechazar(numero, "Le falta la clave, o su vigencia no es AAAA-MM-DD.")
    return informe


def _valores(renglon: dict[str, Any]) -> dict[str, Any]:
    conocidas = {c.name for c in Obligacion._meta.concrete_fields} - _NO_SE_CARGAN
    desconocidas = sorted(set(renglon) - conocidas - {"clave"})
    if desconocidas:
        raise ValidationError(f"Columnas que no existen: {', '.join(desconocidas)}.")
    fechas = {c: datetime.date.fromisoformat(renglon[c]) for c in _FECHAS if renglon.get(c)}
    return {**renglon, "clave": renglon["clave"], **fechas}
