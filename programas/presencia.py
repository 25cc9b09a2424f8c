"""Quién tiene abierta cada sección. Vive en la caché: si se pierde, se vuelve a saber en segundos."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.core.cache import cache

LATIDO = 20  # segundos entre un aviso y otro de la página abierta
_SE_FUE = 3 * LATIDO


def _llave(regla: int, seccion: str) -> str:
    return f"captura:presentes:{regla}:{seccion}"


def anotar(regla: int, seccion: str, *, usuario: str) -> None:
    """La página de esa persona sigue abierta. Dos avisos a la vez pueden pisarse: el siguiente lo arregla."""
    ahora = time.time()
    vivos = {u: hora for u, hora in _leer(regla, seccion).items() if ahora - hora < _SE_FUE}
    cache.set(_llave(regla, seccion), {**vivos, usuario: ahora}, timeout=_SE_FUE)


def quitar(regla: int, seccion: str, *, usuario: str) -> None:
    quedan = {u: hora for u, hora in _leer(regla, seccion).items() if u != usuario}
    cache.set(_llave(regla, seccion), quedan, timeout=_SE_FUE)


def _leer(regla: int, seccion: str) -> dict[str, float]:
    return cache.get(_llave(regla, seccion)) or {}


def presentes(
    regla: int, secciones: Iterable[str], *, salvo: str = ""
) -> dict[str, tuple[str, ...]]:
    """{sección: usuarios} de las que alguien más tiene abiertas. Sin Redis, ninguna."""
    llaves = {_llave(regla, s): s for s in secciones}
    ahora = time.time()
    hallados = {}
    for llave, vivos in cache.get_many(llaves).items():
        suyos = tuple(sorted(u for u, h in vivos.items() if u != salvo and ahora - h < _SE_FUE))
        if suyos:
            hallados[llaves[llave]] = suyos
    return hallados
