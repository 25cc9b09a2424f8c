"""Filtros del buscador: qué se puede pedir y cómo se llama cada opción."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from programas.consultas.indice import Indice, Momento, indice, momento
from programas.estados import EstadoConvocatoria
from programas.models import TipoDePrograma

# El orden es el de la página: primero lo que una persona sabe de sí misma.
FACETAS = {
    "estado": _("¿Se puede pedir hoy?"),
    "alcaldia": _("Alcaldía"),
    "grupo": _("Para quién"),
    "derecho": _("Derecho"),
    "apoyo": _("Tipo de apoyo"),
    "tipo": _("Programa o acción"),
    "dependencia": _("Dependencia"),
    "ejercicio": _("Año"),
}
ORDENES = {
    "relevancia": _("Más parecido primero"),
    "abiertos": _("Abiertos primero"),
    "recientes": _("Más recientes primero"),
    "nombre": _("Por nombre"),
}
POR_PAGINA = 25


@dataclass(frozen=True, slots=True)
class Filtros:
    """Lo que pide una dirección de búsqueda, ya validado."""

    q: str = ""
    valores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    orden: str = ""
    pagina: int = 1
    literal: bool = False  # buscar lo tecleado sin corregirlo

    @property
    def orden_efectivo(self) -> str:
        return self.orden or ("relevancia" if self.q.strip() else "abiertos")

    def de(self, faceta: str) -> tuple[str, ...]:
        return self.valores.get(faceta, ())

    def url(self, ruta: str, **cambios: object) -> str:
        """Dirección de esta búsqueda con cambios; la página vuelve a la primera si no se dice."""
        nuevo = replace(self, **({"pagina": 1} | cambios))  # type: ignore[arg-type]
        pares: list[tuple[str, str]] = [("q", nuevo.q)] if nuevo.q else []
        pares += [(f, v) for f in FACETAS for v in nuevo.de(f)]
        if nuevo.literal and nuevo.q:
            pares.append(("literal", "1"))
        if nuevo.orden:
            pares.append(("orden", nuevo.orden))
        if nuevo.pagina > 1:
            pares.append(("pagina", str(nuevo.pagina)))
        return f"{ruta}?{urlencode(pares)}" if pares else ruta

    def sin(self, faceta: str, valor: str) -> dict[str, tuple[str, ...]]:
        """Los mismos valores menos uno."""
        return {
            f: tuple(v for v in vs if (f, v) != (faceta, valor)) for f, vs in self.valores.items()
        }


@dataclass(frozen=True, slots=True)
class Opciones:
    """Lo que se puede pedir ahora mismo: nombre de cada opción, y de qué índice y hora salen."""

    nombres: Mapping[str, Mapping[str, str]]
    indice: Indice
    momento: Momento

    @property
    def version_vocabulario(self) -> int:
        return self.momento.vocabulario

    def nombre(self, faceta: str, valor: str) -> str:
        return self.nombres[faceta].get(valor, valor)


def opciones() -> Opciones:
    """Todo lo que se puede filtrar, con su nombre. Una consulta si nada cambió."""
    ahora = momento()
    actual = indice(ahora.revision)
    nombres: dict[str, Mapping[str, str]] = {f: actual.nombres.get(f, {}) for f in FACETAS}
    nombres["tipo"] = {str(v): str(n) for v, n in TipoDePrograma.choices}
    nombres["estado"] = {str(v): str(n) for v, n in EstadoConvocatoria.choices}
    return Opciones(nombres, actual, ahora)
