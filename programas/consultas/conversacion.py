"""Lo que se ha dicho de cada campo: observaciones notificadas, y comentarios del propio órgano."""

from __future__ import annotations

from dataclasses import dataclass

from programas.models import ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.revision.consultas.hilos import visibles
from sibis.revision.estados import ClaseObservacion, EstadoObservacion
from sibis.revision.models import Observacion, Respuesta

MAXIMO = 2_000  # las demás, en la página de revisión


@dataclass(frozen=True, slots=True)
class Hilo:
    """Una observación o un comentario, con lo que se le ha contestado."""

    observacion: Observacion
    respuestas: tuple[Respuesta, ...]
    espera_respuesta: bool

    @property
    def es_comentario(self) -> bool:
        return self.observacion.clase == ClaseObservacion.COMENTARIO


def hilos_de(regla: ReglaOperacion, *, por: Usuario) -> dict[str, list[Hilo]]:
    """Por clave de campo, lo que esa persona puede ver. Dos consultas, haya los que haya."""
    if regla.expediente is None:
        return {}
    suyas = visibles(regla.expediente, por).exclude(estado=EstadoObservacion.DESCARTADA)
    con_todo = suyas.select_related("autor", "organo").prefetch_related("respuestas__autor")
    hilos: dict[str, list[Hilo]] = {}
    for observacion in con_todo[:MAXIMO]:
        hilo = _hilo(observacion, regla.dependencia_id)
        hilos.setdefault(observacion.campo, []).append(hilo)
    return hilos


def _hilo(observacion: Observacion, dependencia: int) -> Hilo:
    """Espera a quien presenta si desde que se le notificó no la ha contestado."""
    respuestas = tuple(observacion.respuestas.all())
    desde = observacion.notificada_en
    contestada = desde is not None and any(
        r.organo_id == dependencia and r.escrita_en >= desde for r in respuestas
    )
    espera = observacion.esta_abierta and desde is not None and not contestada
    return Hilo(observacion, respuestas, espera)
