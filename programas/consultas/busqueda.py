"""La búsqueda de programas: PostgreSQL encuentra las palabras; filtrar y contar se hace en memoria."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from django.db import connection

from programas.consultas.filtros import FACETAS, POR_PAGINA, Filtros, Opciones, opciones
from programas.consultas.indice import Conjunto, Indice, huella_de_texto, lugares, parecido
from programas.consultas.interpretacion import Grupo, Interpretacion, interpretar, lexico
from programas.estados import EstadoConvocatoria

# Cuánto vale aparecer en lo demás, en quién y dónde, en cómo se busca y en el nombre.
_PESOS = "'{0.05,0.15,0.5,1.0}'"
# Sin nada exacto se enseña lo que cumple al menos esta parte de lo que cumple lo mejor.
_PARTE_DE_LO_MEJOR = 0.5
_APROXIMADAS_CON_RANGO = 200


@dataclass(frozen=True, slots=True)
class Hallazgos:
    """Llaves de las reglas de la página, en orden, con cuántas hay y las cuentas por faceta."""

    reglas: tuple[int, ...]
    total: int
    facetas: Mapping[str, Mapping[str, int]]
    sin_filtros: int  # cuántas casan con el texto si se quitan todos los filtros
    aproximada: bool
    interpretacion: Interpretacion


@dataclass(frozen=True, slots=True)
class _Hallado:
    """Lo que casa con el texto, antes de filtrar. Sin texto, todo, y nadie tiene puntos."""

    conjunto: Conjunto
    puntos: Mapping[int, float]  # por bit
    exacta: bool


def _consultas(grupos: Sequence[Grupo]) -> str:
    """Las ideas ya leídas por PostgreSQL, en un renglón «c».

    Materializado no es una constante para el planeador, que así va siempre por el índice: con la
    constante a la vista prefiere leer la tabla entera en cuanto la palabra es común, y tarda diez
    veces más.
    """
    columnas = [f"to_tsquery('sibis_es', %s) AS g{i}" for i in range(len(grupos))]
    return f"WITH c AS MATERIALIZED (SELECT {', '.join(columnas)}) "


def _rango(grupos: Sequence[Grupo]) -> str:
    """Qué tan arriba aparece cada idea (nombre antes que detalle), por su peso."""
    return " + ".join(f"%s * ts_rank({_PESOS}, f.vector, c.g{i})" for i in range(len(grupos)))


def _con_todas(interpretacion: Interpretacion) -> dict[int, float]:
    """Las reglas que cumplen todas las ideas: sus puntos son solo qué tan arriba las dicen."""
    grupos = interpretacion.indispensables
    exige = " AND ".join(f"f.vector @@ c.g{i}" for i in range(len(grupos)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_consultas(grupos)} SELECT f.regla_id, {_rango(grupos)} "  # noqa: S608  (trozos fijos de este archivo; lo tecleado va como parámetro)
            f"FROM c, programas_fichapublica f WHERE {exige}",
            [*(g.consulta for g in grupos), *(g.peso for g in grupos)],
        )
        return dict(cursor.fetchall())


def _con_alguna(interpretacion: Interpretacion) -> dict[int, float]:
    """Las que cumplen casi tanto como la mejor: el peso de lo que cumplen y qué tan arriba."""
    grupos = interpretacion.indispensables
    puntos: dict[int, float] = defaultdict(float)
    for grupo, reglas in zip(grupos, _por_idea(grupos), strict=True):
        for regla in reglas:
            puntos[regla] += grupo.peso
    piso = max(puntos.values(), default=0) * _PARTE_DE_LO_MEJOR
    cercanas = {regla: valor for regla, valor in puntos.items() if valor >= piso}
    mejores = sorted(cercanas, key=lambda regla: (-cercanas[regla], regla))
    for regla, rango in _rangos(grupos, mejores[:_APROXIMADAS_CON_RANGO]):
        cercanas[regla] += rango
    return cercanas


def _por_idea(grupos: Sequence[Grupo]) -> Sequence[Sequence[int]]:
    columnas = [
        f"ARRAY(SELECT f.regla_id FROM programas_fichapublica f WHERE f.vector @@ c.g{i})"  # noqa: S608
        for i in range(len(grupos))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_consultas(grupos)} SELECT {', '.join(columnas)} FROM c",  # noqa: S608
            [g.consulta for g in grupos],
        )
        return cursor.fetchone() or ()


def _rangos(grupos: Sequence[Grupo], reglas: list[int]) -> list[tuple[int, float]]:
    if not reglas:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_consultas(grupos)} SELECT f.regla_id, {_rango(grupos)} "  # noqa: S608
            "FROM c, programas_fichapublica f WHERE f.regla_id = ANY(%s)",
            [*(g.consulta for g in grupos), *(g.peso for g in grupos), reglas],
        )
        return cursor.fetchall()


def _buscar_texto(interpretacion: Interpretacion, indice: Indice) -> _Hallado:
    """Las que tienen todas las ideas; si ninguna las tiene, las que más se acercan."""
    if not interpretacion.grupos:
        return _Hallado(indice.todas, {}, exacta=True)
    por_regla = _con_todas(interpretacion)
    exacta = bool(por_regla)
    if not exacta:
        por_regla = _con_alguna(interpretacion)
    lugar = indice.lugar
    puntos = {lugar[regla]: valor for regla, valor in por_regla.items() if regla in lugar}
    return _Hallado(indice.conjunto(por_regla), puntos, exacta or not puntos)


def _pasan(filtros: Filtros, opciones: Opciones) -> dict[str, Conjunto]:
    """Por faceta, las reglas que pasan su filtro; sin filtro, todas (de cada programa, la última)."""
    indice = opciones.indice
    pasan = {}
    for faceta in FACETAS:
        conjuntos, valores = _conjuntos(faceta, opciones), filtros.de(faceta)
        if valores:
            pasan[faceta] = 0
            for valor in valores:
                pasan[faceta] |= conjuntos.get(valor, 0)
        else:
            pasan[faceta] = indice.ultimas if faceta == "ejercicio" else indice.todas
    return pasan


def _conjuntos(faceta: str, opciones: Opciones) -> Mapping[str, Conjunto]:
    if faceta == "estado":
        return opciones.indice.estados(opciones.momento.ahora)
    return opciones.indice.facetas.get(faceta, {})


def _cuentas(
    casan: Conjunto, pasan: Mapping[str, Conjunto], opciones: Opciones
) -> dict[str, dict[str, int]]:
    """Cuántas habría con cada opción, dejando los demás filtros como están."""
    cuentas = {}
    for faceta in FACETAS:
        resto = casan
        for otra, conjunto in pasan.items():
            if otra != faceta:
                resto &= conjunto
        totales = {
            valor: (resto & conjunto).bit_count()
            for valor, conjunto in _conjuntos(faceta, opciones).items()
        }
        cuentas[faceta] = {valor: total for valor, total in totales.items() if total}
    return cuentas


def _en_fila(
    quedan: Conjunto, hallado: _Hallado, filtros: Filtros, opciones: Opciones, texto: str
) -> Iterable[int]:
    """Los lugares de las que quedan, en el orden pedido. El del índice es del año y el nombre."""
    indice, orden = opciones.indice, filtros.orden_efectivo
    if orden == "nombre":
        return sorted(lugares(quedan), key=indice.comparables.__getitem__)
    if orden == "recientes":
        return lugares(quedan)
    tandas = [quedan]
    if orden == "abiertos":
        abiertas = indice.estados(opciones.momento.ahora).get(EstadoConvocatoria.ABIERTO.value, 0)
        tandas = [quedan & abiertas, quedan & ~abiertas]
    if not hallado.puntos:
        return chain.from_iterable(map(lugares, tandas))
    puntos, huella = hallado.puntos, huella_de_texto(texto)

    def lejos(n: int) -> float:
        return -puntos[n] - parecido(huella, indice.huella(n))

    return [n for tanda in tandas for n in sorted(lugares(tanda), key=lejos)]


def buscar(
    filtros: Filtros, *, nombres: Opciones | None = None, cuantas: int = POR_PAGINA
) -> Hallazgos:
    """Encuentra, ordena y cuenta. `cuantas` renglones desde la página pedida."""
    nombres = nombres or opciones()
    indice = nombres.indice
    lex = lexico(nombres.version_vocabulario) if filtros.q else None
    interpretacion = interpretar(filtros.q, lex, literal=filtros.literal)
    hallado = _buscar_texto(interpretacion, indice)
    pasan = _pasan(filtros, nombres)
    quedan = hallado.conjunto
    for conjunto in pasan.values():
        quedan &= conjunto
    desde = (filtros.pagina - 1) * cuantas
    total = quedan.bit_count()
    en_pagina: Iterable[int] = ()
    if desde < total:
        fila = _en_fila(quedan, hallado, filtros, nombres, interpretacion.usado)
        en_pagina = islice(fila, desde, desde + cuantas)
    return Hallazgos(
        reglas=tuple(indice.reglas[n] for n in en_pagina),
        total=total,
        facetas=_cuentas(hallado.conjunto, pasan, nombres),
        sin_filtros=(hallado.conjunto & indice.ultimas).bit_count(),
        aproximada=not hallado.exacta,
        interpretacion=interpretacion,
    )
