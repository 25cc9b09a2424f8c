"""En qué difiere una carga de otra ya aplicada: renglones, dinero y cuántas personas entran o salen.

Solo cuentas: aquí no aparece nadie. Lo comparado no cambia (una pasada terminada y una carga aplicada),
así que la cuenta se guarda un día y volver a mirar la página no la repite.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.db import connection
from psycopg import sql

from padron.consultas.periodos import en_palabras, orden
from padron.estados import FUERON_APLICADAS
from padron.models import Carga

UN_DIA = 86_400


@dataclass(frozen=True, slots=True)
class Comparacion:
    """Contra `folios`. `entran`, `siguen` y `salen` se cuentan por CURP; `sin_curp` no se puede comparar."""

    con_la_que_sustituye: bool
    de_cuando: str
    folios: tuple[str, ...]
    filas_antes: int
    filas: int
    monto_antes: Decimal
    monto: Decimal
    entran: int
    siguen: int
    salen: int
    sin_curp: int

    @property
    def diferencia(self) -> int:
        return self.filas - self.filas_antes

    @property
    def diferencia_de_monto(self) -> Decimal:
        return self.monto - self.monto_antes


def comparaciones(carga: Carga) -> list[Comparacion]:
    """Con la que sustituye, si sustituye a una; y con el periodo anterior, si lo hay aplicado."""
    halladas = []
    if carga.sustituye is not None:
        halladas.append(_comparar(carga, [carga.sustituye], sustituye=True))
    if anteriores := _del_periodo_anterior(carga):
        halladas.append(_comparar(carga, anteriores, sustituye=False))
    return [c for c in halladas if c is not None]


def _del_periodo_anterior(carga: Carga) -> list[Carga]:
    """Las aplicadas del último periodo que termina antes que el suyo."""
    suyo = orden(carga.ejercicio, carga.periodo)
    aplicadas = [
        c
        for c in Carga.objects.aplicadas().filter(programa=carga.programa_id).exclude(pk=carga.pk)
        if orden(c.ejercicio, c.periodo) < suyo
    ]
    if not aplicadas:
        return []
    ultimo = max(orden(c.ejercicio, c.periodo) for c in aplicadas)
    return [c for c in aplicadas if orden(c.ejercicio, c.periodo) == ultimo]


def _comparar(carga: Carga, otras: list[Carga], *, sustituye: bool) -> Comparacion | None:
    suyos = _origen(carga)
    if suyos is None:
        return None
    llaves = [otra.pk for otra in otras]
    recuerdo = f"padron:comparacion:{carga.pk}:{carga.pasada_id}:{'-'.join(map(str, llaves))}"
    cuentas = cache.get(recuerdo)
    if cuentas is None:
        cuentas = _contar(suyos, llaves)
        cache.set(recuerdo, cuentas, UN_DIA)
    return Comparacion(
        con_la_que_sustituye=sustituye,
        de_cuando=f"{en_palabras(otras[0].periodo)}, {otras[0].ejercicio}",
        folios=tuple(otra.folio for otra in otras),
        **cuentas,
    )


def _origen(carga: Carga) -> sql.Composable | None:
    """Sus registros: en el padrón si ya entró; si no, en la tabla suelta de su pasada."""
    if carga.estado in FUERON_APLICADAS:
        return sql.SQL("(SELECT * FROM padron_registro WHERE carga_id = {})").format(
            sql.Literal(carga.pk)
        )
    if carga.pasada is None or not carga.pasada.tabla:
        return None
    return sql.Identifier(carga.pasada.tabla)


def _contar(suyos: sql.Composable, otras: list[int]) -> dict[str, Any]:
    """Dos vueltas a los suyos y dos a los otros, por conjuntos: un millón tarda un par de segundos."""
    consulta = sql.SQL(
        """
        WITH estos AS (SELECT DISTINCT curp FROM {suyos} s WHERE curp IS NOT NULL),
             otros AS (SELECT DISTINCT curp FROM padron_registro
                       WHERE carga_id = ANY(%(otras)s) AND curp IS NOT NULL),
             juntos AS (SELECT e.curp IS NOT NULL AS en_estos, o.curp IS NOT NULL AS en_otros
                        FROM estos e FULL JOIN otros o USING (curp))
        SELECT (SELECT count(*) FROM {suyos} s),
               (SELECT coalesce(sum(monto), 0) FROM {suyos} s),
               (SELECT count(*) FROM {suyos} s WHERE curp IS NULL),
               (SELECT count(*) FROM padron_registro WHERE carga_id = ANY(%(otras)s)),
               (SELECT coalesce(sum(monto), 0) FROM padron_registro WHERE carga_id = ANY(%(otras)s)),
               count(*) FILTER (WHERE en_estos AND NOT en_otros),
               count(*) FILTER (WHERE en_estos AND en_otros),
               count(*) FILTER (WHERE en_otros AND NOT en_estos)
        FROM juntos
        """
    ).format(suyos=suyos)
    with connection.cursor() as cursor:
        cursor.execute(consulta.as_string(), {"otras": otras})
        fila = cursor.fetchone()
    nombres = (
        "filas",
        "monto",
        "sin_curp",
        "filas_antes",
        "monto_antes",
        "entran",
        "siguen",
        "salen",
    )
    return dict(zip(nombres, fila, strict=True))
