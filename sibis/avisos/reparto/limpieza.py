"""Lo que ya se leyó no se guarda para siempre."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sibis.avisos.models import Aviso, CorreoDeAviso
from sibis.correo.estados import POR_SALIR


@transaction.atomic
def purgar() -> int:
    """Avisos leídos y viejos, y los correos que se quedan sin ninguno. Devuelve cuántos avisos."""
    limite = timezone.now() - timedelta(days=settings.AVISOS_DIAS)
    viejos = Aviso.objects.filter(leido_en__isnull=False, creado_en__lt=limite)
    borrados = viejos.exclude(correo__estado__in=POR_SALIR).delete()[0]
    vacios = CorreoDeAviso.objects.filter(creado_en__lt=limite, avisos__isnull=True)
    vacios.exclude(estado__in=POR_SALIR).delete()
    return borrados
