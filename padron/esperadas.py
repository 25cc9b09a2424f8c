"""A quién se espera en una jornada: los registros vivos de su programa y año, de sus letras y alcaldías.

Se pregunta en SQL y por carga, que es como está partida la tabla: un millón y medio de registros se
leen en menos de un segundo sin un índice más que la carga tuviera que pagar.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from padron import letras
from padron.models import Carga, JornadaDeEntrega

APELLIDO = """coalesce(
    nullif(ltrim(r.primer_apellido, ' '), ''), nullif(ltrim(r.denominacion, ' '), ''),
    nullif(ltrim(r.nombres, ' '), '')
)"""
# El lugar de la letra en el abecedario, como `letras.letra_de`: lo que no es letra va con la última.
LUGAR = f"""coalesce(nullif(strpos(
    '{letras.ALFABETO}',
    upper(translate(left({APELLIDO}, 1), '{letras.CON_MARCA}', '{letras.SIN_MARCA}'))
), 0), {len(letras.ALFABETO)})"""
# Cuál ministración se anota: la de la jornada o, si no dice, la que trae el registro.
MINISTRACION = """(CASE WHEN %(ministracion)s > 0 THEN %(ministracion)s
    ELSE coalesce(r.ministracion, 0) END)::smallint"""
VIVOS = """r.ejercicio = %(ejercicio)s AND r.carga_id = ANY (%(cargas)s)
    AND (%(ministracion)s = 0 OR r.ministracion IS NULL OR r.ministracion = %(ministracion)s)"""
DE_SUS_LETRAS = f"""({LUGAR}) BETWEEN %(lugar_desde)s AND %(lugar_hasta)s
    AND (%(alcaldias)s::text[] = '{{}}' OR r.alcaldia = ANY (%(alcaldias)s))"""
# Quien ya recibió lo mismo con el registro de una carga que se sustituyó no lo recibe dos veces.
SIN_RECIBIRLO_ANTES = f"""(%(antes)s::bigint[] = '{{}}' OR NOT EXISTS (
    SELECT 1 FROM padron_entrega e JOIN padron_registro v ON v.id = e.registro_id
        AND v.carga_id = e.carga_id AND v.ejercicio = e.ejercicio
    WHERE e.ejercicio = %(ejercicio)s AND e.carga_id = ANY (%(antes)s)
        AND v.ejercicio = %(ejercicio)s AND v.carga_id = ANY (%(antes)s)
        AND e.apoyo = %(parte)s AND e.ministracion = {MINISTRACION}
        AND e.estado IN ('entregada', 'reentregada')
        AND NOT EXISTS (
            SELECT 1 FROM padron_entrega d WHERE d.ejercicio = e.ejercicio
                AND d.registro_id = e.registro_id AND d.ministracion = e.ministracion
                AND d.apoyo = e.apoyo AND d.anterior = e.orden
        )
        AND coalesce(v.curp, v.folio) = coalesce(r.curp, r.folio)
))"""  # noqa: S608


def cargas_vivas(jornada: JornadaDeEntrega) -> list[int]:
    return list(_cargas(jornada).aplicadas().values_list("pk", flat=True))


def cargas_de_antes(jornada: JornadaDeEntrega) -> list[int]:
    """Las que se sustituyeron después de entregar algo con ellas."""
    return list(_cargas(jornada).filter(estado="sustituida").values_list("pk", flat=True))


def _cargas(jornada: JornadaDeEntrega) -> Any:
    suyas = Carga.objects.filter(programa=jornada.programa_id, ejercicio=jornada.ejercicio)
    return suyas.filter(periodo=jornada.periodo) if jornada.periodo else suyas


def parametros(jornada: JornadaDeEntrega) -> dict[str, Any]:
    return {
        "ejercicio": jornada.ejercicio,
        "cargas": cargas_vivas(jornada),
        "antes": cargas_de_antes(jornada),
        "ministracion": jornada.ministracion,
        "parte": jornada.apoyo,
        "lugar_desde": letras.lugar(jornada.letra_desde) + 1,
        "lugar_hasta": letras.lugar(jornada.letra_hasta) + 1,
        "alcaldias": list(jornada.alcaldias),
    }


@dataclass(frozen=True, slots=True)
class Esperadas:
    total: int
    por_letra: dict[str, int]


def contar(jornada: JornadaDeEntrega) -> Esperadas:
    return contar_varias([jornada])[jornada.pk]


def contar_varias(jornadas: Iterable[JornadaDeEntrega]) -> dict[int, Esperadas]:
    """Lo mismo para muchas del mismo programa y año, con una sola lectura de sus registros."""
    lista = list(jornadas)
    if not lista:
        return {}
    suyas = Carga.objects.filter(programa=lista[0].programa_id, ejercicio=lista[0].ejercicio)
    periodos = dict(suyas.aplicadas().values_list("pk", "periodo"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {LUGAR}, r.alcaldia, r.ministracion, r.carga_id, count(*) "  # noqa: S608
            "FROM padron_registro r WHERE r.ejercicio = %(ejercicio)s "
            "AND r.carga_id = ANY (%(cargas)s) GROUP BY 1, 2, 3, 4",
            {"ejercicio": lista[0].ejercicio, "cargas": list(periodos)},
        )
        montones = [Monton(*renglon) for renglon in cursor.fetchall()]
    return {j.pk: _sumar(j, [m for m in montones if m.es_de(j, periodos)]) for j in lista}


@dataclass(frozen=True, slots=True)
class Monton:
    """Cuántos registros comparten letra, alcaldía, ministración y carga."""

    lugar: int
    alcaldia: str | None
    ministracion: int | None
    carga: int
    cuantos: int

    def es_de(self, jornada: JornadaDeEntrega, periodos: dict[int, str]) -> bool:
        return (
            jornada.le_toca(letras.ALFABETO[self.lugar - 1])
            and (not jornada.alcaldias or self.alcaldia in jornada.alcaldias)
            and (not jornada.periodo or periodos[self.carga] == jornada.periodo)
            and (not jornada.ministracion or self.ministracion in {None, jornada.ministracion})
        )


def _sumar(jornada: JornadaDeEntrega, montones: list[Monton]) -> Esperadas:
    por_letra: dict[str, int] = {}
    for monton in sorted(montones, key=lambda m: m.lugar):
        letra = letras.ALFABETO[monton.lugar - 1]
        por_letra[letra] = por_letra.get(letra, 0) + monton.cuantos
    return Esperadas(sum(por_letra.values()), por_letra)


def cuantas_por_letra(programa: int, ejercicio: int, periodo: str = "") -> dict[str, int]:
    """De todo el padrón del año: con esto se reparte el abecedario en días parejos."""
    return contar(
        JornadaDeEntrega(pk=0, programa_id=programa, ejercicio=ejercicio, periodo=periodo)
    ).por_letra
