"""Encontrar un asunto si quien pregunta lo puede ver; si no, no existe."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sibis.cuentas.permisos import puede
from sibis.expedientes.models import Expediente
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.consultas.hilos import visibles
from sibis.revision.materias import Materia, materia_de
from sibis.revision.models import Observacion


def asunto_de(request: HttpRequest, pk: int) -> tuple[Materia, Any]:
    """La materia y el asunto de esa carpeta. Levanta Http404 igual si no existe que si es ajena."""
    expediente = Expediente.objects.filter(pk=pk).first()
    materia = materia_de(expediente) if expediente else None
    if expediente is None or materia is None:
        raise Http404(_no_existe())
    if not puede(request.user, materia.ver, en=expediente.dependencia_id):
        raise Http404(_no_existe())
    try:
        return materia, materia.de(expediente)
    except materia.modelo.DoesNotExist as error:
        raise Http404(_no_existe()) from error


def observacion_de(request: HttpRequest, pk: int) -> tuple[Materia, Any, Observacion]:
    """La observación, si esa persona la puede leer."""
    observacion = Observacion.objects.select_related("expediente").filter(pk=pk).first()
    if observacion is None:
        raise Http404(_no_existe())
    materia, asunto = asunto_de(request, observacion.expediente_id)
    if not visibles(observacion.expediente, request.user).filter(pk=pk).exists():
        raise Http404(_no_existe())
    return materia, asunto, observacion


def _no_existe() -> str:
    return _("No hay un asunto con ese número entre los que puedes ver.")


def decir(request: HttpRequest, error: ErrorDeNegocio) -> None:
    """El porqué, con sus detalles, arriba de la página a la que se vuelve."""
    messages.error(request, " ".join([error.mensaje, *error.detalles]))


def de_vuelta(asunto: Any, ancla: str = "") -> HttpResponse:
    url = reverse("revision:asunto", args=[asunto.expediente_id])
    return redirect(f"{url}#{ancla}" if ancla else url)
