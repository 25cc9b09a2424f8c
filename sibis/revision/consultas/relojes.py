"""En qué instancia está cada asunto, desde cuándo y cuánto le queda. Para muchos a la vez."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy

from sibis.calendario.consultas import HORIZONTE, inhabiles
from sibis.expedientes.models import Expediente
from sibis.revision import tiempos
from sibis.revision.materias import Materia, materias
from sibis.revision.models import Asignacion, Paso, PlazoDeRevision
from sibis.revision.tiempos import Movimiento, Reloj

INSTANCIAS = {
    "dependencia": gettext_lazy("Quien presenta"),
    "validacion": gettext_lazy("Secretaría de Bienestar"),
    "dictamen": gettext_lazy("EVALÚA"),
}


def nombre_de(instancia: str) -> str:
    return str(INSTANCIAS.get(instancia, instancia))


@dataclass(frozen=True, slots=True)
class EnCurso:
    """Un asunto que alguien tiene hoy, con su reloj y con quien lo tomó."""

    expediente: Expediente
    materia: Materia
    reloj: Reloj
    paso: int  # el último: identifica la estancia
    revisor: int | None
    revisor_cuenta: str

    @property
    def instancia_en_palabras(self) -> str:
        return nombre_de(self.reloj.instancia)

    @property
    def tiempos(self) -> list[tuple[str, int]]:
        """Cuánto lo ha tenido cada instancia, en palabras."""
        return [(nombre_de(i), dias) for i, dias in self.reloj.por_instancia.items()]

    @property
    def estado_en_palabras(self) -> str:
        return str(self.materia.estados(self.reloj.estado).label)


def en_revision() -> QuerySet[Expediente]:
    """Los que alguien tiene que atender: ni terminados ni sin presentar todavía."""
    ultimo = Paso.objects.filter(expediente=OuterRef("pk")).order_by("-pk").values("hacia")[:1]
    vivos = Q(pk__in=())
    for materia in materias().values():
        vivos |= Q(clase=materia.clase, ultimo__in=_estados_vivos(materia))
    return (
        Expediente.objects.annotate(ultimo=Subquery(ultimo))
        .filter(vivos)
        .select_related("dependencia")
    )


def _estados_vivos(materia: Materia) -> list[str]:
    return sorted({*materia.instancias, *materia.editables})


def relojes(
    expedientes: Iterable[Expediente], *, hoy: datetime.date | None = None
) -> dict[int, EnCurso]:
    """Por expediente. Cuatro consultas, sean los que sean; los que no se revisan no aparecen."""
    hoy = hoy or timezone.localdate()
    suyos = {e.pk: e for e in expedientes if e.clase in materias()}
    pasos = _pasos(suyos)
    if not pasos:
        return {}
    primero = min(timezone.localdate(p.dado_en) for lista in pasos.values() for p in lista)
    dias = inhabiles(primero, hoy + HORIZONTE)
    plazos, quienes = _plazos(), _revisores(pasos)
    return {
        llave: _en_curso(suyos[llave], lista, plazos, quienes, hoy, dias)
        for llave, lista in pasos.items()
    }


def _pasos(expedientes: Iterable[int]) -> dict[int, list[Paso]]:
    hallados: dict[int, list[Paso]] = defaultdict(list)
    consulta = Paso.objects.filter(expediente__in=list(expedientes)).order_by("pk")
    for paso in consulta.only("expediente_id", "hacia", "dado_en"):
        hallados[paso.expediente_id].append(paso)
    return hallados


def _plazos() -> dict[tuple[str, str], list[PlazoDeRevision]]:
    hallados: dict[tuple[str, str], list[PlazoDeRevision]] = defaultdict(list)
    for plazo in PlazoDeRevision.objects.order_by("vigente_desde", "pk"):
        hallados[plazo.materia, plazo.estado].append(plazo)
    return hallados


def _revisores(expedientes: Iterable[int]) -> dict[tuple[int, str], tuple[int, str]]:
    vivas = Asignacion.objects.filter(expediente__in=list(expedientes), hasta__isnull=True)
    return {
        (expediente, instancia): (revisor, cuenta)
        for expediente, instancia, revisor, cuenta in vivas.values_list(
            "expediente_id", "instancia", "revisor_id", "revisor__username"
        )
    }


def _en_curso(
    expediente: Expediente,
    pasos: Sequence[Paso],
    plazos: dict[tuple[str, str], list[PlazoDeRevision]],
    quienes: dict[tuple[int, str], tuple[int, str]],
    hoy: datetime.date,
    dias: frozenset[datetime.date],
) -> EnCurso:
    materia = materias()[expediente.clase]
    vivos = set(_estados_vivos(materia))
    estancias = tiempos.tramos(
        [Movimiento(p.hacia, timezone.localdate(p.dado_en)) for p in pasos],
        lambda estado: materia.esta_en(estado) if estado in vivos else "",
    )
    ultima = estancias[-1]
    suyo = tiempos.reloj(
        estancias,
        limite=_limite(plazos.get((materia.clase, ultima.estado), []), ultima.desde),
        acumula=ultima.estado not in materia.editables,
        hoy=hoy,
        inhabiles=dias,
    )
    revisor, cuenta = quienes.get((expediente.pk, suyo.instancia), (None, ""))
    return EnCurso(expediente, materia, suyo, pasos[-1].pk, revisor, cuenta)


def _limite(plazos: Sequence[PlazoDeRevision], dia: datetime.date) -> int | None:
    """El que regía el día en que llegó a ese estado; si hay varios, el más reciente."""
    return next((p.dias_habiles for p in reversed(plazos) if p.rige(dia)), None)
