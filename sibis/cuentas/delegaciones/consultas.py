"""Las delegaciones de una persona: las que dio y las que le dieron."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.cuentas.models import Adscripcion, Usuario
from sibis.cuentas.permisos import Permiso
from sibis.formatos.fechas import fecha_larga


@dataclass(frozen=True, slots=True)
class Renglon:
    delegacion: Adscripcion
    situacion: str
    se_puede_retirar: bool


def delegables(usuario: Usuario) -> list[Adscripcion]:
    """Sus funciones propias, en vigor, que se pueden delegar."""
    return [
        a
        for a in usuario.adscripciones_vigentes()
        if not a.es_delegada and a.concede(Permiso.FUNCION_DELEGAR)
    ]


def candidatas(usuario: Usuario, dependencias: Collection[int]) -> QuerySet[Usuario]:
    """Cuentas activas con función propia en vigor en esas dependencias, menos la suya."""
    de_la_casa = (
        Adscripcion.objects.vigentes()
        .filter(dependencia__in=dependencias, delegada_por__isnull=True)
        .values("usuario")
    )
    return Usuario.objects.filter(pk__in=de_la_casa, is_active=True).exclude(pk=usuario.pk)


def de(usuario: Usuario) -> tuple[list[Renglon], list[Renglon]]:
    """(las que dio, las que recibió), primero las más nuevas. Una consulta."""
    todas = (
        Adscripcion.objects.filter(
            Q(delegada_por=usuario) | Q(usuario=usuario, delegada_por__isnull=False)
        )
        .select_related("usuario", "dependencia", "delegada_por")
        .order_by("-pk")
    )
    dio, recibio = [], []
    for delegacion in todas:
        es_suya = delegacion.delegada_por_id == usuario.pk
        (dio if es_suya else recibio).append(_renglon(delegacion, es_suya=es_suya))
    return dio, recibio


def _renglon(delegacion: Adscripcion, *, es_suya: bool) -> Renglon:
    hoy = timezone.localdate()
    if delegacion.baja_en is not None:
        dia = fecha_larga(timezone.localdate(delegacion.baja_en))
        situacion = _("retirada el %(dia)s") % {"dia": dia}
    elif delegacion.vigente_hasta < hoy:
        situacion = _("venció")
    elif delegacion.vigente_desde > hoy:
        situacion = _("empieza después")
    else:
        situacion = _("en vigor")
    viva = delegacion.baja_en is None and delegacion.vigente_hasta >= hoy
    return Renglon(delegacion, situacion, se_puede_retirar=es_suya and viva)
