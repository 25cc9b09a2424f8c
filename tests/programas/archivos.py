"""Renglones del catálogo como vienen en el archivo, mínimos y buenos; la prueba cambia lo suyo."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from programas.importacion.programas import cargar
from sibis.vigencia.carga import InformeDeCarga
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.territorio import AlcaldiaFactory


def anio(ejercicio: int = 2025, **cambios: Any) -> dict[str, Any]:
    return {
        "ejercicio": ejercicio,
        "nombre": None,
        "resumen": "Da dinero para la escuela.",
        "residencia": {"clase": "ciudad", "detalle": ""},
        "alcaldias": [],
        "apoyos": [{"tipo": "transferencia", "monto_minimo": "600.00", "fuente": "f1"}],
        "fuentes": [{"clave": "f1", "texto": "Gaceta Oficial", "clase": "gaceta"}],
        **cambios,
    }


def programa(clave: str = "mi-beca", **cambios: Any) -> dict[str, Any]:
    return {
        "clave": clave,
        "nombre": clave.replace("-", " ").capitalize(),
        "tipo": "programa",
        "dependencia": "FIBIEN",
        "derechos": ["educacion"],
        "grupos": [],
        "ejercicios": [anio()],
        **cambios,
    }


def con_anio(clave: str = "mi-beca", **cambios: Any) -> dict[str, Any]:
    """Un programa de un solo año, con ese año cambiado."""
    return programa(clave, ejercicios=[anio(**cambios)])


def escribir(carpeta: Path, contenido: Any, nombre: str = "programas.json") -> Path:
    ruta = carpeta / nombre
    ruta.write_text(json.dumps(contenido), encoding="utf-8")
    return ruta


@pytest.fixture
def referencias(db: None) -> None:
    """Lo que los renglones citan."""
    DependenciaFactory(clave="FIBIEN")
    DependenciaFactory(clave="SEBIEN")
    f.DerechoSocialFactory(clave="educacion")
    f.TipoDeApoyoFactory(clave="transferencia")
    AlcaldiaFactory(clave="09007")


@pytest.fixture
def leer(tmp_path: Path) -> Callable[..., InformeDeCarga]:
    """Carga un archivo con esos renglones."""
    return lambda *renglones: cargar(escribir(tmp_path, list(renglones)))


def cuentas(informe: InformeDeCarga) -> tuple[int, int, int, int]:
    return informe.altas, informe.cambios, informe.iguales, len(informe.rechazos)
