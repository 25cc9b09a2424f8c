"""A quién se le dice que un asunto se movió: a quien puede dar el paso que sigue, y a quien lo hizo."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.avisos.servicios.avisar import avisar
from sibis.cuentas import roles
from sibis.cuentas.models import Adscripcion, Dependencia, Usuario
from sibis.cuentas.permisos import Permiso
from sibis.nucleo.estados import Transicion
from sibis.revision.materias import Materia
from sibis.revision.models import Paso


def con_permiso(permisos: set[Permiso], *, en: Dependencia | int) -> set[int]:
    """Las cuentas que hoy ejercen alguno de esos permisos sobre esa dependencia. Una consulta."""
    llave = en if isinstance(en, int) else en.pk
    de_ahi, de_la_ciudad = [], []
    for rol in roles.ROLES:
        if rol.permisos & permisos:
            (de_la_ciudad if rol.alcance is roles.Alcance.CIUDAD else de_ahi).append(rol.clave)
    return set(
        Adscripcion.objects.vigentes(timezone.localdate())
        .filter(Q(rol__in=de_la_ciudad) | Q(rol__in=de_ahi, dependencia=llave))
        .values_list("usuario_id", flat=True)
    )


def permisos_que_siguen(materia: Materia, estado: str) -> set[Permiso]:
    """Con los que se puede hacer algo de lo que está en ese estado."""
    siguen = {
        Permiso(t.permiso)
        for t in materia.flujo.desde(estado)
        if t.nombre not in materia.del_sistema
    }
    return siguen | ({materia.captura} if estado in materia.editables else set())


def de_un_paso(
    materia: Materia, transicion: Transicion, asunto: Any, *, paso: Paso, por: Usuario | None
) -> None:
    """Avisa a quien puede seguir y a quienes han dado pasos de este expediente; nunca a quien lo dio."""
    siguen = permisos_que_siguen(materia, asunto.estado)
    cuentas = con_permiso(siguen, en=asunto.dependencia_id) if siguen else set()
    cuentas |= set(asunto.expediente.pasos.exclude(quien=None).values_list("quien_id", flat=True))
    avisar(
        para=Usuario.objects.filter(pk__in=cuentas),
        clase="revision",
        hecho=f"paso-{paso.pk}",
        titulo=_("%(asunto)s: %(estado)s")
        % {"asunto": materia.titulo(asunto), "estado": materia.estados(asunto.estado).label},
        texto=transicion.descripcion,
        url=materia.url(asunto),
        por=por,
    )
