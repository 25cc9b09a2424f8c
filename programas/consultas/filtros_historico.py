"""Qué se puede pedir al archivo histórico, ya validado, y la dirección que lo dice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

FACETAS = {
    "ejercicio": _("Año"),
    "clase": _("Clase de documento"),
    "dependencia": _("Dependencia"),
    "programa": _("Programa"),
}
ORDENES = {
    "relevancia": _("Más parecido primero"),
    "recientes": _("Más recientes primero"),
    "antiguos": _("Más antiguos primero"),
}
POR_PAGINA = 20


@dataclass(frozen=True, slots=True)
class FiltrosDeHistorico:
    q: str = ""
    valores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    orden: str = ""
    pagina: int = 1

    @property
    def orden_efectivo(self) -> str:
        return self.orden or ("relevancia" if self.q else "recientes")

    def de(self, faceta: str) -> tuple[str, ...]:
        return self.valores.get(faceta, ())

    def url(self, ruta: str, **cambios: object) -> str:
        """Esta búsqueda con cambios; la página vuelve a la primera si no se dice."""
        nuevo = replace(self, **({"pagina": 1} | cambios))  # type: ignore[arg-type]
        pares = [("q", nuevo.q)] if nuevo.q else []
        pares += [(f, v) for f in FACETAS for v in nuevo.de(f)]
        if nuevo.orden:
            pares.append(("orden", nuevo.orden))
        if nuevo.pagina > 1:
            pares.append(("pagina", str(nuevo.pagina)))
        return f"{ruta}?{urlencode(pares)}" if pares else ruta

    def sin(self, faceta: str, valor: str) -> dict[str, tuple[str, ...]]:
        return {
            f: tuple(v for v in vs if (f, v) != (faceta, valor)) for f, vs in self.valores.items()
        }

    def solo(self, faceta: str, valor: str) -> dict[str, tuple[str, ...]]:
        """Los demás filtros, y de esta faceta solo ese valor."""
        return {**self.valores, faceta: (valor,)}
