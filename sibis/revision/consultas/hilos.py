"""Las observaciones de un expediente, como las puede leer cada quien, en hilos por campo."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from sibis.cuentas.models import Usuario
from sibis.expedientes.models import Expediente
from sibis.revision.estados import ClaseObservacion, EstadoObservacion
from sibis.revision.models import Observacion, Respuesta

POR_CAMPO = 20  # en la página entera; las demás, en la de su campo
EN_LA_DE_UN_CAMPO = 200


def visibles(expediente: Expediente, usuario: Usuario) -> QuerySet[Observacion]:
    """Lo notificado, y lo que escribió su propio órgano; un comentario, solo su órgano."""
    suyos = {a.dependencia_id for a in usuario.adscripciones_vigentes()}
    notificada = Q(notificada_en__isnull=False) & ~Q(clase=ClaseObservacion.COMENTARIO)
    return Observacion.objects.filter(Q(organo__in=suyos) | notificada, expediente=expediente)


@dataclass(frozen=True, slots=True)
class Hilo:
    """Una observación con lo que se contestó y lo que esta persona puede hacer con ella."""

    observacion: Observacion
    respuestas: tuple[Respuesta, ...]
    es_de_mi_organo: bool
    puedo_corregir: bool

    @property
    def es_comentario(self) -> bool:
        return self.observacion.clase == ClaseObservacion.COMENTARIO

    @property
    def sin_notificar(self) -> bool:
        return self.observacion.notificada_en is None and not self.es_comentario


@dataclass(frozen=True, slots=True)
class Hilos:
    """Por clave de campo; «» es todo el documento. `de_mas` cuenta las que no se muestran."""

    por_campo: dict[str, list[Hilo]]
    de_mas: dict[str, int]
    abiertas: int
    cerradas: int
    por_notificar: int


def hilos_de(
    expediente: Expediente, usuario: Usuario, *, campo: str | None = None, cerradas: bool = False
) -> Hilos:
    """Tres consultas, haya las que haya. Con `campo`, solo las suyas y más de ellas."""
    todas = visibles(expediente, usuario)
    cuentas = _cuentas(todas)
    elegidas = todas if cerradas else todas.filter(estado=EstadoObservacion.ABIERTA)
    if campo is not None:
        elegidas = elegidas.filter(campo=campo)
    respuestas = Prefetch("respuestas", Respuesta.objects.select_related("autor", "organo"))
    elegidas = elegidas.select_related("autor", "organo", "remision", "resuelta_por")
    suyos = {a.dependencia_id for a in usuario.adscripciones_vigentes()}
    tope = EN_LA_DE_UN_CAMPO if campo is not None else POR_CAMPO
    por_campo: dict[str, list[Hilo]] = defaultdict(list)
    de_mas: dict[str, int] = defaultdict(int)
    for observacion in elegidas.prefetch_related(respuestas).order_by("-estado", "pk")[:2_000]:
        if len(por_campo[observacion.campo]) >= tope:
            de_mas[observacion.campo] += 1
            continue
        por_campo[observacion.campo].append(_hilo(observacion, usuario, suyos))
    return Hilos(dict(por_campo), dict(de_mas), *cuentas)


def _hilo(observacion: Observacion, usuario: Usuario, suyos: set[int]) -> Hilo:
    return Hilo(
        observacion,
        tuple(observacion.respuestas.all()),
        es_de_mi_organo=observacion.organo_id in suyos,
        puedo_corregir=observacion.autor_id == usuario.pk and observacion.notificada_en is None,
    )


def _cuentas(todas: QuerySet[Observacion]) -> tuple[int, int, int]:
    """(abiertas, cerradas, por notificar), sin los comentarios internos."""
    abiertas = cerradas = por_notificar = 0
    formales = todas.exclude(clase=ClaseObservacion.COMENTARIO)
    for estado, notificada in formales.values_list("estado", "notificada_en"):
        es_abierta = estado == EstadoObservacion.ABIERTA
        abiertas += es_abierta
        cerradas += not es_abierta
        por_notificar += es_abierta and notificada is None
    return abiertas, cerradas, por_notificar
