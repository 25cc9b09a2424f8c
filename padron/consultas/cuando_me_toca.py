"""«¿Cuándo me toca?»: de una letra a las jornadas publicadas que la atienden. No se guarda lo que se pregunta."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from padron import letras
from padron.models import JornadaDeEntrega
from programas.consultas.apartados import Apartado
from programas.models import Programa, ReglaOperacion
from sibis.territorio.models import Alcaldia


@dataclass(frozen=True, slots=True)
class Cita:
    """Una ventana a la que se puede ir."""

    que: str
    letras: str
    desde: datetime.date
    hasta: datetime.date
    hora_desde: datetime.time | None
    hora_hasta: datetime.time | None
    donde: str
    centro_slug: str
    documento: str = ""
    notas: str = ""
    alcaldias: tuple[str, ...] = ()
    extemporanea: bool = False
    demostracion: bool = False

    @property
    def es_un_dia(self) -> bool:
        return self.desde == self.hasta


@dataclass(frozen=True, slots=True)
class CuandoMeToca:
    programa: Programa
    ejercicio: int
    letra: str
    citas: tuple[Cita, ...]
    pasadas: tuple[Cita, ...]
    hay_jornadas: bool

    @property
    def abecedario(self) -> str:
        return letras.ALFABETO


def citas_de(
    letra: str, jornadas: Iterable[JornadaDeEntrega], *, alcaldias: Mapping[str, str]
) -> tuple[Cita, ...]:
    """Las ventanas de esa letra, en orden; la extemporánea es otra ventana. Sin base de datos."""
    halladas: list[Cita] = []
    for jornada in jornadas:
        if jornada.le_toca(letra):
            solo = tuple(alcaldias.get(clave, clave) for clave in jornada.alcaldias)
            halladas.append(_cita(jornada, solo))
            if jornada.tardia_desde is not None:
                halladas.append(_cita_tardia(jornada, solo))
    return tuple(sorted(halladas, key=lambda c: (c.desde, c.extemporanea, c.donde)))


def _cita(jornada: JornadaDeEntrega, solo: tuple[str, ...]) -> Cita:
    return Cita(
        que=jornada.que_se_entrega,
        letras=jornada.letras,
        desde=jornada.desde,
        hasta=jornada.hasta,
        hora_desde=jornada.hora_desde,
        hora_hasta=jornada.hora_hasta,
        donde=jornada.donde,
        centro_slug=jornada.centro.slug if jornada.centro else "",
        notas=jornada.notas,
        alcaldias=solo,
        demostracion=jornada.es_demostracion,
    )


def _cita_tardia(jornada: JornadaDeEntrega, solo: tuple[str, ...]) -> Cita:
    centro = jornada.tardia_centro or (None if jornada.tardia_lugar else jornada.centro)
    return Cita(
        que=jornada.que_se_entrega,
        letras=jornada.letras,
        desde=jornada.tardia_desde,  # type: ignore[arg-type]  (quien llama ya vio que existe)
        hasta=jornada.tardia_hasta,  # type: ignore[arg-type]
        hora_desde=jornada.tardia_hora_desde,
        hora_hasta=jornada.tardia_hora_hasta,
        donde=jornada.donde_despues,
        centro_slug=centro.slug if centro else "",
        documento=jornada.tardia_documento,
        alcaldias=solo,
        extemporanea=True,
        demostracion=jornada.es_demostracion,
    )


def _publicadas(programa: int, ejercicio: int) -> list[JornadaDeEntrega]:
    suyas = JornadaDeEntrega.objects.filter(programa=programa, ejercicio=ejercicio)
    return list(suyas.publicadas().con_lugar().order_by("desde", "pk"))


def _nombres(jornadas: list[JornadaDeEntrega]) -> dict[str, str]:
    if not any(j.alcaldias for j in jornadas):
        return {}
    return dict(Alcaldia.objects.values_list("clave", "nombre"))


def cuando_me_toca(programa: Programa, ejercicio: int, *, letra: str = "") -> CuandoMeToca:
    """Dos consultas como mucho, haya las jornadas que haya."""
    jornadas, hoy = _publicadas(programa.pk, ejercicio), timezone.localdate()
    citas = citas_de(letra, jornadas, alcaldias=_nombres(jornadas)) if letra else ()
    return CuandoMeToca(
        programa=programa,
        ejercicio=ejercicio,
        letra=letra,
        citas=tuple(c for c in citas if c.hasta >= hoy),
        pasadas=tuple(c for c in citas if c.hasta < hoy),
        hay_jornadas=bool(jornadas),
    )


def apartado(regla: ReglaOperacion) -> Apartado | None:
    """En la página del programa: la pregunta con una letra. Sin jornadas por venir no hay apartado."""
    hoy = timezone.localdate()
    if (
        regla.ejercicio < hoy.year - 1
    ):  # lo de un ejercicio se entrega, a más tardar, en el siguiente
        return None
    por_venir = [j for j in _publicadas(regla.programa_id, regla.ejercicio) if j.ultimo_dia >= hoy]
    if not por_venir:
        return None
    return Apartado(
        ancla="cuando-me-toca",
        titulo=_("¿Cuándo me toca?"),
        plantilla="padron/_apartado_cuando.html",
        datos={
            "url": reverse("padron:cuando_me_toca", args=[regla.programa.slug, regla.ejercicio]),
            "abecedario": letras.ALFABETO,
            "primera": min((j.desde for j in por_venir), default=None),
            "ultima": max(j.ultimo_dia for j in por_venir),
            "por_letras": not all(j.es_de_todas_las_letras for j in por_venir),
        },
    )
