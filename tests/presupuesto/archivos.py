"""Archivos de egresos inventados, con las columnas de los de verdad, y cómo cargarlos en una línea."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from presupuesto.importacion.disposiciones import CLAVES, MONTOS, descripcion_de
from presupuesto.importacion.egresos import Encargo, cargar
from presupuesto.importacion.informe import InformeDeEgresos
from presupuesto.models import CorteDeEgresos
from tests.fabricas.presupuesto import valores

COLUMNAS = ["ciclo", *(n for c in CLAVES for n in (c, descripcion_de(c)) if n), *MONTOS]
DEL_ARBOL = [
    "source_id",
    "level",
    "citizen_category",
    "display_name",
    "parent_id",
    "icon",
    "monto_aprobado",
    "monto_ejercido",
    "per_100_of_total",
    "per_100_of_parent",
    "rationale",
    "year",
]
DE_NOMBRADOS = ["source", "ente_ejecutor", "display_name", "monto_aprobado_mxn", "section", "notes"]


def escribir(
    ruta: Path,
    filas: Iterable[dict[str, str]],
    *,
    columnas: Sequence[str] = COLUMNAS,
    codificacion: str = "utf-8",
    titulos: Sequence[str] | None = None,
) -> Path:
    """El CSV con esas columnas; `titulos` las escribe de otra manera sin cambiar su contenido."""
    with ruta.open("w", encoding=codificacion, newline="") as archivo:
        escritor = csv.writer(archivo)
        escritor.writerow(titulos or columnas)
        escritor.writerows([[fila.get(c, "") for c in columnas] for fila in filas])
    return ruta


def cargar_filas(
    carpeta: Path, filas: Iterable[dict[str, str]], *, corte: str = "2025-t3", **opciones: object
) -> InformeDeEgresos:
    ruta = escribir(carpeta / f"egresos-{corte}.csv", filas, **opciones)
    return cargar_ruta(ruta, corte=corte)


def cargar_ruta(ruta: Path, *, corte: str = "2025-t3", **encargo: object) -> InformeDeEgresos:
    ejercicio, _, momento = corte.partition("-")
    return cargar(Encargo(ruta, int(ejercicio), momento, **encargo))


def renglon(**otros: object) -> dict[str, str]:
    return valores(**otros)


def vigente(corte: str = "2025-t3") -> CorteDeEgresos:
    ejercicio, _, momento = corte.partition("-")
    return CorteDeEgresos.objects.vigentes().get(ejercicio=ejercicio, momento=momento)


def del_arbol(clave: str, nombre: str, aprobado: str, ejercido: str, anio: str) -> dict[str, str]:
    return {
        "source_id": f"L2-{clave}",
        "level": "2",
        "citizen_category": "Apoyos sociales",
        "display_name": nombre,
        "monto_aprobado": aprobado,
        "monto_ejercido": ejercido,
        "year": anio,
    }
