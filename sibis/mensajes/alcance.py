"""Quién ve qué hilo: la única regla, dicha para la base y para un hilo en la mano.

Un asunto lo ven la dependencia que lo presenta y los órganos que revisan en toda la Ciudad; otro
órgano de toda la Ciudad, solo si se le escribió a él. Otra dependencia, nunca. Lo que no es de
ningún asunto lo ven solo sus participantes. Todo se mide con las adscripciones de hoy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from sibis.cuentas.permisos import Permiso

if TYPE_CHECKING:
    from sibis.cuentas.models import Adscripcion, Usuario


@dataclass(frozen=True, slots=True)
class Alcance:
    """Lo que una persona puede ver hoy, ya resuelto desde sus funciones."""

    usuario: int | None = None
    organos: frozenset[int] = frozenset()  # donde hoy está adscrita y puede escribir
    toda_la_ciudad: bool = False
    revisa: bool = False

    def __bool__(self) -> bool:
        return bool(self.organos)

    def participa(self, personas: Iterable[int], organos: Iterable[int]) -> bool:
        return self.usuario in set(personas) or not self.organos.isdisjoint(organos)

    def ve(
        self, *, dependencia: int | None, personas: Iterable[int], organos: Iterable[int]
    ) -> bool:
        """La misma regla que `filtro`, para un hilo con su asunto y sus participantes a la mano."""
        if not self:
            return False
        if dependencia is None:
            return self.participa(personas, organos)
        if self.revisa or dependencia in self.organos:
            return True
        return self.toda_la_ciudad and self.participa(personas, organos)

    def filtro(self, participa: Any) -> Q:
        """La misma regla que `ve`, para la base. `participa` es la condición de ser participante."""
        privado = Q(participa, expediente__isnull=True)
        if self.revisa:
            return Q(expediente__isnull=False) | privado
        suyo = Q(expediente__dependencia__in=self.organos)
        if self.toda_la_ciudad:
            suyo |= Q(participa, expediente__isnull=False)
        return suyo | privado


NINGUNO = Alcance()


def alcance(usuario: Usuario | AnonymousUser) -> Alcance:
    if not usuario.is_authenticated or not usuario.is_active:
        return NINGUNO
    return alcance_de(usuario.pk, usuario.adscripciones_vigentes())


def alcance_de(usuario: int, vigentes: Iterable[Adscripcion]) -> Alcance:
    """`vigentes` son sus adscripciones de hoy; quien no puede escribir tampoco lee."""
    suyas = [a for a in vigentes if a.concede(Permiso.MENSAJE_ESCRIBIR)]
    de_la_ciudad = [a for a in suyas if a.vale_en_toda_la_ciudad]
    return Alcance(
        usuario=usuario,
        organos=frozenset(a.dependencia_id for a in suyas),
        toda_la_ciudad=bool(de_la_ciudad),
        revisa=any(a.concede(Permiso.REVISION_COMENTAR) for a in de_la_ciudad),
    )
