"""Lo tecleado que nadie entregó, y lo que ya es padrón: son datos de personas y no se quedan aquí."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.estados import FUERON_APLICADAS, SIN_EFECTO
from padron.estados_de_captura import EstadoCaptura
from padron.models import Captura
from sibis.avisos.servicios.avisar import avisar
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.formatos.fechas import fecha_larga


def avisar_de_las_que_vencen() -> int:
    """A quien la empezó y a quien escribió al último, una vez por cada vez que se queda quieta."""
    avisadas = 0
    for captura in _quietas(settings.PADRON_CAPTURA_DIAS - settings.PADRON_CAPTURA_AVISO_DIAS):
        dia = captura.tocada_el + datetime.timedelta(days=settings.PADRON_CAPTURA_DIAS)
        avisadas += avisar(
            para=Usuario.objects.filter(pk__in=(captura.creada_por_id, captura.tocada_por_id)),
            clase="padron",
            hecho=f"captura-{captura.pk}-por-borrarse-{captura.tocada_el:%Y%m%d}",
            titulo=_("Una captura a mano está por borrarse"),
            texto=_(
                "La de «%(programa)s» no se ha tocado y no se ha entregado. El %(dia)s se borra con "
                "sus renglones: ábrela y sigue, o entrégala."
            )
            % {
                "programa": captura.programa.nombre,
                "dia": fecha_larga(timezone.localtime(dia).date()),
            },
            url=reverse("admin:padron_captura_hoja", args=[captura.pk]),
        )
    return avisadas


def olvidar() -> int:
    """Cuántas se borraron o se vaciaron."""
    vencidas = list(_quietas(settings.PADRON_CAPTURA_DIAS).values_list("pk", flat=True))
    ya_padron = (
        Captura.objects.filter(carga__estado__in=FUERON_APLICADAS, renglones__isnull=False)
        .distinct()
        .values_list("pk", flat=True)
    )
    return sum(_borrar(pk) for pk in vencidas) + sum(_vaciar(pk) for pk in list(ya_padron))


def _quietas(dias: int) -> QuerySet[Captura]:
    """Sin entregar, o entregadas en una carga que no tuvo efecto."""
    desde = timezone.now() - datetime.timedelta(days=dias)
    return (
        Captura.objects.filter(
            Q(estado=EstadoCaptura.ABIERTA)
            | Q(estado=EstadoCaptura.ENTREGADA, carga__estado__in=SIN_EFECTO),
            tocada_el__lte=desde,
        )
        .select_related("programa")
        .order_by("pk")
    )


@transaction.atomic
def _borrar(pk: int) -> bool:
    """Se mira otra vez ya apartada: alguien pudo escribir en ella hace un momento."""
    captura = (
        Captura.objects.select_for_update(of=("self",))
        .filter(pk__in=_quietas(settings.PADRON_CAPTURA_DIAS).values("pk"))
        .select_related("dependencia")
        .filter(pk=pk)
        .first()
    )
    if captura is None:
        return False
    cuantos = captura.renglones.puestos().count()
    registrar(
        "captura.olvidada",
        captura,
        por=None,
        dependencia=captura.dependencia,
        dias=settings.PADRON_CAPTURA_DIAS,
        renglones=cuantos,
    )
    captura.delete()
    return True


@transaction.atomic
def _vaciar(pk: int) -> bool:
    """Lo que ya es padrón está en él y en su archivo: aquí sobra."""
    captura = (
        Captura.objects.select_for_update(of=("self",))
        .select_related("dependencia", "carga")
        .get(pk=pk)
    )
    borrados, _por_modelo = captura.renglones.all().delete()
    if borrados and captura.carga is not None:
        registrar(
            "captura.depurada",
            captura,
            por=None,
            dependencia=captura.dependencia,
            folio=captura.carga.folio,
        )
    return bool(borrados)
