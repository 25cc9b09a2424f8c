"""Cifras del territorio: cuántos lugares hay por colonia, y cuántos para la gente que vive ahí."""

from __future__ import annotations

import datetime
import json
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sibis.formatos.fechas import fecha_larga
from sibis.nucleo.cifras import Calculo, DefinicionDeCifra, Fila, Origen, Peticion

POBLACION = Path(__file__).parents[1] / "datos" / "poblacion_2020.json"
_CADA = 100_000
_VIGENTE = (
    "(c.vigente_desde IS NULL OR c.vigente_desde <= %(hoy)s) "
    "AND (c.vigente_hasta IS NULL OR c.vigente_hasta >= %(hoy)s)"
)


@cache
def _poblacion() -> dict[str, Any]:
    return json.loads(POBLACION.read_text(encoding="utf-8"))


def _filas(sql: str, peticion: Peticion) -> list[tuple]:
    datos = {"tipo": None, "alcaldia": None, **peticion.filtros, "hoy": timezone.localdate()}
    with connection.cursor() as cursor:
        cursor.execute(sql, datos)
        return cursor.fetchall()


_POR_COLONIA = f"""
    SELECT k.id::text, k.nombre, count(c.id) FILTER (WHERE %(tipo)s::text IS NULL OR t.clave = %(tipo)s)
    FROM territorio_colonia k
    LEFT JOIN territorio_alcaldia a ON a.id = k.alcaldia_id
    LEFT JOIN territorio_centro c ON ST_Covers(k.geometria, c.punto) AND {_VIGENTE}
    LEFT JOIN territorio_tipodecentro t ON t.id = c.tipo_id
    WHERE (%(alcaldia)s::text IS NULL OR a.clave = %(alcaldia)s)
      AND (k.vigente_hasta IS NULL OR k.vigente_hasta >= %(hoy)s)
    GROUP BY k.id ORDER BY k.nombre, k.id
"""  # noqa: S608
_POR_ALCALDIA = f"""
    SELECT a.clave, a.nombre, count(c.id) FILTER (WHERE %(tipo)s::text IS NULL OR t.clave = %(tipo)s)
    FROM territorio_alcaldia a
    LEFT JOIN territorio_centro c ON c.alcaldia_id = a.id AND {_VIGENTE}
    LEFT JOIN territorio_tipodecentro t ON t.id = c.tipo_id
    WHERE (%(alcaldia)s::text IS NULL OR a.clave = %(alcaldia)s)
    GROUP BY a.id ORDER BY a.clave
"""  # noqa: S608


def _directorio() -> Origen:
    return Origen(_("Directorio de centros de atención"), reverse("programas:centros"))


def _por_colonia(peticion: Peticion) -> Calculo:
    """Por dónde cae el punto, no por la colonia que escribió la fuente. Sin agrupar, los que caen en una."""
    filas = tuple(Fila(clave, nombre, n) for clave, nombre, n in _filas(_POR_COLONIA, peticion))
    if not peticion.por:
        filas = (Fila("", "", sum(int(f.valor or 0) for f in filas)),)
    return Calculo(
        filas,
        timezone.localdate(),
        origenes=(_directorio(), Origen(_("Límites de colonias cargados en este sistema"))),
        nota=_("Se cuenta por dónde cae cada punto. Un centro en el lindero cuenta en las dos."),
    )


def _por_cada_cien_mil(peticion: Peticion) -> Calculo:
    datos = _poblacion()
    filas, centros, personas = [], 0, 0
    for clave, nombre, n in _filas(_POR_ALCALDIA, peticion):
        habitantes = datos["personas"].get(clave)
        filas.append(Fila(clave, nombre, _tasa(n, habitantes)))
        centros, personas = centros + n, personas + (habitantes or 0)
    if not peticion.por:
        filas = [Fila("", "", _tasa(centros, personas))]
    return Calculo(
        tuple(filas),
        timezone.localdate(),
        origenes=(_directorio(), Origen(datos["fuente"])),
        nota=_("Centros abiertos hoy entre la población del %(dia)s.")
        % {"dia": fecha_larga(datetime.date.fromisoformat(datos["corte"]))},
    )


def _tasa(centros: int, personas: int | None) -> Decimal | None:
    if not personas:
        return None
    return (Decimal(centros) * _CADA / personas).quantize(Decimal("0.1"), ROUND_HALF_UP)


CIFRAS = (
    DefinicionDeCifra(
        clave="centros_por_100_mil",
        nombre=gettext_lazy("Centros por cada 100 mil habitantes"),
        unidad="centros por cada 100 mil habitantes",
        descripcion=gettext_lazy(
            "Cuántos centros abiertos hoy hay para la gente que vive en cada alcaldía. Sirve para "
            "comparar alcaldías de distinto tamaño."
        ),
        dimensiones=("alcaldia",),
        filtros=("tipo", "alcaldia"),
        calcular=_por_cada_cien_mil,
    ),
    DefinicionDeCifra(
        clave="centros_por_colonia",
        nombre=gettext_lazy("Centros en cada colonia"),
        unidad="centros",
        descripcion=gettext_lazy("Cuántos centros abiertos hoy caen dentro de cada colonia."),
        dimensiones=("colonia",),
        filtros=("tipo", "alcaldia"),
        calcular=_por_colonia,
    ),
)
