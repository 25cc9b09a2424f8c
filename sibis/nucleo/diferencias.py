"""Qué cambió entre dos textos o dos listas, con palabras completas. No conoce programas ni la base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

IGUAL, NUEVO, QUITADO, CAMBIA = "igual", "nuevo", "quitado", "cambia"
# Una de las dos fuentes no habla de eso: no se sabe si cambió.
SIN_ANTES, SIN_AHORA = "sin-antes", "sin-ahora"

_PALABRAS_A_LA_VISTA = 10  # de lo que no cambió, a cada lado de lo que sí
_PALABRAS_QUE_SE_COMPARAN = 1_500  # un párrafo más largo se muestra entero: antes y ahora
_SE_PARECEN = 0.55


@dataclass(frozen=True, slots=True)
class Trozo:
    """Palabras seguidas que siguen igual, son nuevas o se quitaron."""

    clase: str
    texto: str


@dataclass(frozen=True, slots=True)
class Cambio:
    """Una diferencia, en una oración; si es de texto, con sus trozos."""

    clase: str
    texto: str
    trozos: tuple[Trozo, ...] = ()

    @property
    def se_sabe(self) -> bool:
        return self.clase not in (SIN_ANTES, SIN_AHORA)


def por_palabras(antes: str, ahora: str) -> tuple[Trozo, ...]:
    """Los dos textos en uno, con lo quitado y lo nuevo señalados."""
    parrafos_antes, parrafos_ahora = antes.split("\n"), ahora.split("\n")
    trozos: list[Trozo] = []
    for clase, a1, a2, b1, b2 in _pasos(parrafos_antes, parrafos_ahora):
        viejo, nuevo = " ".join(parrafos_antes[a1:a2]), " ".join(parrafos_ahora[b1:b2])
        trozos += [Trozo(IGUAL, viejo)] if clase == "equal" else _de_un_parrafo(viejo, nuevo)
    return tuple(_abreviados(_unidos(trozos)))


def _pasos(antes: Sequence[str], ahora: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, antes, ahora).get_opcodes())


def _de_un_parrafo(viejo: str, nuevo: str) -> list[Trozo]:
    antes, ahora = viejo.split(), nuevo.split()
    if max(len(antes), len(ahora)) > _PALABRAS_QUE_SE_COMPARAN:
        return [Trozo(QUITADO, viejo), Trozo(NUEVO, nuevo)]
    trozos = []
    for clase, a1, a2, b1, b2 in _pasos(antes, ahora):
        if clase == "equal":
            trozos.append(Trozo(IGUAL, " ".join(antes[a1:a2])))
            continue
        trozos.append(Trozo(QUITADO, " ".join(antes[a1:a2])))
        trozos.append(Trozo(NUEVO, " ".join(ahora[b1:b2])))
    return trozos


def _unidos(trozos: list[Trozo]) -> list[Trozo]:
    """Sin vacíos y sin dos iguales seguidos."""
    unidos: list[Trozo] = []
    for trozo in trozos:
        if not trozo.texto.strip():
            continue
        if unidos and unidos[-1].clase == trozo.clase:
            unidos[-1] = Trozo(trozo.clase, f"{unidos[-1].texto} {trozo.texto}")
        else:
            unidos.append(trozo)
    return unidos


def _abreviados(trozos: list[Trozo]) -> Iterator[Trozo]:
    """De lo que sigue igual basta con lo que rodea al cambio."""
    ultimo = len(trozos) - 1
    for numero, trozo in enumerate(trozos):
        palabras = trozo.texto.split()
        if trozo.clase != IGUAL or len(palabras) <= 2 * _PALABRAS_A_LA_VISTA + 5:
            yield trozo
            continue
        principio = [] if numero == 0 else palabras[:_PALABRAS_A_LA_VISTA]
        final = [] if numero == ultimo else palabras[-_PALABRAS_A_LA_VISTA:]
        yield Trozo(IGUAL, " ".join([*principio, "[…]", *final]))


def de_texto(antes: str, ahora: str, *, titulo: str = "") -> list[Cambio]:
    """Ninguno o uno, sin contar los espacios."""
    if antes.split() == ahora.split():
        return []
    if not antes.strip():
        return [Cambio(NUEVO, titulo, (Trozo(NUEVO, ahora),))]
    if not ahora.strip():
        return [Cambio(QUITADO, titulo, (Trozo(QUITADO, antes),))]
    return [Cambio(CAMBIA, titulo, por_palabras(antes, ahora))]


def de_lista(antes: Sequence[str], ahora: Sequence[str]) -> list[Cambio]:
    """Lo que se añadió, lo que se quitó y lo que se dice de otro modo; el orden no cuenta."""
    faltan = [texto for texto in antes if texto not in ahora]
    cambios = []
    for texto in ahora:
        if texto in antes:
            continue
        parecido = _parecido(texto, faltan)
        if parecido is None:
            cambios.append(Cambio(NUEVO, texto))
            continue
        faltan.remove(parecido)
        cambios.append(Cambio(CAMBIA, "", por_palabras(parecido, texto)))
    return [*cambios, *(Cambio(QUITADO, texto) for texto in faltan)]


def si_se_dice(
    antes: Sequence[object], ahora: Sequence[object], cambios: list[Cambio]
) -> list[Cambio]:
    """Los mismos cambios, salvo que una de las dos listas falte entera: callar no es quitar."""
    if antes and ahora:
        return cambios
    clase = SIN_ANTES if ahora else SIN_AHORA
    return [replace(cambio, clase=clase) for cambio in cambios]


def _parecido(texto: str, candidatos: Sequence[str]) -> str | None:
    palabras = texto.lower().split()
    mejor, razon = None, _SE_PARECEN
    for candidato in candidatos:
        comparacion = SequenceMatcher(None, candidato.lower().split(), palabras)
        if comparacion.quick_ratio() > razon and (suya := comparacion.ratio()) > razon:
            mejor, razon = candidato, suya
    return mejor
