"""Un código de un solo uso se usa una sola vez, aunque se caiga la caché donde allauth lo anota."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

_ULTIMO = "ultimo_periodo"


@transaction.atomic
def gastar(autenticador: Authenticator, codigo: str) -> bool:
    """Anota el periodo del código. Falso si ese periodo, o uno posterior, ya se usó."""
    if autenticador.type != Authenticator.Type.TOTP:
        return True  # los códigos de respaldo se tachan solos
    autenticador = Authenticator.objects.select_for_update().get(pk=autenticador.pk)
    periodo = _periodo(decrypt(autenticador.data["secret"]), codigo)
    if periodo is None or periodo <= autenticador.data.get(_ULTIMO, 0):
        return False
    autenticador.data[_ULTIMO] = periodo
    autenticador.save(update_fields=["data"])
    return True


def _periodo(secreto: str, codigo: str) -> int | None:
    return next(
        (
            periodo
            for periodo in yield_hotp_counters_from_time()
            if compare_user_code(
                actual=codigo, expected=format_hotp_value(hotp_value(secreto, periodo))
            )
        ),
        None,
    )
