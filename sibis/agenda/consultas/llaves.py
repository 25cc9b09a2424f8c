"""De la llave que trae una dirección, de quién es. Solo se conoce su huella."""

from __future__ import annotations

import hashlib
import hmac

from sibis.agenda.models import LlaveDeAgenda
from sibis.cuentas.models import Usuario

LARGO_MAXIMO = 200


def huella(llave: str) -> str:
    return hashlib.sha256(llave.encode(errors="surrogatepass")).hexdigest()


def de_llave(llave: str) -> LlaveDeAgenda | None:
    """La viva de una cuenta activa. Buena o mala, cuesta lo mismo: una huella y una consulta.

    Se busca por huella, no por la llave: medir cuánto tarda no acerca a adivinarla.
    """
    buscada = huella(llave[:LARGO_MAXIMO])
    hallada = (
        LlaveDeAgenda.objects.vivas()
        .filter(huella=buscada, usuario__is_active=True)
        .select_related("usuario")
        .first()
    )
    if hallada is None or not hmac.compare_digest(hallada.huella, buscada):
        return None
    return hallada


def viva_de(usuario: Usuario) -> LlaveDeAgenda | None:
    return LlaveDeAgenda.objects.vivas().filter(usuario=usuario).first()
