"""Qué dice una regla junto a la que le dio origen: lo que cambió, y lo copiado que nadie ha revisado."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from programas.consultas.retrato import retrato
from programas.models import ReglaOperacion
from sibis.nucleo.diferencias import Cambio
from sibis.revision.retratos import Campo, Retrato, cambios


@dataclass(frozen=True)
class Cotejada:
    """Una regla y la de antes, campo por campo. Sin `antes`, no hay qué comparar."""

    regla: ReglaOperacion
    antes: ReglaOperacion | None
    ahora: Retrato
    entonces: Retrato | None
    revisados: dict[str, str]  # campo → quién lo confirmó

    @cached_property
    def campos(self) -> dict[str, Campo]:
        return self.ahora.por_clave()

    @cached_property
    def cambios(self) -> dict[str, list[Cambio]]:
        return cambios(self.entonces, self.ahora)

    @cached_property
    def iguales(self) -> set[str]:
        """Los que se copiaron con algo escrito y siguen diciendo lo mismo."""
        if self.entonces is None or self.regla.copiada_de_id is None:
            return set()
        return {
            clave
            for clave, campo in self.campos.items()
            if not campo.esta_vacio and clave not in self.cambios
        }

    @cached_property
    def sin_revisar(self) -> set[str]:
        return self.iguales - set(self.revisados)

    @property
    def nombre_de_antes(self) -> str:
        """«2025», o «la versión 1» si es del mismo ejercicio."""
        if self.antes is None:
            return ""
        if self.antes.ejercicio == self.regla.ejercicio:
            return _("la versión %(n)s") % {"n": self.antes.version}
        return str(self.antes.ejercicio)


def cotejar(regla: ReglaOperacion, antes: ReglaOperacion | None) -> Cotejada:
    """Dos retratos y quién revisó qué: las consultas no dependen de cuánto diga la regla."""
    return Cotejada(
        regla,
        antes,
        retrato(regla),
        retrato(antes) if antes is not None else None,
        dict(regla.revisados.values_list("campo", "quien__username")),
    )
