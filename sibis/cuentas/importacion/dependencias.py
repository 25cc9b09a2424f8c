"""Carga de dependencias y de sus denominaciones; idempotente por clave.

Una dependencia entra entera o no entra: si una de sus denominaciones está mal, se rechaza la
fila con el motivo y se conserva lo que ya había de ella.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from sibis.cuentas.models import Denominacion, Dependencia
from sibis.nucleo.errores import ArchivoIlegible
from sibis.vigencia.carga import InformeDeCarga, alta_o_cambio, en_palabras, leer_json

_CAMPOS_DE_DENOMINACION = ("nombre", "siglas", "clave_ur", "norma", "nota")
_FECHAS = ("vigente_desde", "vigente_hasta")


def cargar_dependencias(ruta: Path) -> InformeDeCarga:
    """Da de alta o corrige las dependencias del archivo. Lo que no trae, no se borra."""
    filas = leer_json(ruta)
    if not isinstance(filas, list):
        raise ArchivoIlegible(f"{ruta.name} debe ser una lista de dependencias. No se cargó nada.")
    informe = InformeDeCarga("Dependencias")
    vistas: set[str] = set()
    sucesoras: list[tuple[int, Dependencia, str]] = []
    for numero, fila in enumerate(filas, start=1):
        if dependencia := _cargar_fila(numero, fila, vistas, informe):
            vistas.add(dependencia.clave)
            sucesoras.append((numero, dependencia, fila.get("sucesora") or ""))
    _enlazar_sucesoras(sucesoras, informe)
    Dependencia.objects.refrescar_nombres()
    return informe


def _cargar_fila(
    numero: int, fila: Any, vistas: set[str], informe: InformeDeCarga
) -> Dependencia | None:
    try:
        with transaction.atomic():
            _exigir_forma(fila, vistas)
            dependencia, resultado = _guardar_dependencia(fila)
            cambio = _guardar_denominaciones(dependencia, fila["denominaciones"], numero, informe)
    except ValidationError as error:
        informe.rechazar(numero, en_palabras(error))
        return None
    informe.contar("cambios" if cambio and resultado == "iguales" else resultado)
    return dependencia


def _exigir_forma(fila: Any, vistas: set[str]) -> None:
    if not isinstance(fila, dict):
        raise ValidationError("La fila no es un objeto con «clave» y «denominaciones».")
    if not fila.get("clave"):
        raise ValidationError("Falta la clave.")
    if fila["clave"] in vistas:
        raise ValidationError(f"La clave «{fila['clave']}» se repite en el archivo.")
    denominaciones = fila.get("denominaciones")
    if not isinstance(denominaciones, list) or not denominaciones:
        raise ValidationError(f"«{fila['clave']}» no tiene denominaciones.")
    if not all(isinstance(denominacion, dict) for denominacion in denominaciones):
        raise ValidationError(f"«{fila['clave']}»: cada denominación es un objeto con «nombre».")


def _guardar_dependencia(fila: dict[str, Any]) -> tuple[Dependencia, str]:
    valores = {
        "clave": str(fila["clave"]),
        "tipo": fila.get("tipo") or "",
        "clave_inegi": fila.get("clave_inegi") or None,
    }
    conocida = Dependencia.objects.filter(clave=valores["clave"]).first()
    return alta_o_cambio(conocida, Dependencia, valores)


def _guardar_denominaciones(
    dependencia: Dependencia, filas: list[dict[str, Any]], numero: int, informe: InformeDeCarga
) -> bool:
    """Deja las del archivo. Verdadero si algo cambió.

    Si difieren se reescriben todas: mover la fecha en que termina una y empieza la siguiente no
    choca a medio camino. Si el panel capturó alguna que el archivo no trae, no se toca ninguna.
    """
    nuevas = [_valores_de_denominacion(fila) for fila in filas]
    actuales = list(dependencia.denominaciones.values(*_CAMPOS_DE_DENOMINACION, *_FECHAS))
    if _en_orden(actuales) == _en_orden(nuevas):
        return False
    if {d["vigente_desde"] for d in actuales} - {d["vigente_desde"] for d in nuevas}:
        informe.avisar(
            numero,
            f"«{dependencia.clave}» tiene denominaciones capturadas en el panel que el archivo no "
            "trae; se conservan las de la base.",
        )
        return False
    dependencia.denominaciones.all().delete()
    for valores in nuevas:
        denominacion = Denominacion(dependencia=dependencia, **valores)
        denominacion.full_clean()
        denominacion.save()
    return True


def _valores_de_denominacion(fila: dict[str, Any]) -> dict[str, Any]:
    textos = {campo: fila.get(campo) or "" for campo in _CAMPOS_DE_DENOMINACION}
    textos["clave_ur"] = textos["clave_ur"] or None
    return textos | {campo: _fecha(fila.get(campo), campo) for campo in _FECHAS}


def _fecha(valor: Any, campo: str) -> datetime.date | None:
    if valor in (None, ""):
        return None
    try:
        return datetime.date.fromisoformat(str(valor))
    except ValueError as error:
        raise ValidationError(f"{campo}: «{valor}» no es una fecha AAAA-MM-DD.") from error


def _en_orden(filas: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(filas, key=lambda fila: fila["vigente_desde"] or datetime.date.min)


def _enlazar_sucesoras(filas: list[tuple[int, Dependencia, str]], informe: InformeDeCarga) -> None:
    """Al final, cuando ya están todas: la sucesora puede venir después en el archivo."""
    por_clave = {d.clave: d for d in Dependencia.objects.all()}
    for numero, dependencia, clave in filas:
        sucesora = por_clave.get(clave) if clave else None
        if clave and sucesora is None:
            informe.avisar(numero, f"La sucesora «{clave}» no existe; se cargó sin ella.")
        if dependencia.sucesora_id != (sucesora.pk if sucesora else None):
            dependencia.sucesora = sucesora
            dependencia.save(update_fields=["sucesora"])
