"""Lo que cada quien hace con su bandeja. Lo de otra cuenta no existe."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sibis.avisos.models import Aviso, PreferenciaDeAvisos
from sibis.cuentas.models import Usuario


@transaction.atomic
def marcar_leido(*, pk: int, por: Usuario) -> Aviso:
    """Levanta Aviso.DoesNotExist si no es suyo. La primera lectura es la que cuenta."""
    aviso = Aviso.objects.select_for_update().get(pk=pk, para=por)
    if aviso.leido_en is None:
        aviso.leido_en = timezone.now()
        aviso.save(update_fields=["leido_en"])
    return aviso


@transaction.atomic
def marcar_todos(*, hasta: int, por: Usuario) -> int:
    """Los que existían cuando miró (`hasta`); los que llegaron después siguen sin leer."""
    suyos = Aviso.objects.filter(para=por, pk__lte=hasta).no_leidos()
    return suyos.update(leido_en=timezone.now())


@transaction.atomic
def preferir(*, correo: str, por: Usuario) -> PreferenciaDeAvisos:
    """Vale para los avisos que vengan; los de antes salen como se había dicho."""
    preferencia, _nueva = PreferenciaDeAvisos.objects.update_or_create(
        usuario=por, defaults={"correo": correo}
    )
    return preferencia
