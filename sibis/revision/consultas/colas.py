"""La cola de lo atrasado: lo que pasó de su plazo y espera algo de esta persona."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.panel.colas import Cola, Pendiente
from sibis.revision.avisos import permisos_que_siguen
from sibis.revision.consultas.relojes import EnCurso
from sibis.revision.consultas.tablero import del_ambito
from sibis.revision.materias import Materia, materias

A_LA_VISTA = 8


def colas(usuario: Usuario) -> list[Cola]:
    """Solo para quien puede dar algún paso en una revisión."""
    if not any(ambito(usuario, p) for p in _permisos_de_revision()):
        return []
    suyas = [a for a in del_ambito(usuario) if a.reloj.atraso and _le_toca(usuario, a)]
    suyas = _sin_impedidas(usuario, suyas)
    suyas.sort(key=lambda a: -a.reloj.atraso)
    return [
        Cola(
            titulo=_("Atrasadas"),
            vacia=_("Nada pasa de su plazo."),
            total=len(suyas),
            pendientes=tuple(_pendiente(a) for a in suyas[:A_LA_VISTA]),
            url_todos=f"{reverse('revision:tablero')}?atrasadas=si",
        )
    ]


def _permisos_de_revision() -> set[Permiso]:
    todas = materias().values()
    return {m.captura for m in todas} | {Permiso(t.permiso) for m in todas for t in m.flujo}


def _le_toca(usuario: Usuario, asunto: EnCurso) -> bool:
    return any(
        ambito(usuario, permiso).incluye(asunto.expediente.dependencia_id)
        for permiso in permisos_que_siguen(asunto.materia, asunto.reloj.estado)
    )


def _sin_impedidas(usuario: Usuario, asuntos: list[EnCurso]) -> list[EnCurso]:
    """Lo que el servicio le negaría no se le anuncia. Una consulta por clase y permiso."""
    quedan: set[int] = set()
    for clase in {a.materia.clase for a in asuntos}:
        materia = materias()[clase]
        de_la_clase = [a for a in asuntos if a.materia.clase == clase]
        for estado in {a.reloj.estado for a in de_la_clase}:
            llaves = [a.expediente.pk for a in de_la_clase if a.reloj.estado == estado]
            for permiso in permisos_que_siguen(materia, estado):
                if not ambito(usuario, permiso):
                    continue
                libres = materia.modelo._default_manager.filter(expediente__in=llaves)
                if _exige_otra_persona(materia, estado, permiso):
                    for condicion, _motivo in materia.impedimentos(permiso, por=usuario):
                        libres = libres.exclude(condicion)
                quedan |= set(libres.values_list("expediente_id", flat=True))
    return [a for a in asuntos if a.expediente.pk in quedan]


def _exige_otra_persona(materia: Materia, estado: str, permiso: Permiso) -> bool:
    return any(t.exige_otra_persona and t.permiso == permiso for t in materia.flujo.desde(estado))


def _pendiente(asunto: EnCurso) -> Pendiente:
    n = asunto.reloj.atraso
    atraso = ngettext("%(n)s día hábil de atraso", "%(n)s días hábiles de atraso", n) % {"n": n}
    return Pendiente(
        titulo=asunto.expediente.titulo,
        detalle=f"{asunto.expediente.dependencia.siglas}, {asunto.estado_en_palabras}: {atraso}",
        url=asunto.expediente.url,
        estado=asunto.estado_en_palabras,
    )
