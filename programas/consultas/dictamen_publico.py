"""El dictamen de EVALÚA en la página de un programa, con su comprobación."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from programas.consultas.apartados import Apartado
from programas.models import ReglaOperacion
from sibis.formatos.fechas import fecha_larga
from sibis.revision.models import Dictamen


def dictamen(regla: ReglaOperacion) -> Apartado | None:
    """El último de su expediente. Lo que entró del catálogo de fuentes públicas no tiene."""
    if regla.expediente_id is None:
        return None
    suyo = (
        Dictamen.objects.filter(expediente=regla.expediente_id)
        .select_related("organo")
        .order_by("-pk")
        .first()
    )
    if suyo is None:
        return None
    return Apartado(
        ancla="dictamen",
        titulo=_("Dictamen de EVALÚA"),
        plantilla="programas/_ficha_dictamen.html",
        datos={
            "folio": suyo.folio,
            "sentido": suyo.get_sentido_display(),
            "organo": suyo.organo.nombre_actual,
            "dia": fecha_larga(timezone.localdate(suyo.emitido_en)),
            "hay_archivo": suyo.archivo_id is not None,
        },
    )
