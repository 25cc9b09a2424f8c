"""El tablero: qué está dónde, hace cuánto y con quién; lo atrasado primero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

from django.db.models import Q
from django.utils.translation import gettext as _

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import ambito, puede
from sibis.revision.consultas.relojes import INSTANCIAS, EnCurso, en_revision, nombre_de, relojes
from sibis.revision.materias import materias

POR_PAGINA = 50


@dataclass(frozen=True, slots=True)
class Filtros:
    instancia: str = ""
    dependencia: int | None = None
    revisor: str = ""
    solo_atrasadas: bool = False

    def admite(self, asunto: EnCurso) -> bool:
        return (
            self.instancia in ("", asunto.reloj.instancia)
            and self.dependencia in (None, asunto.expediente.dependencia_id)
            and self.revisor in ("", asunto.revisor_cuenta)
            and not (self.solo_atrasadas and asunto.reloj.atraso == 0)
        )


@dataclass(frozen=True, slots=True)
class Resumen:
    """Un renglón de las sumas: de una instancia o de una persona."""

    nombre: str
    asuntos: int
    atrasados: int
    mediana: float


@dataclass(frozen=True, slots=True)
class Tablero:
    asuntos: tuple[EnCurso, ...]
    por_instancia: tuple[Resumen, ...]
    por_persona: tuple[Resumen, ...]
    total: int  # antes de filtrar
    filtros: Filtros
    dependencias: tuple[tuple[int, str], ...]
    revisores: tuple[str, ...]

    @property
    def atrasados(self) -> int:
        return sum(asunto.reloj.atraso > 0 for asunto in self.asuntos)

    @property
    def instancias(self) -> list[tuple[str, str]]:
        return [(clave, str(nombre)) for clave, nombre in INSTANCIAS.items()]


def tablero(usuario: Usuario, filtros: Filtros) -> Tablero:
    """De lo que esa persona puede ver. Cinco consultas, sean los que sean."""
    todos = del_ambito(usuario)
    elegidos = sorted((a for a in todos if filtros.admite(a)), key=_urgencia)
    return Tablero(
        asuntos=tuple(elegidos),
        por_instancia=_resumen(elegidos, lambda a: nombre_de(a.reloj.instancia)),
        por_persona=_resumen(elegidos, lambda a: a.revisor_cuenta or _("Sin tomar")),
        total=len(todos),
        filtros=filtros,
        dependencias=tuple(
            sorted(
                {(a.expediente.dependencia_id, a.expediente.dependencia.siglas) for a in todos},
                key=lambda par: par[1],
            )
        ),
        revisores=tuple(sorted({a.revisor_cuenta for a in todos if a.revisor_cuenta})),
    )


def puede_mirarlo(usuario: Usuario) -> bool:
    return any(puede(usuario, materia.ver) for materia in materias().values())


def del_ambito(usuario: Usuario) -> list[EnCurso]:
    """Lo que esa persona puede ver de lo que hoy se revisa."""
    suyos = Q(pk__in=())
    for materia in materias().values():
        donde = ambito(usuario, materia.ver)
        if donde:
            suyos |= Q(clase=materia.clase) & donde.filtro()
    return list(relojes(en_revision().filter(suyos)).values())


def _urgencia(asunto: EnCurso) -> tuple[int, int, int]:
    """Primero lo más atrasado, luego lo que está por vencer, al final lo que no tiene plazo."""
    faltan = asunto.reloj.faltan
    return (
        1 if faltan is None else 0,
        faltan if faltan is not None else -asunto.reloj.habiles,
        asunto.expediente.pk,
    )


def _resumen(asuntos: Iterable[EnCurso], de: Callable[[EnCurso], str]) -> tuple[Resumen, ...]:
    grupos: dict[str, list[EnCurso]] = defaultdict(list)
    for asunto in asuntos:
        grupos[de(asunto)].append(asunto)
    return tuple(
        Resumen(
            nombre,
            len(suyos),
            sum(a.reloj.atraso > 0 for a in suyos),
            median(a.reloj.habiles for a in suyos),
        )
        for nombre, suyos in sorted(grupos.items(), key=lambda par: (-len(par[1]), par[0]))
    )
