"""Lo que quedó de pasadas que ya nadie va a seguir: carpetas y tablas sueltas."""

from __future__ import annotations

import re
import shutil

from django.db import connection, transaction

from padron.estados import PASADAS_ABIERTAS
from padron.importacion import tabla, trabajo
from padron.models import Carga, Pasada

_SUELTA = re.compile(r"padron_registro_c(\d+)_p(\d+)")


def barrer() -> int:
    """Cuántas cosas quitó. Lo que una pasada abierta o vigente usa no se toca."""
    return _carpetas() + _tablas()


def _carpetas() -> int:
    abiertas = {
        f"{carga}-{numero}"
        for carga, numero in Pasada.objects.filter(estado__in=PASADAS_ABIERTAS).values_list(
            "carga_id", "numero"
        )
    }
    sobran = [ruta for ruta in trabajo.quedadas() if ruta.name not in abiertas]
    for ruta in sobran:
        shutil.rmtree(ruta, ignore_errors=True)
    return len(sobran)


def _tablas() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT relispartition "
            "AND relname ~ '^padron_registro_c[0-9]+_p[0-9]+$'"
        )
        sueltas = [nombre for (nombre,) in cursor.fetchall()]
    return sum(_quitar_si_sobra(nombre) for nombre in sueltas)


@transaction.atomic
def _quitar_si_sobra(nombre: str) -> bool:
    hallado = _SUELTA.fullmatch(nombre)
    if hallado is None:
        return False
    carga = Carga.objects.select_for_update(of=("self",)).filter(pk=int(hallado[1])).first()
    pasada = Pasada.objects.filter(carga=carga, numero=int(hallado[2])).first()
    if carga is not None and pasada is not None:
        vigente = carga.esta_en_curso and carga.pasada_id == pasada.pk
        if vigente or pasada.estado in PASADAS_ABIERTAS:
            return False
    tabla.quitar(nombre)
    return True
