"""Anotar muchas entregas de una vez: INSERT … SELECT y sus cuentas, en la transacción de quien llama.

Lo que ya está anotado se salta: repetir no anota dos veces, y si alguien anota a una persona mientras
corre, gana quien llegó primero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from padron import esperadas
from padron.models import JornadaDeEntrega, LoteDeEntregas

Que = LoteDeEntregas.Que

_ESTA_EN_LA_LISTA = """EXISTS (
    SELECT 1 FROM padron_registrodelote l WHERE l.lote_id = %(lote)s AND l.registro_id = r.id
)"""
# De cada registro, lo último que se anotó de ese apoyo.
_ULTIMA = f"""LEFT JOIN LATERAL (
    SELECT e.orden, e.estado FROM padron_entrega e
    WHERE e.ejercicio = %(ejercicio)s AND e.registro_id = r.id
        AND e.ministracion = {esperadas.MINISTRACION} AND e.apoyo = %(parte)s
    ORDER BY e.orden DESC LIMIT 1
) u ON true"""  # noqa: S608  (solo lo escrito aquí)
_MONTO = "nullif(CASE WHEN %(lleva_monto)s THEN coalesce(%(monto)s::numeric, r.monto) END, 0)"
_DE_LA_LISTA = f"{esperadas.VIVOS} AND {_ESTA_EN_LA_LISTA}"
_FALTA_ENTREGAR = (
    f"(u.estado IS NULL OR u.estado = 'no_recogida') AND {esperadas.SIN_RECIBIRLO_ANTES}"
)


def _por_entregar(filtro: str) -> str:
    return f"""
    SELECT r.id, r.carga_id, {esperadas.MINISTRACION} AS ministracion,
        coalesce(u.orden, 0) + 1 AS orden, u.orden AS anterior, u.estado AS estado_anterior,
        'entregada' AS estado, %(instrumento)s::bigint AS instrumento_id, {_MONTO} AS monto,
        CASE WHEN {_MONTO} IS NULL OR %(especie)s <> ''
            THEN left(coalesce(nullif(%(especie)s, ''), r.apoyo, %(nombre_de_instrumento)s), 200)
            ELSE '' END AS especie,
        coalesce(r.monto < {_MONTO}, false) AS de_mas
    FROM padron_registro r {_ULTIMA} WHERE {filtro} AND {_FALTA_ENTREGAR}
    """  # noqa: S608


_NO_RECOGIERON = f"""
    SELECT r.id, r.carga_id, {esperadas.MINISTRACION} AS ministracion, 1 AS orden,
        NULL::smallint AS anterior, NULL::text AS estado_anterior, 'no_recogida' AS estado,
        %(instrumento)s::bigint AS instrumento_id, NULL::numeric AS monto, '' AS especie,
        false AS de_mas
    FROM padron_registro r {_ULTIMA} WHERE {_DE_LA_LISTA} AND u.estado IS NULL
"""  # noqa: S608


def _por_devolver(filtro: str) -> str:
    return f"""
    SELECT e.registro_id AS id, e.carga_id, e.ministracion, e.orden + 1 AS orden,
        e.orden AS anterior, e.estado AS estado_anterior, 'devuelta' AS estado, e.instrumento_id,
        e.monto, e.especie, false AS de_mas
    FROM padron_entrega e WHERE e.ejercicio = %(ejercicio)s AND {filtro}
        AND e.estado IN ('entregada', 'reentregada') AND NOT EXISTS (
            SELECT 1 FROM padron_entrega d WHERE d.ejercicio = e.ejercicio
                AND d.registro_id = e.registro_id AND d.ministracion = e.ministracion
                AND d.apoyo = e.apoyo AND d.anterior = e.orden
        )
    """  # noqa: S608


_DE_LA_LISTA_ENTREGADAS = """e.apoyo = %(parte)s
    AND (%(ministracion)s = 0 OR e.ministracion = %(ministracion)s)
    AND e.registro_id IN (SELECT registro_id FROM padron_registrodelote WHERE lote_id = %(lote)s)"""

_CUALES: dict[str, tuple[str, ...]] = {
    Que.TODAS_MENOS: (
        _por_entregar(
            f"{esperadas.VIVOS} AND {esperadas.DE_SUS_LETRAS} AND NOT {_ESTA_EN_LA_LISTA}"
        ),
        _NO_RECOGIERON,
    ),
    Que.ENTREGAR_LISTA: (_por_entregar(_DE_LA_LISTA),),
    Que.NO_RECOGIO_LISTA: (_NO_RECOGIERON,),
    Que.DEVOLVER_LISTA: (_por_devolver(_DE_LA_LISTA_ENTREGADAS),),
    Que.DESHACER_LOTE: (_por_devolver("e.lote_id = %(origen)s"),),
}
_ANOTAR = """
    WITH nuevas AS (
        INSERT INTO padron_entrega (
            registro_id, carga_id, ejercicio, ministracion, apoyo, orden, anterior, estado,
            estado_anterior, jornada_id, lote_id, instrumento_id, monto, especie, fecha, recibe,
            motivo, momento, anotada_por_id
        )
        SELECT c.id, c.carga_id, %(ejercicio)s, c.ministracion, %(parte)s, c.orden, c.anterior,
            c.estado, c.estado_anterior, %(jornada)s, %(lote)s, c.instrumento_id, c.monto, c.especie,
            %(fecha)s, 'titular', %(motivo)s, %(momento)s, %(por)s
        FROM ({cuales}) c
        ON CONFLICT DO NOTHING
        RETURNING estado, estado_anterior, monto
    )
    SELECT estado, count(*), count(*) FILTER (WHERE estado_anterior = 'no_recogida'),
        coalesce(sum(monto), 0)
    FROM nuevas GROUP BY estado
"""
_PREVER = """
    SELECT estado, count(*), count(*) FILTER (WHERE estado_anterior = 'no_recogida'),
        coalesce(sum(monto), 0), count(*) FILTER (WHERE de_mas)
    FROM ({cuales}) c GROUP BY estado
"""


@dataclass(slots=True)
class Sumas:
    """Cuántas de cada cosa, y cuánto dinero."""

    entregadas: int = 0
    no_recogidas: int = 0
    devueltas: int = 0
    reentregadas: int = 0
    recogidas_despues: int = 0
    monto_entregado: Decimal = Decimal(0)
    monto_devuelto: Decimal = Decimal(0)
    de_mas: int = 0

    @property
    def total(self) -> int:
        return self.entregadas + self.no_recogidas + self.devueltas + self.reentregadas

    @property
    def monto(self) -> Decimal:
        return self.monto_entregado + self.monto_devuelto

    def agregar(self, estado: str, cuantas: int, despues: int, monto: Decimal) -> None:
        plural = {"entregada": "entregadas", "no_recogida": "no_recogidas"}.get(
            estado, f"{estado}s"
        )
        setattr(self, plural, getattr(self, plural) + cuantas)
        if estado == "devuelta":
            self.monto_devuelto += monto
        else:
            self.monto_entregado += monto
            self.recogidas_despues += despues


_CUENTAS = (
    *("entregadas", "no_recogidas", "devueltas", "reentregadas", "recogidas_despues"),
    *("monto_entregado", "monto_devuelto"),
)


def sumar_a(jornada_id: int, sumas: Sumas) -> None:
    """Sube las cuentas de la jornada en lo recién anotado, en su misma transacción."""
    JornadaDeEntrega.objects.filter(pk=jornada_id).update(
        **{cuenta: F(cuenta) + getattr(sumas, cuenta) for cuenta in _CUENTAS}
    )


def prever(lote: LoteDeEntregas) -> Sumas:
    """Lo que se anotaría si fuera en este momento. No escribe."""
    sumas = Sumas()
    with connection.cursor() as cursor:
        for cuales in _CUALES[lote.que]:
            cursor.execute(
                _PREVER.format(cuales=cuales),
                _parametros(lote),
            )
            for estado, cuantas, despues, monto, de_mas in cursor.fetchall():
                sumas.agregar(estado, cuantas, despues, monto)
                sumas.de_mas += de_mas
    return sumas


def anotar(lote: LoteDeEntregas) -> Sumas:
    """Anota el lote. Quien llama ya apartó lote y jornada."""
    sumas = Sumas()
    with connection.cursor() as cursor:
        for cuales in _CUALES[lote.que]:
            cursor.execute(_ANOTAR.format(cuales=cuales), _parametros(lote))
            for renglon in cursor.fetchall():
                sumas.agregar(*renglon)
    sumar_a(lote.jornada_id, sumas)
    return sumas


def contar_esperadas(jornadas: Iterable[JornadaDeEntrega]) -> None:
    """Cuántas personas se esperan hoy en cada una, y por letra. Son del mismo programa y año."""
    lista = list(jornadas)
    contadas, ahora = esperadas.contar_varias(lista), timezone.now()
    for jornada in lista:
        suyas = contadas[jornada.pk]
        jornada.esperadas, jornada.esperadas_por_letra = suyas.total, suyas.por_letra
        jornada.contada_en = ahora
    JornadaDeEntrega.objects.bulk_update(
        lista, ["esperadas", "esperadas_por_letra", "contada_en"], batch_size=200
    )


def contar_las_del_programa(programa: int, ejercicio: int) -> None:
    """Después de aplicar una carga: las jornadas ya planeadas esperan a quienes acaban de entrar."""
    contar_esperadas(
        JornadaDeEntrega.objects.filter(programa=programa, ejercicio=ejercicio).exclude(
            estado="cancelada"
        )
    )


def _parametros(lote: LoteDeEntregas) -> dict[str, Any]:
    jornada, instrumento = lote.jornada, lote.jornada.instrumento
    return esperadas.parametros(jornada) | {
        "lote": lote.pk,
        "origen": lote.origen_id,
        "jornada": jornada.pk,
        "instrumento": instrumento.pk,
        "nombre_de_instrumento": instrumento.nombre,
        "lleva_monto": instrumento.lleva_monto,
        "monto": jornada.monto,
        "especie": jornada.especie,
        "fecha": lote.fecha,
        "motivo": lote.motivo,
        "momento": timezone.now(),
        "por": lote.confirmado_por_id or lote.preparado_por_id,
    }
