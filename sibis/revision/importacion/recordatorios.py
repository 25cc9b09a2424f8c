"""Avisar de los plazos de revisión: a quien tiene el asunto, y a toda su instancia si se atrasa."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.avisos.servicios.avisar import avisar
from sibis.cuentas.models import Usuario
from sibis.formatos.fechas import fecha_larga
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.avisos import con_permiso, permisos_que_siguen
from sibis.revision.consultas.relojes import EnCurso, en_revision, relojes

registro = structlog.get_logger(__name__)


def recordar() -> int:
    """A cuántas personas se les dijo algo nuevo.

    Se calcula de los hechos, así que puede repetirse y puede faltar una hora o tres días: lo que se
    dijo de una estancia no se vuelve a decir, y lo que sigue pendiente se dice al regresar.
    """
    dichos = 0
    for asunto in relojes(en_revision()).values():
        try:
            with transaction.atomic():
                dichos += _de(asunto)
        except ErrorDeNegocio as error:
            registro.error("sin_recordar", expediente=asunto.expediente.pk, causa=str(error))
    return dichos


def _de(asunto: EnCurso) -> int:
    faltan = asunto.reloj.faltan
    if faltan is None or faltan > 1:
        return 0
    instancia = _de_su_instancia(asunto)
    quienes = {asunto.revisor} if asunto.revisor in instancia else instancia
    if asunto.reloj.atraso == 0:
        return _avisar(asunto, quienes, "por-vencer", _por_vencer(asunto), urgente=False)
    dichos = _avisar(asunto, quienes, "vencido", _vencido(asunto), urgente=True)
    if asunto.reloj.atraso >= settings.REVISION_ESCALA_A_LOS:
        dichos += _avisar(asunto, instancia - quienes, "escalado", _vencido(asunto), urgente=True)
    return dichos


def _de_su_instancia(asunto: EnCurso) -> set[int]:
    """Quienes hoy pueden dar el paso que sigue. Si quien lo tomó ya no puede, se les dice a todas."""
    permisos = permisos_que_siguen(asunto.materia, asunto.reloj.estado)
    return con_permiso(permisos, en=asunto.expediente.dependencia_id) if permisos else set()


def _avisar(asunto: EnCurso, quienes: set[int], hecho: str, titulo: str, *, urgente: bool) -> int:
    vence = asunto.reloj.vence
    if not quienes or vence is None:
        return 0
    return avisar(
        para=Usuario.objects.filter(pk__in=quienes),
        clase="plazo",
        hecho=f"plazo-{asunto.paso}-{vence:%Y%m%d}-{hecho}",
        titulo=titulo,
        texto=_("Está en «%(estado)s» y su plazo es el %(dia)s.")
        % {"estado": asunto.estado_en_palabras, "dia": fecha_larga(vence)},
        url=asunto.expediente.url or "/panel/",
        urgente=urgente,
    )


def _por_vencer(asunto: EnCurso) -> str:
    que = asunto.expediente.titulo
    if asunto.reloj.faltan == 0:
        return _("Hoy vence el plazo de %(que)s") % {"que": que}
    return _("Queda un día hábil para %(que)s") % {"que": que}


def _vencido(asunto: EnCurso) -> str:
    n = asunto.reloj.atraso
    return ngettext(
        "%(n)s día hábil de atraso: %(que)s", "%(n)s días hábiles de atraso: %(que)s", n
    ) % {"n": n, "que": asunto.expediente.titulo}
