"""Días inhábiles y vedas desde sus JSON. Lo que alguien confirmó o corrigió en el panel se queda."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from sibis.calendario.models import DiaInhabil, PeriodoDeVeda
from sibis.nucleo.errores import ArchivoIlegible
from sibis.vigencia.carga import InformeDeCarga, alta_o_cambio, en_palabras, leer_json

DATOS = Path(__file__).parent / "datos" / "dias.json"


def cargar(ruta: Path = DATOS) -> list[InformeDeCarga]:
    """Alta de lo que falte. Levanta ArchivoIlegible."""
    contenido = leer_json(ruta)
    if not isinstance(contenido, dict):
        raise ArchivoIlegible(f"{ruta.name}: se esperaba un objeto con «inhabiles» y «vedas».")
    return [
        _cargar(contenido.get("inhabiles", []), "Días inhábiles", _dia),
        _cargar(contenido.get("vedas", []), "Vedas", _veda),
    ]


def _cargar(
    renglones: Any, asunto: str, guardar: Callable[[Mapping[str, Any]], str]
) -> InformeDeCarga:
    informe = InformeDeCarga(asunto)
    for numero, renglon in enumerate(renglones if isinstance(renglones, list) else [None], 1):
        try:
            informe.contar(guardar(renglon))
        except ValidationError as error:
            informe.rechazar(numero, en_palabras(error))
        except (KeyError, TypeError, ValueError, AttributeError):
            informe.rechazar(numero, "Le falta un dato, o su fecha no es AAAA-MM-DD.")
    return informe


def _dia(renglon: Mapping[str, Any]) -> str:
    """Nuevo, o recién confirmado por el catálogo. Uno ya confirmado no se toca."""
    fecha = datetime.date.fromisoformat(renglon["fecha"])
    ambito = renglon.get("ambito", DiaInhabil.Ambito.CIUDAD)
    confirmado = bool(renglon.get("confirmado", True))
    conocido = DiaInhabil.objects.filter(fecha=fecha, ambito=ambito).first()
    if conocido is not None and (conocido.confirmado or not confirmado):
        return "iguales"
    valores = {
        "fecha": fecha,
        "ambito": ambito,
        "nombre": renglon["nombre"],
        "norma": renglon["norma"],
        "confirmado": confirmado,
    }
    return alta_o_cambio(conocido, DiaInhabil, valores)[1]


def _veda(renglon: Mapping[str, Any]) -> str:
    if PeriodoDeVeda.objects.filter(clave=renglon["clave"]).exists():
        return "iguales"
    fechas = {
        c: datetime.date.fromisoformat(renglon[c]) for c in ("vigente_desde", "vigente_hasta")
    }
    textos = {c: renglon.get(c, "") for c in ("nombre", "norma", "descripcion", "que_permite")}
    return alta_o_cambio(None, PeriodoDeVeda, {"clave": renglon["clave"], **textos, **fechas})[1]
