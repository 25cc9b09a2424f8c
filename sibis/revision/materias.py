"""Qué se puede revisar. Cada app declara lo suyo con una Materia y la nombra en settings.

El motor no conoce reglas, informes ni padrones: conoce una Materia y un asunto que tiene `estado`,
`edicion`, `dependencia` y `expediente`. Revisar otra cosa es declarar otra Materia.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso
from sibis.expedientes.models import Expediente
from sibis.nucleo.estados import Flujo
from sibis.revision.retratos import Retrato


class Falta(Protocol):
    """Una cosa por completar, con la norma que la pide y la sección donde se arregla."""

    clave: str
    texto: str
    norma: str
    seccion: str


class Asunto(Protocol):
    """Lo que el motor necesita del renglón que se revisa."""

    pk: Any
    estado: str
    dependencia_id: int
    expediente_id: int | None


def _nada_impide(_permiso: Permiso, *, por: Usuario) -> list[tuple[Q, Promise]]:
    return []


def _nada_falta(_asunto: Any, _momento: str) -> list[Falta]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Materia:
    """Cómo se revisa una clase de asunto.

    `impedimentos` da (condición sobre el modelo, motivo) de lo que esa persona no puede decidir;
    `retrato` congela lo que el asunto dice; `sellos` son los pasos que apuntan quién y cuándo en el
    propio renglón: {"enviar": "enviado"} llena `enviado_en` y `enviado_por`.
    """

    clase: str
    nombre: Promise
    articulo: str  # «la regla», «el informe»: como se lee en avisos y errores
    modelo: type[models.Model]
    estados: type[models.TextChoices]
    flujo: Flujo
    editables: frozenset[str]
    del_sistema: frozenset[str]
    instancias: Mapping[str, str]  # estado → instancia que lo tiene («dependencia» si no está)
    captura: Permiso
    ver: Permiso
    retrato: Callable[[Any], Retrato]
    titulo: Callable[[Any], str]
    url: Callable[[Any], str]
    impedimentos: Callable[..., list[tuple[Q, Promise]]] = _nada_impide
    faltantes: Callable[[Any, str], list[Any]] = _nada_falta
    sellos: Mapping[str, str] = field(default_factory=dict)
    variante: Callable[[Any], str] = lambda _asunto: ""
    anterior: Callable[[Any], Retrato | None] = lambda _asunto: None
    # Paso → lo que hay que hacer, en la misma transacción, antes de mover el estado. Recibe el asunto
    # y `dar`, por si otro asunto también se mueve: una corrección aprobada sustituye a la anterior.
    antes_de: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    ademas: tuple[str, ...] = ()  # select_related con que se lee el asunto
    formularios: Mapping[str, str] = field(default_factory=dict)  # paso → vista propia que lo pide
    publicos: frozenset[str] = frozenset()  # estados en que su dictamen lo puede leer cualquiera
    url_publica: Callable[[Any], str] = lambda _asunto: ""
    congela_fecha: frozenset[str] = frozenset()  # estados cuyo cambio no toca `actualizado_en`

    def bloquear(self, asunto: Any) -> Any:
        """El asunto como está ahora en la base, apartado para esta transacción."""
        consulta = self.modelo._default_manager.select_for_update(of=("self",))
        return consulta.select_related("dependencia", "expediente", *self.ademas).get(pk=asunto.pk)

    def de(self, expediente: Expediente) -> Any:
        """El asunto de esa carpeta. Levanta DoesNotExist."""
        consulta = self.modelo._default_manager.select_related(
            "dependencia", "expediente", *self.ademas
        )
        return consulta.get(expediente=expediente)

    def esta_en(self, estado: str) -> str:
        """La instancia que tiene el asunto en ese estado."""
        return self.instancias.get(estado, "dependencia")


@cache
def materias() -> dict[str, Materia]:
    lista: list[Materia] = [import_string(ruta) for ruta in settings.MATERIAS_DE_REVISION]
    return {materia.clase: materia for materia in lista}


def materia_de(expediente: Expediente) -> Materia | None:
    """La de esa carpeta; ninguna si su clase no se revisa (un vencimiento, por ejemplo)."""
    return materias().get(expediente.clase)
