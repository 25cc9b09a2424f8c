"""Abrir la carpeta de un asunto y mantener su rótulo."""

from __future__ import annotations

from sibis.cuentas.models import Dependencia
from sibis.expedientes.models import Expediente


def abrir(*, clase: str, dependencia: Dependencia | int, titulo: str, url: str = "") -> Expediente:
    """Una carpeta nueva. Quien la pide guarda la llave en su renglón, en la misma transacción."""
    llave = dependencia if isinstance(dependencia, int) else dependencia.pk
    return Expediente.objects.create(
        clase=clase, dependencia_id=llave, titulo=titulo[:300], url=url
    )


def rotular(expediente: Expediente, *, titulo: str, url: str) -> None:
    """El asunto cambió de nombre o ya tiene dirección."""
    if (expediente.titulo, expediente.url) == (titulo[:300], url):
        return
    expediente.titulo, expediente.url = titulo[:300], url
    expediente.save(update_fields=["titulo", "url"])
