"""Lo que la máquina hace cada día con las cuentas."""

from celery import shared_task

from sibis.cuentas.models import Dependencia


@shared_task(name="sibis.cuentas.tasks.refrescar_denominaciones")
def refrescar_denominaciones() -> int:
    """Un cambio de nombre publicado con anticipación empieza a verse el día en que rige."""
    return Dependencia.objects.refrescar_nombres()
