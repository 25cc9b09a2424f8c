"""Buscar documentos: una ida a la base para ordenar y contar, y otra para decir en qué página está."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from programas.consultas.filtros_historico import FACETAS, POR_PAGINA, FiltrosDeHistorico
from programas.consultas.interpretacion import MAXIMO_DE_PALABRAS, interpretar
from sibis.nucleo.normalizacion import clave_comparable

ABRE, CIERRA = "\x02", "\x03"  # nadie los escribe: `limpiar_texto` los quita de todo lo guardado
_PAGINAS_A_COMPARAR = 40
_CARACTERES = 20_000
_LARGO_CON_NUMERO = 5

_CONDICION = {
    "ejercicio": "d.ejercicio = ANY(%(ejercicio)s::int[])",
    "clase": "d.clase = ANY(%(clase)s)",
    "dependencia": "d.dependencia_id = ANY(ARRAY("
    "SELECT id FROM cuentas_dependencia WHERE clave = ANY(%(dependencia)s)))",
    "programa": "d.programa_id = ANY(ARRAY("
    "SELECT id FROM programas_programa WHERE slug = ANY(%(programa)s)))",
}
_ORDEN = {
    "relevancia": "en_ficha DESC, puntos DESC, ejercicio DESC, id",
    "recientes": "ejercicio DESC, fecha DESC NULLS LAST, puntos DESC, id",
    "antiguos": "ejercicio, fecha NULLS LAST, puntos DESC, id",
}
_VALOR = {"ejercicio": "ejercicio::text", "clase": "clase"}
# De estas se cuenta por llave y se nombra después: nombrar veinte mil renglones cuesta más que contarlos.
_CON_NOMBRE = {
    "dependencia": ("cuentas_dependencia", "clave"),
    "programa": ("programas_programa", "slug"),
}
_TODAS_OK = " AND ".join(f"ok_{faceta}" for faceta in FACETAS)


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
    formas = [_con_su_otro_numero(palabra) for palabra in palabras]
    yield Consulta(" & ".join(formas), " | ".join(formas))
    leido = interpretar(" ".join(palabras))
    if ideas := [g.consulta for g in leido.indispensables or leido.grupos]:
        corregido = None if leido.literal else leido.corregido
        parecido = " | ".join(ideas)
        yield Consulta(" & ".join(ideas), parecido, corregido)
        yield Consulta(parecido, parecido, corregido, aproximada=True)


def _con_su_otro_numero(palabra: str) -> str:
    """«evaluaciones» también es «evaluación»: sin acento, PostgreSQL les da raíces distintas."""
    if len(palabra) < _LARGO_CON_NUMERO or not palabra.isalpha():
        return palabra
    if palabra.endswith("s"):
        otras = {palabra.removesuffix("s"), palabra.removesuffix("es")}
    else:
        otras = {f"{palabra}s", f"{palabra}es"}
    return f"({' | '.join([palabra, *sorted(otras)])})"


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


def _casan(filtros: FiltrosDeHistorico, *, con_texto: bool) -> str:
    """Los que casan con el texto, con una columna por faceta que dice si pasa su filtro."""
    pasa = ", ".join(
        f"{condicion if filtros.de(faceta) else 'true'} AS ok_{faceta}"
        for faceta, condicion in _CONDICION.items()
    )
    de_texto, puntos, en_ficha = "", "0", "false"
    if con_texto:
        de_texto = "AND d.vector @@ consulta"
        puntos, en_ficha = "ts_rank(d.vector_ficha, consulta)", "d.vector_ficha @@ consulta"
    return f"""
        SELECT d.id, d.ejercicio, d.fecha, d.clase, d.dependencia_id, d.programa_id,
            {puntos} AS puntos, {en_ficha} AS en_ficha, {pasa}
        FROM to_tsquery('sibis_es', %(consulta)s) AS consulta, programas_documento d
        WHERE d.visible {de_texto}
    """  # noqa: S608  (solo entran trozos fijos de este archivo; los valores van como parámetros)


def _sql(filtros: FiltrosDeHistorico, *, con_texto: bool) -> str:
    cuentas = " UNION ALL ".join(_cuenta(faceta) for faceta in FACETAS)
    return f"""
        WITH casan AS MATERIALIZED ({_casan(filtros, con_texto=con_texto)}),
        pagina AS (
            SELECT id, row_number() OVER () AS lugar FROM (
                SELECT id FROM casan WHERE {_TODAS_OK}
                ORDER BY {_ORDEN[filtros.orden_efectivo]} LIMIT %(cuantas)s OFFSET %(desde)s
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
            (SELECT count(*) FROM casan WHERE {_TODAS_OK}),
            (SELECT count(*) FROM casan),
            (SELECT coalesce(json_agg(json_build_array(faceta, valor, nombre, total)), '[]')
                FROM cuentas),
            (SELECT coalesce(json_agg(json_build_array(faceta, valor, nombre)), '[]') FROM nombres)
    """  # noqa: S608


def _cuenta(faceta: str) -> str:
    """Cuántos habría con cada opción, dejando los demás filtros como están."""
    otras = " AND ".join(f"ok_{f}" for f in FACETAS if f != faceta)
    if faceta in _CON_NOMBRE:
        tabla, valor = _CON_NOMBRE[faceta]
        return (
            f"SELECT '{faceta}', t.{valor}, t.nombre, c.total FROM {tabla} t JOIN ("  # noqa: S608
            f"SELECT {faceta}_id AS id, count(*) AS total FROM casan WHERE {otras} GROUP BY 1"
            ") c ON c.id = t.id"
        )
    valor = _VALOR[faceta]
    return f"SELECT '{faceta}', {valor}, {valor}, count(*) FROM casan WHERE {otras} GROUP BY 2"  # noqa: S608


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
