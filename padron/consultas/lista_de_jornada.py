"""La lista de un día, renglón a renglón: un millón no cabe en memoria y no hace falta que quepa."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from padron.esperadas import APELLIDO, DE_SUS_LETRAS, LUGAR, MINISTRACION, VIVOS, parametros
from padron.estados_de_entrega import EstadoEntrega
from padron.models import JornadaDeEntrega

TANDA = 2_000
_LISTA = f"""
    SELECT r.folio, r.curp, coalesce(r.denominacion, r.primer_apellido), r.segundo_apellido,
        r.nombres, r.tutor_nombre, r.apoyo, coalesce(%(monto)s::numeric, r.monto), u.estado
    FROM padron_registro r LEFT JOIN LATERAL (
        SELECT e.estado FROM padron_entrega e WHERE e.ejercicio = %(ejercicio)s
            AND e.registro_id = r.id AND e.ministracion = {MINISTRACION} AND e.apoyo = %(parte)s
        ORDER BY e.orden DESC LIMIT 1
    ) u ON true
    WHERE {VIVOS} AND {DE_SUS_LETRAS}
    ORDER BY {LUGAR}, {APELLIDO}, r.segundo_apellido, r.nombres, r.id
"""  # noqa: S608


def encabezado() -> list[str]:
    return [
        *(_("Folio"), _("CURP"), _("Primer apellido o denominación"), _("Segundo apellido")),
        *(_("Nombres"), _("Quien tutela"), _("Apoyo"), _("Monto"), _("Qué se anotó"), _("Firma")),
    ]


def renglones(jornada: JornadaDeEntrega) -> Iterator[list[str]]:
    """En el orden en que la gente se forma: letra, apellidos, nombre."""
    dichos = {str(v): str(n) for v, n in EstadoEntrega.choices}
    with connection.chunked_cursor() as cursor:
        cursor.itersize = TANDA
        cursor.execute(_LISTA, parametros(jornada) | {"monto": jornada.monto})
        for *celdas, monto, estado in cursor:
            montado = "" if monto is None else f"{monto:.2f}"
            yield [*("" if c is None else c for c in celdas), montado, dichos.get(estado, ""), ""]
