"""Confirmar que lo copiado de otro año se leyó y sigue igual."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from programas.models import CampoRevisado, ReglaOperacion
from programas.servicios.captura import exigir_edicion
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario


@transaction.atomic
def confirmar(regla: ReglaOperacion, campos: Iterable[str], *, por: Usuario) -> None:
    """Deja dicho quién lo leyó. Repetirlo no cambia nada."""
    exigir_edicion(regla, por=por)
    ya = set(regla.revisados.values_list("campo", flat=True))
    nuevos = [campo for campo in campos if campo not in ya]
    if not nuevos:
        return
    CampoRevisado.objects.bulk_create(
        [CampoRevisado(regla=regla, campo=campo, quien=por) for campo in nuevos],
        ignore_conflicts=True,
    )
    registrar(
        "regla.revisada",
        regla,
        por=por,
        dependencia=regla.dependencia.clave,
        ejercicio=regla.ejercicio,
        version=regla.version,
        campos=nuevos,
    )
