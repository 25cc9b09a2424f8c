"""Dejar en la base exactamente los renglones de demostración que se quieren, y ni uno más tocado."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Balance:
    """Qué pasó con los renglones de un modelo."""

    asunto: str
    altas: int
    cambios: int
    iguales: int
    bajas: int = 0

    @property
    def total(self) -> int:
        return self.altas + self.cambios + self.iguales

    def __str__(self) -> str:
        return _(
            "%(asunto)s: %(total)s (%(altas)s altas, %(cambios)s cambios, %(bajas)s bajas, "
            "%(iguales)s sin cambio)"
        ) % {
            "asunto": self.asunto.capitalize(),
            "total": self.total,
            "altas": self.altas,
            "cambios": self.cambios,
            "bajas": self.bajas,
            "iguales": self.iguales,
        }


def igualar(
    deseados: Sequence[M],
    *,
    modelo: type[M],
    asunto: str,
    llave: Sequence[str],
    quitar_sobrantes: bool = True,
) -> Balance:
    """Da de alta, corrige o quita renglones marcados `es_demostracion`; los demás ni se leen.

    `llave` son los campos que dicen cuál es cuál. Con `quitar_sobrantes=False` los que ya no se
    quieren se quedan: otros datos pueden apuntar a ellos.
    """
    campos = [
        c.attname for c in modelo._meta.concrete_fields if not c.primary_key and not c.generated
    ]
    existentes = {
        tuple(getattr(renglon, campo) for campo in llave): renglon
        for renglon in modelo._default_manager.filter(es_demostracion=True)
    }
    altas, cambios = [], []
    for deseado in deseados:
        actual = existentes.pop(tuple(getattr(deseado, campo) for campo in llave), None)
        if actual is None:
            altas.append(deseado)
        elif any(getattr(actual, campo) != getattr(deseado, campo) for campo in campos):
            deseado.pk = actual.pk
            cambios.append(deseado)
    modelo._default_manager.bulk_create(altas)
    if cambios:
        modelo._default_manager.bulk_update(cambios, campos)
    sobrantes = [renglon.pk for renglon in existentes.values()] if quitar_sobrantes else []
    if sobrantes:
        modelo._default_manager.filter(pk__in=sobrantes).delete()
    iguales = len(deseados) - len(altas) - len(cambios)
    return Balance(asunto, len(altas), len(cambios), iguales, len(sobrantes))
