"""Qué cuentas de personas se dicen en público: con pocas, quien conoce el lugar sabe quiénes son.

Se tapa la cuenta chica y también las que la dejarían sacar con una resta.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _


def son_pocas(personas: int) -> bool:
    """Cero no es nadie: se dice."""
    return 0 < personas < settings.UMBRAL_DE_PRIVACIDAD


def menos_del_umbral() -> str:
    return _("menos de %(umbral)s") % {"umbral": settings.UMBRAL_DE_PRIVACIDAD}


@dataclass(frozen=True, slots=True)
class CifrasPublicas:
    """None es «no se dice»."""

    pocas: bool
    inscritos: int | None
    personas: int | None
    recibidos: int | None
    en_espera: int | None
    descartados: int | None
    monto: str | None
    mujeres: int | None
    hombres: int | None

    @property
    def completas(self) -> bool:
        """Nada se tapó: el documento entero se puede dar a cualquiera."""
        return not self.pocas and self.mujeres is not None

    @property
    def en_lugar_de_la_cuenta(self) -> str:
        return menos_del_umbral()


def cifras_publicas(dicho: dict[str, Any]) -> CifrasPublicas:
    """De la constancia de un recibo, lo que cualquiera puede leer."""
    renglones, sexo = dicho["renglones"], dicho["sexo"]
    pocas = son_pocas(dicho["personas"])
    sexo_tapado = pocas or any(map(son_pocas, sexo.values()))

    def si(se_dice: bool, valor: Any) -> Any:
        return valor if se_dice else None

    return CifrasPublicas(
        pocas=pocas,
        inscritos=si(not pocas, renglones["inscritos"]),
        personas=si(not pocas, dicho["personas"]),
        recibidos=si(not pocas, renglones["recibidos"]),
        en_espera=si(not pocas, renglones["en_espera"]),
        descartados=si(not pocas, renglones["descartados"]),
        monto=si(not pocas, dicho["monto"]),
        mujeres=si(not sexo_tapado, sexo["mujeres"]),
        hombres=si(not sexo_tapado, sexo["hombres"]),
    )
