"""Carga de catálogos fechados desde su archivo JSON, por clave."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date

from programas.models import (
    Apartado,
    AyudaDeCampo,
    DerechoSocial,
    Exigencia,
    GrupoPrioritario,
    Leyenda,
    Sinonimo,
    TipoDeApoyo,
)
from sibis.nucleo.errores import ArchivoIlegible
from sibis.nucleo.normalizacion import clave_comparable
from sibis.vigencia.carga import InformeDeCarga, alta_o_cambio, en_palabras, leer_json, upsert
from sibis.vigencia.huellas import con_huellas

CATALOGOS: dict[str, type[models.Model]] = {
    "derechos": DerechoSocial,
    "grupos": GrupoPrioritario,
    "tipos_de_apoyo": TipoDeApoyo,
    "apartados": Apartado,
    "leyendas": Leyenda,
    "exigencias": Exigencia,
    "ayudas": AyudaDeCampo,
}
_FECHAS = ("vigente_desde", "vigente_hasta")


def _filas(
    modelo: type[models.Model], renglones: list[Any], informe: InformeDeCarga
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Numera desde 1 y deja solo columnas del modelo; lo que no es un objeto se rechaza."""
    conocidas = {campo.name for campo in modelo._meta.concrete_fields} - {"id"}
    for numero, renglon in enumerate(renglones, 1):
        if not isinstance(renglon, dict):
            informe.rechazar(numero, "No es un objeto con clave y nombre.")
            continue
        desconocidas = sorted(set(renglon) - conocidas)
        if desconocidas:
            informe.rechazar(numero, f"Columnas que no existen: {', '.join(desconocidas)}.")
            continue
        valores = dict(renglon)
        valores["clave"] = str(valores.get("clave", "")).replace("_", "-")
        fechas = {c: _fecha(valores[c]) for c in _FECHAS if valores.get(c)}
        if None in fechas.values():
            informe.rechazar(numero, "La vigencia no es una fecha AAAA-MM-DD.")
            continue
        valores |= fechas
        yield numero, valores


def _fecha(texto: Any) -> datetime.date | None:
    try:
        return parse_date(texto)
    except (TypeError, ValueError):
        return None


def cargar(ruta: Path) -> list[InformeDeCarga]:
    """Alta o cambio de todos los catálogos del archivo. Levanta ArchivoIlegible."""
    contenido = leer_json(ruta)
    if not isinstance(contenido, dict):
        raise ArchivoIlegible(f"{ruta.name}: se esperaba un objeto con un catálogo por nombre.")
    for nombre in (*CATALOGOS, "sinonimos"):
        if not isinstance(contenido.get(nombre, []), list):
            raise ArchivoIlegible(f"{ruta.name}: «{nombre}» debe ser una lista. No se cargó nada.")
    informes = []
    for nombre, modelo in CATALOGOS.items():
        informe = InformeDeCarga(str(modelo._meta.verbose_name_plural).capitalize())
        upsert(modelo, _filas(modelo, contenido.get(nombre, []), informe), informe=informe)
        informes.append(informe)
    informes.append(_cargar_sinonimos(contenido.get("sinonimos", [])))
    return informes


def _cargar_sinonimos(renglones: list[Any]) -> InformeDeCarga:
    informe = InformeDeCarga("Sinónimos")
    conocidos = {s.termino: s for s in Sinonimo.objects.all()}
    vistos: set[str] = set()
    for numero, renglon in enumerate(renglones, 1):
        try:
            termino, equivale_a = clave_comparable(renglon["termino"]), renglon["equivale_a"]
            if not isinstance(equivale_a, list):
                raise TypeError
            if termino in vistos:
                informe.rechazar(numero, f"El término «{termino}» se repite en el archivo.")
                continue
            equivalencias = [e for e in map(clave_comparable, equivale_a) if e]
            valores = {"termino": termino, "equivale_a": equivalencias}
            conocido = conocidos.get(termino)
            valores = con_huellas(conocido, valores, ["equivale_a"])
            _sinonimo, resultado = alta_o_cambio(conocido, Sinonimo, valores)
        except (KeyError, TypeError, AttributeError):
            informe.rechazar(numero, "Un sinónimo lleva «termino» y la lista «equivale_a».")
        except ValidationError as error:
            informe.rechazar(numero, en_palabras(error))
        else:
            informe.contar(resultado)
            vistos.add(termino)
    return informe
