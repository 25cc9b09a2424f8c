"""Buscar documentos: una ida a la base para ordenar y contar, y otra para decir en qué página está."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from programas.consultas.filtros_historico import FACETAS, POR_PAGINA, FiltrosDeHistorico
from programas.consultas.interpretacion import MAXIMO_DE_PALABRAS, interpretar
from sibis.nucleo.normalizacion import clave_comparable, con_su_otro_numero

ABRE, CIERRA = "\x02", "\x03"  # nadie los escribe: `limpiar_texto` los quita de todo lo guardado
_PAGINAS_A_COMPARAR = 40
_CARACTERES = 20_000

_CONDICION = {
    "ejercicio": "ejercicio = ANY(%(ejercicio)s::int[])",
    "clase": "clase = ANY(%(clase)s)",
    "dependencia": "dependencia_id = ANY(ARRAY("
    "SELECT id FROM cuentas_dependencia WHERE clave = ANY(%(dependencia)s)))",
    "programa": "programa_id = ANY(ARRAY("
    "SELECT id FROM programas_programa WHERE slug = ANY(%(programa)s)))",
}
_COLUMNAS = "id, ejercicio, fecha, clase, dependencia_id, programa_id"
_ORDEN = {
    "relevancia": ("en_ficha DESC", "puntos DESC", "ejercicio DESC"),
    "recientes": ("ejercicio DESC", "fecha DESC NULLS LAST", "puntos DESC"),
    "antiguos": ("ejercicio", "fecha NULLS LAST", "puntos DESC"),
}
_DEL_TEXTO = {"en_ficha DESC", "puntos DESC"}
_VALOR = {"ejercicio": "ejercicio::text", "clase": "clase"}
# De estas se cuenta por llave y se nombra después: nombrar veinte mil renglones cuesta más que contarlos.
_CON_NOMBRE = {
    "dependencia": ("cuentas_dependencia", "clave"),
    "programa": ("programas_programa", "slug"),
}


@dataclass(frozen=True, slots=True)
class Consulta:
    """Lo que se pregunta a la base: todas las palabras, o cualquiera, en la sintaxis de to_tsquery."""

    todas: str
    alguna: str
    corregido: str | None = None
    aproximada: bool = False


@dataclass(frozen=True, slots=True)
class Hallazgos:
    documentos: tuple[int, ...]
    total: int
    facetas: Mapping[str, Mapping[str, int]]
    nombres: Mapping[str, Mapping[str, str]]
    consulta: Consulta | None


def niveles(texto: str) -> Iterator[Consulta | None]:
    """De lo exacto a lo parecido: como se escribió; corregido y con sinónimos; cualquiera de sus ideas.

    El archivo habla de lo que el catálogo ya no: por eso primero se busca sin corregir.
    """
    palabras = clave_comparable(texto).split()[:MAXIMO_DE_PALABRAS]
    if not palabras:
        yield None
        return
    formas = [con_su_otro_numero(palabra) for palabra in palabras]
    yield Consulta(" & ".join(formas), " | ".join(formas))
    leido = interpretar(" ".join(palabras))
    if ideas := [g.consulta for g in leido.indispensables or leido.grupos]:
        corregido = None if leido.literal else leido.corregido
        parecido = " | ".join(ideas)
        yield Consulta(" & ".join(ideas), parecido, corregido)
        yield Consulta(parecido, parecido, corregido, aproximada=True)


def buscar(filtros: FiltrosDeHistorico) -> Hallazgos:
    """Lo primero que encuentre algo, aunque los filtros luego lo descarten."""
    for consulta in niveles(filtros.q):
        hallazgos, casan = _preguntar(filtros, consulta)
        if casan:
            break
    return hallazgos


def _preguntar(filtros: FiltrosDeHistorico, consulta: Consulta | None) -> tuple[Hallazgos, int]:
    parametros: dict[str, Any] = {
        **{faceta: list(filtros.de(faceta)) for faceta in FACETAS},
        "cuantas": POR_PAGINA,
        "desde": (filtros.pagina - 1) * POR_PAGINA,
        "consulta": consulta.todas if consulta else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(_sql(filtros, con_texto=consulta is not None), parametros)
        llaves, total, casan, cuentas, nombres = cursor.fetchone()
    facetas: dict[str, dict[str, int]] = {faceta: {} for faceta in FACETAS}
    dichos: dict[str, dict[str, str]] = {faceta: {} for faceta in FACETAS}
    for faceta, valor, nombre, cuantos in cuentas:
        facetas[faceta][valor] = cuantos
        dichos[faceta][valor] = nombre
    for faceta, valor, nombre in nombres:
        dichos[faceta][valor] = nombre
    return Hallazgos(tuple(llaves), total, facetas, dichos, consulta), casan


def _casan(*, con_texto: bool) -> str:
    """Los que casan con el texto. Sin texto son todos, y basta el índice «documento_por_anio».

    La consulta materializada no es una constante para el planeador, que así va por el índice: si
    la ve, con palabras comunes prefiere leer la tabla entera y abrir cada vector, y tarda diez veces más.
    """
    if not con_texto:
        return f"""casan AS NOT MATERIALIZED (
            SELECT {_COLUMNAS} FROM programas_documento WHERE visible
        )"""  # noqa: S608  (solo entran trozos fijos de este archivo; los valores van como parámetros)
    return f"""c AS MATERIALIZED (SELECT to_tsquery('sibis_es', %(consulta)s) AS consulta),
        casan AS MATERIALIZED (
            SELECT {_COLUMNAS}, ts_rank(vector_ficha, consulta) AS puntos,
                vector_ficha @@ consulta AS en_ficha
            FROM c, programas_documento WHERE visible AND vector @@ consulta
        )"""  # noqa: S608


def _pasan(filtros: FiltrosDeHistorico, *, menos: str = "") -> str:
    """La condición que dejan los filtros puestos; `menos` es la faceta que no se mira."""
    puestas = [c for f, c in _CONDICION.items() if f != menos and filtros.de(f)]
    return " AND ".join(puestas) or "true"


def _orden(filtros: FiltrosDeHistorico, *, con_texto: bool) -> str:
    partes = [p for p in _ORDEN[filtros.orden_efectivo] if con_texto or p not in _DEL_TEXTO]
    return ", ".join([*partes, "id"])


def _sql(filtros: FiltrosDeHistorico, *, con_texto: bool) -> str:
    """Una sola pasada junta los iguales («juntas»); de ahí, que son pocos, salen todas las cuentas."""
    cuentas = " UNION ALL ".join(_cuenta(faceta, filtros) for faceta in FACETAS)
    return f"""
        WITH {_casan(con_texto=con_texto)},
        juntas AS MATERIALIZED (
            SELECT ejercicio, clase, dependencia_id, programa_id, count(*) AS cuantos
            FROM casan GROUP BY ejercicio, clase, dependencia_id, programa_id
        ),
        pagina AS (
            SELECT id, row_number() OVER () AS lugar FROM (
                SELECT id FROM casan WHERE {_pasan(filtros)}
                ORDER BY {_orden(filtros, con_texto=con_texto)}
                LIMIT %(cuantas)s OFFSET %(desde)s
            ) elegidos
        ),
        cuentas (faceta, valor, nombre, total) AS ({cuentas}),
        nombres (faceta, valor, nombre) AS (
            SELECT 'dependencia', clave, nombre FROM cuentas_dependencia
            WHERE clave = ANY(%(dependencia)s)
            UNION ALL SELECT 'programa', slug, nombre FROM programas_programa
            WHERE slug = ANY(%(programa)s)
        )
        SELECT
            (SELECT coalesce(array_agg(id ORDER BY lugar), '{{}}') FROM pagina),
            (SELECT coalesce(sum(cuantos), 0)::int FROM juntas WHERE {_pasan(filtros)}),
            (SELECT coalesce(sum(cuantos), 0)::int FROM juntas),
            (SELECT coalesce(json_agg(json_build_array(faceta, valor, nombre, total)), '[]')
                FROM cuentas),
            (SELECT coalesce(json_agg(json_build_array(faceta, valor, nombre)), '[]') FROM nombres)
    """  # noqa: S608


def _cuenta(faceta: str, filtros: FiltrosDeHistorico) -> str:
    """Cuántos habría con cada opción, dejando los demás filtros como están."""
    otras = _pasan(filtros, menos=faceta)
    if faceta in _CON_NOMBRE:
        tabla, valor = _CON_NOMBRE[faceta]
        return (
            f"SELECT '{faceta}', t.{valor}, t.nombre, c.total FROM {tabla} t JOIN ("  # noqa: S608
            f"SELECT {faceta}_id AS id, sum(cuantos)::int AS total FROM juntas "
            f"WHERE {otras} GROUP BY 1) c ON c.id = t.id"
        )
    valor = _VALOR[faceta]
    return (
        f"SELECT '{faceta}', {valor}, {valor}, sum(cuantos)::int FROM juntas "  # noqa: S608
        f"WHERE {otras} GROUP BY 2"
    )


@dataclass(frozen=True, slots=True)
class Acierto:
    """Dónde está lo que se busca: la página y un trozo, con lo hallado entre ABRE y CIERRA."""

    pagina: int
    trozo: str


_OPCIONES = f"StartSel={ABRE}, StopSel={CIERRA}, MaxWords=32, MinWords=14, HighlightAll=false"
_SQL_ACIERTOS = """
    SELECT documento, acierto.numero,
        ts_headline('sibis_es', left(acierto.texto, %(caracteres)s), alguna, %(opciones)s)
    FROM to_tsquery('sibis_es', %(todas)s) AS todas, to_tsquery('sibis_es', %(alguna)s) AS alguna,
        unnest(%(documentos)s::bigint[]) AS documento
    CROSS JOIN LATERAL (
        SELECT numero, texto FROM (
            SELECT numero, texto, vector FROM programas_paginadedocumento
            WHERE documento_id = documento AND vector @@ alguna
            ORDER BY numero LIMIT %(comparar)s
        ) AS candidatas
        ORDER BY vector @@ todas DESC, ts_rank(vector, alguna) DESC, numero LIMIT %(cuantos)s
    ) AS acierto
"""


def aciertos(
    documentos: Sequence[int], consulta: Consulta | None, *, cuantos: int = 1
) -> dict[int, list[Acierto]]:
    """Las páginas que mejor contestan, por documento, en una sola consulta."""
    if not documentos or consulta is None:
        return {}
    hallados: dict[int, list[Acierto]] = {}
    valores = {
        "todas": consulta.todas,
        "alguna": consulta.alguna,
        "documentos": list(documentos),
        "caracteres": _CARACTERES,
        "opciones": _OPCIONES,
        "comparar": _PAGINAS_A_COMPARAR,
        "cuantos": cuantos,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL_ACIERTOS, valores)
        for documento, numero, trozo in cursor.fetchall():
            hallados.setdefault(documento, []).append(Acierto(numero, trozo))
    return hallados
