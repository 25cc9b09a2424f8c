"""Acciones sobre muchos objetos a la vez. Quien agrega una dice qué haría con cada uno y lo hace con uno.

Una acción nueva es una clase en `servicios/lotes.py` de su app, nombrada en un diccionario de
ACCIONES_EN_LOTE. La lista, la vista previa, el avance y la bitácora del lote ya están.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede


@dataclass(frozen=True, slots=True)
class Renglon:
    """Lo que pasaría con un objeto, o por qué no: una de las dos."""

    objeto: models.Model
    que_pasara: str = ""
    por_que_no: str = ""

    def __post_init__(self) -> None:
        if bool(self.que_pasara) == bool(self.por_que_no):
            raise ValueError("Un renglón dice qué pasará o por qué no.")


class AccionEnLote:
    """Base de toda acción en lote. `datos` es lo que contestó quien la pidió, ya validado."""

    clave: ClassVar[str]
    nombre: ClassVar[str | Promise]
    permiso: ClassVar[Permiso]
    # Etiquetas de los modelos sobre los que vale, o None si lo decide `admite`.
    modelos: ClassVar[frozenset[str]] = frozenset()
    relacionados: ClassVar[tuple[str, ...]] = ()
    # Lo que hay que preguntar antes (una fecha, un motivo). Sus valores deben caber en JSON.
    formulario: ClassVar[type[forms.Form] | None] = None

    def __init__(self, datos: Mapping[str, Any] | None = None) -> None:
        self.datos = dict(datos or {})

    @classmethod
    def admite(cls, modelo: type[models.Model]) -> bool:
        return modelo._meta.label_lower in cls.modelos

    @classmethod
    def la_puede(cls, usuario: Usuario) -> bool:
        """¿La ofrece la lista? Cada objeto se vuelve a preguntar al previsualizar y al aplicar."""
        return puede(usuario, cls.permiso)

    @classmethod
    def datos_iniciales(cls) -> dict[str, Any]:
        """Con qué se hace la primera vista previa, antes de que la persona conteste."""
        return {}

    def previsualizar(self, objetos: Sequence[Any], *, por: Usuario) -> list[Renglon]:
        """Un renglón por objeto, con un número de consultas que no depende de cuántos son."""
        raise NotImplementedError

    def aplicar(self, objeto: Any, *, por: Usuario) -> None:
        """Lo hace con uno, en la transacción de quien llama. Levanta ErrorDeNegocio si no procede."""
        raise NotImplementedError

    def al_terminar(self) -> None:
        """Después del último renglón, fuera de toda transacción: tocar un timbre, por ejemplo."""


@cache
def acciones() -> dict[str, type[AccionEnLote]]:
    """Todas, por clave, en el orden de settings.ACCIONES_EN_LOTE."""
    return {
        accion.clave: accion for ruta in settings.ACCIONES_EN_LOTE for accion in import_string(ruta)
    }


def acciones_de(modelo: type[models.Model], usuario: Usuario) -> list[type[AccionEnLote]]:
    return [a for a in acciones().values() if a.admite(modelo) and a.la_puede(usuario)]


def modelo_de(nombre: str) -> type[models.Model]:
    return apps.get_model(nombre)
