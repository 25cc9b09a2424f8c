"""Lo que un asunto dice, campo por campo, congelado para compararlo y observarlo. Sin base de datos."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sibis.nucleo.diferencias import Cambio, de_lista, de_texto


@dataclass(frozen=True, slots=True)
class Campo:
    """Un campo como se lee: un texto, o una lista de renglones. La clave no cambia entre versiones."""

    clave: str
    titulo: str
    texto: str = ""
    renglones: tuple[str, ...] = ()
    norma: str = ""

    @property
    def esta_vacio(self) -> bool:
        return not (self.texto.strip() or self.renglones)


@dataclass(frozen=True, slots=True)
class Apartado:
    clave: str
    titulo: str
    campos: tuple[Campo, ...]


@dataclass(frozen=True, slots=True)
class Retrato:
    apartados: tuple[Apartado, ...]

    def __iter__(self) -> Iterator[Campo]:
        return (campo for apartado in self.apartados for campo in apartado.campos)

    def por_clave(self) -> dict[str, Campo]:
        return {campo.clave: campo for campo in self}

    def como_json(self) -> list[dict[str, Any]]:
        return [asdict(apartado) for apartado in self.apartados]

    @property
    def huella(self) -> str:
        """SHA-256 de lo que dice: la misma huella es el mismo contenido."""
        texto = json.dumps(self.como_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(texto.encode()).hexdigest()


def desde_json(datos: Sequence[dict[str, Any]]) -> Retrato:
    return Retrato(
        tuple(
            Apartado(
                a["clave"],
                a["titulo"],
                tuple(Campo(**{**c, "renglones": tuple(c["renglones"])}) for c in a["campos"]),
            )
            for a in datos
        )
    )


def cambios(antes: Retrato | None, ahora: Retrato) -> dict[str, list[Cambio]]:
    """Por clave de campo, qué cambió; lo que sigue igual no aparece. Sin `antes`, nada."""
    if antes is None:
        return {}
    viejos, nuevos = antes.por_clave(), ahora.por_clave()
    vacio = Campo("", "")
    hallados = {
        clave: _de_campo(viejos.get(clave, vacio), nuevos.get(clave, vacio))
        for clave in dict.fromkeys([*nuevos, *viejos])
    }
    return {clave: lista for clave, lista in hallados.items() if lista}


def _de_campo(antes: Campo, ahora: Campo) -> list[Cambio]:
    return [*de_texto(antes.texto, ahora.texto), *de_lista(antes.renglones, ahora.renglones)]
