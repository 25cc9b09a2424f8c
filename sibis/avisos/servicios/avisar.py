"""Contarle un hecho a varias personas del personal, a cada una una sola vez."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from sibis.avisos import tasks
from sibis.avisos.models.aviso import LARGOS
from sibis.bitacora.datos_personales import DatoPersonalEnBitacora, exigir_sin_datos_personales
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio


class AvisoImposible(ErrorDeNegocio):
    """Lo que se quiso avisar no se puede decir así."""


# La misma regla que RUTA_PROPIA, que es de PostgreSQL.
_RUTA = re.compile(r"/([^/\\\s][^\\\s]*)?")
_SE_RECORTAN = ("titulo", "texto")
# Una orden para todas: ni una consulta por persona, ni una carrera con quien avise lo mismo a la vez.
# En orden de llave, para que dos que avisen lo mismo no se esperen en círculo.
_AVISAR = """
    INSERT INTO avisos_aviso
        (para_id, clase, hecho, titulo, texto, url, urgente, por_correo, creado_en)
    SELECT u.id, %(clase)s, %(hecho)s, %(titulo)s, %(texto)s, %(url)s, %(urgente)s,
        CASE WHEN %(urgente)s THEN 'al_momento' ELSE COALESCE(p.correo, 'al_momento') END, %(ahora)s
    FROM cuentas_usuario u LEFT JOIN avisos_preferenciadeavisos p ON p.usuario_id = u.id
    WHERE u.id = ANY(%(para)s) AND u.is_active AND u.id IS DISTINCT FROM %(por)s
    ORDER BY u.id
    ON CONFLICT (para_id, hecho) DO NOTHING
"""


@transaction.atomic
def avisar(
    *,
    para: Iterable[Usuario],
    clase: str,
    hecho: str,
    titulo: str,
    texto: str = "",
    url: str,
    urgente: bool = False,
    por: Usuario | None = None,
) -> int:
    """A cuántas personas se les dijo por primera vez.

    `hecho` es la identidad de lo que pasó («regla:12:observada:3»): el mismo no se cuenta dos veces a
    nadie. Se salta a `por` (nadie se entera de lo suyo) y a las cuentas suspendidas. Título y texto
    largos se recortan. Va en la transacción de quien llama: si su acto se deshace, no hay aviso.
    """
    datos = {"clase": clase, "hecho": hecho, "titulo": titulo, "texto": texto, "url": url}
    limpios = {campo: str(valor).strip() for campo, valor in datos.items()}
    _exigir_que_se_pueda_decir(limpios)
    recortes = {campo: Truncator(limpios[campo]).chars(LARGOS[campo]) for campo in _SE_RECORTAN}
    llaves = sorted({usuario.pk for usuario in para})
    if not llaves:
        return 0
    resto: dict[str, Any] = {
        "para": llaves,
        "urgente": urgente,
        "por": por.pk if por else None,
        "ahora": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_AVISAR, {**limpios, **recortes, **resto})
        cuantas = int(cursor.rowcount)
    if cuantas:
        # Sin Redis no falla nada de lo ya guardado: el reloj vuelve a tocar cada minuto.
        transaction.on_commit(tasks.repartir.delay, robust=True)
    return cuantas


def _exigir_que_se_pueda_decir(datos: dict[str, str]) -> None:
    if not (datos["clase"] and datos["hecho"] and datos["titulo"]):
        raise AvisoImposible(_("Un aviso dice de qué clase es, qué pasó y su título."))
    for campo, largo in LARGOS.items():
        if campo not in _SE_RECORTAN and len(datos[campo]) > largo:
            raise AvisoImposible(
                _("«%(campo)s» de un aviso no pasa de %(largo)s letras.")
                % {"campo": campo, "largo": largo}
            )
    if not _RUTA.fullmatch(datos["url"]):
        raise AvisoImposible(_("Un aviso lleva a una página de este sitio."))
    try:
        exigir_sin_datos_personales(list(datos.values()))
    except DatoPersonalEnBitacora as error:
        raise AvisoImposible(
            _(
                "El aviso trae lo que parece una CURP, una CLABE o un correo, y no se mandó. Di de "
                "qué objeto se trata, con su folio o su nombre público."
            )
        ) from error
