"""La lista de tareas de una regla: cada sección, cómo va, quién está en ella y qué falta."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programas.consultas.conversacion import Hilo
from programas.consultas.copiado import Cotejada
from programas.consultas.secciones import SeccionDeCaptura
from programas.models import ReglaOperacion
from programas.presencia import presentes
from sibis.cuentas.models import Usuario


class Falta(Protocol):
    seccion: str


@dataclass(frozen=True, slots=True)
class Borrador:
    """Algo que alguien lleva escrito y no ha guardado."""

    usuario: str
    cuando: datetime.datetime
    es_mio: bool


@dataclass(frozen=True, slots=True)
class Tarea:
    seccion: SeccionDeCaptura
    url: str
    esta_vacia: bool
    faltan: int
    por_contestar: int
    sin_revisar: int
    presentes: tuple[str, ...] = ()
    borradores: tuple[Borrador, ...] = ()
    guardada_en: datetime.datetime | None = None
    guardada_por: str = ""

    @property
    def estado(self) -> str:
        """observada, vacia, falta o completa: con ella se pinta la seña."""
        if self.por_contestar:
            return "observada"
        if self.esta_vacia:
            return "vacia"
        return "falta" if self.faltan else "completa"

    @property
    def en_palabras(self) -> str:
        n = self.por_contestar or self.faltan
        if self.por_contestar:
            texto = ngettext(
                "%(n)s observación por contestar", "%(n)s observaciones por contestar", n
            )
            return texto % {"n": n}
        if self.esta_vacia:
            return _("sin empezar")
        if self.faltan:
            return ngettext("falta %(n)s cosa", "faltan %(n)s cosas", n) % {"n": n}
        return _("completa")


@dataclass(frozen=True, slots=True)
class ListaDeTareas:
    grupos: tuple[tuple[str, tuple[Tarea, ...]], ...]

    def __iter__(self) -> Iterable[Tarea]:  # type: ignore[override]
        return (tarea for _grupo, tareas in self.grupos for tarea in tareas)

    @property
    def total(self) -> int:
        return sum(len(tareas) for _grupo, tareas in self.grupos)

    @property
    def completas(self) -> int:
        return sum(tarea.estado == "completa" for tarea in self)

    @property
    def sin_revisar(self) -> int:
        return sum(tarea.sin_revisar for tarea in self)


def lista_de_tareas(
    regla: ReglaOperacion,
    secciones: Sequence[SeccionDeCaptura],
    cotejada: Cotejada,
    *,
    por: Usuario,
    faltantes: Iterable[Falta],
    hilos: Mapping[str, Sequence[Hilo]],
) -> ListaDeTareas:
    """Tres consultas más las que ya hizo quien llama."""
    faltan: dict[str, int] = defaultdict(int)
    for falta in faltantes:
        faltan[falta.seccion] += 1
    ediciones = {e.seccion: e for e in regla.ediciones.select_related("quien")}
    borradores = _borradores(regla, por)
    aqui = presentes(regla.pk, (s.clave for s in secciones), salvo=por.get_username())
    grupos: dict[str, list[Tarea]] = {}
    for seccion in secciones:
        edicion = ediciones.get(seccion.clave)
        tarea = Tarea(
            seccion=seccion,
            url=reverse("admin:programas_regla_seccion", args=[regla.pk, seccion.clave]),
            esta_vacia=all(_vacio(cotejada, clave) for clave in seccion.campos),
            faltan=faltan[seccion.clave],
            por_contestar=sum(h.espera_respuesta for c in seccion.campos for h in hilos.get(c, ())),
            sin_revisar=sum(clave in cotejada.sin_revisar for clave in seccion.campos),
            presentes=aqui.get(seccion.clave, ()),
            borradores=tuple(borradores.get(seccion.clave, ())),
            guardada_en=edicion.guardada_en if edicion else None,
            guardada_por=edicion.quien.get_username() if edicion and edicion.quien else "",
        )
        grupos.setdefault(str(seccion.grupo), []).append(tarea)
    return ListaDeTareas(tuple((g, tuple(t)) for g, t in grupos.items()))


# Lo que ya viene dicho sin que nadie lo haya escrito.
_DE_OMISION = {"acceso_simultaneo", "residencia", "sexo"}


def _vacio(cotejada: Cotejada, clave: str) -> bool:
    campo = cotejada.campos.get(clave)
    return campo is None or campo.esta_vacio or clave in _DE_OMISION


def _borradores(regla: ReglaOperacion, por: Usuario) -> dict[str, list[Borrador]]:
    hallados: dict[str, list[Borrador]] = {}
    renglones = regla.borradores.values_list("seccion", "usuario__username", "guardado_en")
    for seccion, usuario, cuando in renglones:
        borrador = Borrador(usuario, timezone.localtime(cuando), usuario == por.get_username())
        hallados.setdefault(seccion, []).append(borrador)
    return hallados
