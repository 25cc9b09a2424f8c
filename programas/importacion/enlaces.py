"""Los enlaces que el portal cita: cuáles son y si responden. Cada resultado es un renglón con su fecha."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet
from django.utils import timezone

from programas.models import Enlace
from sibis.nucleo.enlaces import Limites, Veredicto, Visita, visitar

FALLAS_PARA_ROTO = 2
_MINIMO_PARA_DUDAR_DE_LA_RED = 5

_CITADOS = """
    SELECT DISTINCT url FROM (
        SELECT enlace AS url FROM programas_documento WHERE visible
        UNION ALL
        SELECT f.url FROM programas_fuente f
        JOIN programas_reglaoperacion r ON r.id = f.regla_id WHERE r.estado IN ('publicado', 'suspendido', 'cerrado')
    ) AS todos WHERE url <> ''
"""


@dataclass(frozen=True, slots=True)
class Ritmo:
    """Cuánto se visita por vuelta, con cortesía hacia cada sitio."""

    cuantos: int = 40
    por_sitio: int = 5
    pausa: float = 1.0
    segundos: float = 45


def revisar(*, ritmo: Ritmo | None = None, limites: Limites | None = None) -> int:
    """Visita los que llevan más tiempo sin visita. Devuelve cuántos anotó.

    Si ninguno se pudo ni conectar, el problema es de nuestra red: no se le carga a nadie.
    """
    ritmo = ritmo or Ritmo()
    poner_al_dia()
    anotados, sin_conexion = 0, []
    for enlace, visita in _visitas(list(_turno(ritmo)), ritmo, limites or Limites()):
        if visita.sin_red:
            sin_conexion.append((enlace, visita))
            continue
        anotar(enlace, visita)
        anotados += 1
    if not anotados and len(sin_conexion) >= _MINIMO_PARA_DUDAR_DE_LA_RED:
        return 0
    for enlace, visita in sin_conexion:
        anotar(enlace, visita)
    return anotados + len(sin_conexion)


def poner_al_dia() -> None:
    """Anota los que se empezaron a citar y olvida los que ya nadie cita."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM programas_enlace WHERE url NOT IN ({_CITADOS})"  # noqa: S608
        )
        cursor.execute(
            "INSERT INTO programas_enlace (url, estado, motivo, fallas) "  # noqa: S608
            f"SELECT url, 'sin_revisar', '', 0 FROM ({_CITADOS}) AS citados "
            "ON CONFLICT (url) DO NOTHING"
        )


def _turno(ritmo: Ritmo) -> Iterator[Enlace]:
    """Los más viejos, con tope por sitio. Se anotan antes de salir: si la visita nos mata, no se repite."""
    por_sitio: Counter[str] = Counter()
    elegidos = []
    viejos: QuerySet[Enlace] = Enlace.objects.order_by(F("tomado_en").asc(nulls_first=True), "pk")
    for enlace in viejos[: ritmo.cuantos * 10]:
        sitio = _sitio(enlace.url)
        if por_sitio[sitio] < ritmo.por_sitio:
            por_sitio[sitio] += 1
            elegidos.append(enlace)
        if len(elegidos) == ritmo.cuantos:
            break
    return iter(elegidos)


def _visitas(
    enlaces: list[Enlace], ritmo: Ritmo, limites: Limites
) -> Iterator[tuple[Enlace, Visita]]:
    fin, ultima = time.monotonic() + ritmo.segundos, dict[str, float]()
    for enlace in enlaces:
        if time.monotonic() > fin:
            return
        sitio = _sitio(enlace.url)
        time.sleep(max(0.0, ultima.get(sitio, 0.0) + ritmo.pausa - time.monotonic()))
        Enlace.objects.filter(pk=enlace.pk).update(tomado_en=timezone.now())
        yield (
            enlace,
            visitar(enlace.url, internas=settings.HISTORICO_ENLACES_PRIVADOS, limites=limites),
        )
        ultima[sitio] = time.monotonic()


def _sitio(url: str) -> str:
    return urlsplit(url).netloc.lower()


def anotar(enlace: Enlace, visita: Visita) -> None:
    """Una falla es duda; dos seguidas, roto. Un sitio que no deja ver no cambia lo que se sabía."""
    cambios = {
        "codigo": visita.codigo,
        "motivo": visita.motivo[:200],
        "revisado_en": timezone.now(),
    }
    if visita.veredicto == Veredicto.RESPONDE:
        cambios |= {"estado": Enlace.Estado.VIGENTE, "fallas": 0}
    elif visita.veredicto == Veredicto.FALLA:
        fallas = min(enlace.fallas + 1, 1000)
        roto = fallas >= FALLAS_PARA_ROTO
        cambios |= {
            "estado": Enlace.Estado.ROTO if roto else Enlace.Estado.DUDOSO,
            "fallas": fallas,
        }
    Enlace.objects.filter(pk=enlace.pk).update(**cambios)
