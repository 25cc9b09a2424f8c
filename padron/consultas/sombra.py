"""Qué cambiaría: lo que una carga tiene hallado contra lo que hallaría una revisión de sombra.

Se comparan números de fila y códigos. La cuenta se hace en la base: un millón de diferencias no cuesta
más memoria que una.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet

from padron.estados import FUERON_APLICADAS, REVISADAS, EstadoPasada
from padron.models import Carga, Pasada
from padron.validacion.patrones import mensaje_de
from padron.validacion.regla import Regla
from programas.models import ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede

POR_PAGINA = 50
DEJARIAN_DE_ENTRAR, ENTRARIAN, CAMBIARIAN = "dejarian", "entrarian", "cambiarian"
_CLASES = {
    DEJARIAN_DE_ENTRAR: "NOT antes_bloquea AND despues_bloquea",
    ENTRARIAN: "antes_bloquea AND NOT despues_bloquea",
    CAMBIARIAN: "antes_bloquea = despues_bloquea",
}
# Lo que solo informa no cambia el destino de nadie.
_DIFERENTES = """
    WITH antes AS (
        SELECT fila, array_agg(DISTINCT codigo || ':' || columna) AS hallado,
               bool_or(severidad = 'bloquea') AS bloquea
        FROM padron_hallazgo WHERE pasada_id = %(antes)s AND severidad <> 'informa' GROUP BY fila
    ), despues AS (
        SELECT fila, array_agg(DISTINCT codigo || ':' || columna) AS hallado,
               bool_or(severidad = 'bloquea') AS bloquea
        FROM padron_hallazgo WHERE pasada_id = %(despues)s AND severidad <> 'informa' GROUP BY fila
    ), distintas AS (
        SELECT coalesce(a.fila, d.fila) AS fila, coalesce(a.hallado, '{}') AS antes,
               coalesce(d.hallado, '{}') AS despues, coalesce(a.bloquea, false) AS antes_bloquea,
               coalesce(d.bloquea, false) AS despues_bloquea
        FROM antes a FULL JOIN despues d USING (fila)
        WHERE a.hallado IS DISTINCT FROM d.hallado
    )
"""


# Quien entrega o confirma padrones en su dependencia, y quien revisa reglas. Lo que se compara son
# números de fila y códigos, nunca datos de nadie.
_PERMISOS = (Permiso.PADRON_CARGAR, Permiso.PADRON_CONFIRMAR, Permiso.REGLA_OBSERVAR)


def puede_comparar(usuario: Usuario, dependencia_id: int) -> bool:
    return any(puede(usuario, permiso, en=dependencia_id) for permiso in _PERMISOS)


@dataclass(frozen=True, slots=True)
class Dicho:
    codigo: str
    mensaje: str


@dataclass(frozen=True, slots=True)
class FilaQueCambia:
    """`fila` 0 es el archivo entero."""

    fila: int
    antes: tuple[Dicho, ...]
    despues: tuple[Dicho, ...]
    clase: str


@dataclass(frozen=True, slots=True)
class CodigoQueCambia:
    codigo: str
    mensaje: str
    antes: int
    despues: int

    @property
    def diferencia(self) -> int:
        return self.despues - self.antes


@dataclass(frozen=True)
class Comparacion:
    """Cuántas filas cambian de destino, y por qué códigos."""

    carga: Carga
    sombra: Pasada
    dejarian: int
    entrarian: int
    cambiarian: int
    codigos: tuple[CodigoQueCambia, ...]

    @property
    def esta_lista(self) -> bool:
        return self.sombra.estado == EstadoPasada.TERMINADA

    @property
    def sin_cambios(self) -> bool:
        return not (self.dejarian or self.entrarian or self.cambiarian)


def comparables(regla: ReglaOperacion) -> QuerySet[Carga]:
    """Las de su programa y ejercicio que ya se revisaron, con su última sombra."""
    sombras = Pasada.objects.filter(motivo=Pasada.Motivo.SOMBRA).select_related("regla")
    return (
        Carga.objects.filter(
            programa=regla.programa_id,
            ejercicio=regla.ejercicio,
            estado__in=[*FUERON_APLICADAS, *REVISADAS],
            pasada__isnull=False,
        )
        .select_related("pasada", "regla", "dependencia")
        .prefetch_related(Prefetch("pasadas", sombras.order_by("-numero"), to_attr="sombras"))
        .order_by("-pk")
    )


def cuentas(carga: Carga, sombra: Pasada) -> dict[str, int]:
    """Cuántas filas dejarían de entrar, entrarían o solo cambian de aviso."""
    sumas = ", ".join(f"count(*) FILTER (WHERE {c} AND fila > 0)" for c in _CLASES.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_DIFERENTES} SELECT {sumas} FROM distintas",  # noqa: S608
            _pasadas(carga, sombra),
        )
        return dict(zip(_CLASES, cursor.fetchone(), strict=True))


def comparar(carga: Carga, sombra: Pasada, regla: Regla) -> Comparacion:
    """Levanta ValueError si la carga no tiene con qué compararse."""
    return Comparacion(
        carga, sombra, **cuentas(carga, sombra), codigos=_codigos(_pasadas(carga, sombra), regla)
    )


def filas(
    carga: Carga, sombra: Pasada, regla: Regla, *, clase: str = "", desde: int = -1
) -> list[FilaQueCambia]:
    """Una página, en el orden del archivo, a partir de la fila que sigue a `desde`. Una de más dice que hay más."""
    datos = _pasadas(carga, sombra) | {"desde": desde}
    condicion = f"AND {_CLASES[clase]}" if clase in _CLASES else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_DIFERENTES} SELECT fila, antes, despues, antes_bloquea, despues_bloquea FROM distintas "  # noqa: S608
            f"WHERE fila > %(desde)s {condicion} ORDER BY fila LIMIT {POR_PAGINA + 1}",
            datos,
        )
        renglones = cursor.fetchall()
    return [
        FilaQueCambia(fila, _dichos(antes, regla), _dichos(despues, regla), _clase(eran, serian))
        for fila, antes, despues, eran, serian in renglones
    ]


def _pasadas(carga: Carga, sombra: Pasada) -> dict[str, Any]:
    if carga.pasada_id is None or sombra.carga_id != carga.pk:
        raise ValueError("la sombra es de otra carga, o la carga no se ha revisado")
    return {"antes": carga.pasada_id, "despues": sombra.pk}


def _codigos(datos: dict[str, Any], regla: Regla) -> tuple[CodigoQueCambia, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT codigo, columna, count(*) FILTER (WHERE pasada_id = %(antes)s) AS antes,
                   count(*) FILTER (WHERE pasada_id = %(despues)s) AS despues
            FROM padron_hallazgo
            WHERE pasada_id IN (%(antes)s, %(despues)s) AND severidad <> 'informa'
            GROUP BY codigo, columna
            HAVING count(*) FILTER (WHERE pasada_id = %(antes)s)
                <> count(*) FILTER (WHERE pasada_id = %(despues)s)
            ORDER BY 1, 2
            """,
            datos,
        )
        return tuple(
            CodigoQueCambia(codigo, mensaje_de(codigo, columna, regla), antes, despues)
            for codigo, columna, antes, despues in cursor.fetchall()
        )


def _dichos(hallado: list[str], regla: Regla) -> tuple[Dicho, ...]:
    pares = sorted(h.partition(":")[::2] for h in hallado)
    return tuple(Dicho(codigo, mensaje_de(codigo, columna, regla)) for codigo, columna in pares)


def _clase(eran: bool, serian: bool) -> str:
    if eran == serian:
        return CAMBIARIAN
    return ENTRARIAN if eran else DEJARIAN_DE_ENTRAR
