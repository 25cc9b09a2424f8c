"""La búsqueda de programas: una ida a la base para ordenar, contar y sacar todas las facetas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from programas.consultas.filtros import POR_PAGINA, Filtros
from programas.consultas.interpretacion import Interpretacion, interpretar, lexico

# Estado de hoy por programa y ejercicio: abierta gana a lista de espera y ésta a pausa. El cierre es
# el de esa clase de ventana, la más larga: una abierta sin fin no «cierra» porque otra sí.
VENTANAS = """
    SELECT programa_id, ejercicio,
        (ARRAY['abierto', 'lista_de_espera', 'pausado', 'cerrado'])[min(clase)] AS estado,
        CASE WHEN min(clase) < 4
            THEN (array_agg(cierra ORDER BY clase, cierra DESC NULLS FIRST))[1] END AS cierra,
        min(abre) FILTER (WHERE abre > now()) AS abre,
        bool_or(es_demostracion) AS demostracion
    FROM (
        SELECT *, CASE
            WHEN abre > now() OR cierra <= now() THEN 4
            WHEN modo = 'normal' THEN 1
            WHEN modo = 'lista_de_espera' THEN 2
            ELSE 3
        END AS clase
        FROM programas_convocatoria
    ) convocatoria
    GROUP BY programa_id, ejercicio
"""

_CONDICION = {
    "tipo": "f.tipo = ANY(%(tipo)s)",
    "dependencia": "f.dependencia = ANY(%(dependencia)s)",
    "derecho": "f.derechos && %(derecho)s::varchar[]",
    "grupo": "f.grupos && %(grupo)s::varchar[]",
    "apoyo": "f.apoyos && %(apoyo)s::varchar[]",
    # Quien vive en una alcaldía también puede pedir lo que es de toda la ciudad.
    "alcaldia": "(f.alcaldias = '{}' OR f.alcaldias && %(alcaldia)s::varchar[])",
    "estado": "coalesce(v.estado, 'cerrado') = ANY(%(estado)s)",
    "ejercicio": "f.ejercicio = ANY(%(ejercicio)s::int[])",
}
_VALOR = {
    "tipo": "tipo",
    "dependencia": "dependencia",
    "estado": "estado",
    "ejercicio": "ejercicio::text",
}
_LISTA = {"derecho": "derechos", "grupo": "grupos", "apoyo": "apoyos"}
_ORDEN = {
    "relevancia": "puntos DESC, ejercicio DESC, nombre_comparable",
    "nombre": "nombre_comparable, ejercicio DESC",
    "recientes": "ejercicio DESC, nombre_comparable",
    "abiertos": "abierto DESC, puntos DESC, ejercicio DESC, nombre_comparable",
}


@dataclass(frozen=True, slots=True)
class Hallazgos:
    """Llaves de las reglas de la página, en orden, con cuántas hay y las cuentas por faceta."""

    reglas: tuple[int, ...]
    total: int
    facetas: Mapping[str, Mapping[str, int]]
    aproximada: bool
    interpretacion: Interpretacion


def _puntos(interpretacion: Interpretacion, parametros: dict[str, Any]) -> str:
    """Ideas satisfechas por su peso, más qué tan arriba aparecen (nombre antes que detalle)."""
    if not interpretacion.grupos:
        return "0"
    terminos = []
    for i, grupo in enumerate(interpretacion.grupos):
        parametros[f"g{i}"], parametros[f"p{i}"] = grupo.consulta, grupo.peso
        consulta = f"to_tsquery('sibis_es', %(g{i})s)"
        terminos.append(
            f"CASE WHEN f.vector @@ {consulta} THEN %(p{i})s * "
            f"(1 + ts_rank('{{0.05,0.15,0.5,1.0}}', f.vector, {consulta}, 0)) ELSE 0 END"
        )
    parametros["texto"] = interpretacion.corregido or interpretacion.texto
    return " + ".join([*terminos, "similarity(f.nombre_comparable, %(texto)s)"])


def _base(interpretacion: Interpretacion, filtros: Filtros, parametros: dict[str, Any]) -> str:
    """Fichas que casan con el texto, con una columna por faceta que dice si pasa su filtro."""
    pasa = []
    for faceta, condicion in _CONDICION.items():
        valores = filtros.de(faceta)
        parametros[faceta] = [int(v) for v in valores] if faceta == "ejercicio" else list(valores)
        sin_filtro = "f.es_ultima" if faceta == "ejercicio" else "true"
        pasa.append(f"{condicion if valores else sin_filtro} AS ok_{faceta}")
    donde, todas = "true", "true"
    if interpretacion.grupos:
        parametros |= {"todas": interpretacion.todas, "alguna": interpretacion.alguna}
        donde = "f.vector @@ to_tsquery('sibis_es', %(alguna)s)"
        todas = "f.vector @@ to_tsquery('sibis_es', %(todas)s)"
    return f"""
        SELECT f.regla_id, f.tipo, f.dependencia, f.ejercicio, f.derechos, f.grupos, f.apoyos,
            f.alcaldias, f.nombre_comparable, coalesce(v.estado, 'cerrado') AS estado,
            coalesce(v.estado, 'cerrado') = 'abierto' AS abierto,
            {_puntos(interpretacion, parametros)} AS puntos, {todas} AS todas, {", ".join(pasa)}
        FROM programas_fichapublica f
        LEFT JOIN ventanas v ON v.programa_id = f.programa_id AND v.ejercicio = f.ejercicio
        WHERE {donde}
    """  # noqa: S608  (solo entran trozos fijos de este archivo; los valores van como parámetros)


def _cuenta(faceta: str) -> str:
    """Cuántas habría con cada opción, dejando los demás filtros como están."""
    otras = " AND ".join(f"ok_{f}" for f in _CONDICION if f != faceta)
    if faceta == "alcaldia":
        # Las de toda la ciudad cuentan en cada alcaldía, igual que al filtrar.
        return (
            "SELECT 'alcaldia', a.clave, count(*) FROM casan JOIN territorio_alcaldia a "  # noqa: S608
            f"ON alcaldias = '{{}}' OR a.clave = ANY(alcaldias) WHERE {otras} GROUP BY a.clave"
        )
    if faceta in _LISTA:
        return (
            f"SELECT '{faceta}', valor, count(*) FROM casan, unnest({_LISTA[faceta]}) AS valor "  # noqa: S608
            f"WHERE {otras} GROUP BY valor"
        )
    return f"SELECT '{faceta}', {_VALOR[faceta]}, count(*) FROM casan WHERE {otras} GROUP BY 2"  # noqa: S608


_TODAS_OK = " AND ".join(f"ok_{faceta}" for faceta in _CONDICION)
_CUENTAS = " UNION ALL ".join(_cuenta(faceta) for faceta in _CONDICION)


def _consulta(base: str, orden: str) -> str:
    return f"""
        WITH ventanas AS ({VENTANAS}),
        base AS MATERIALIZED ({base}),
        exacta AS (SELECT coalesce(bool_or(todas), true) AS hay FROM base),
        casan AS MATERIALIZED (
            SELECT base.* FROM base, exacta WHERE base.todas OR NOT exacta.hay
        ),
        pagina AS (
            SELECT regla_id, row_number() OVER (ORDER BY {_ORDEN[orden]}) AS lugar
            FROM casan WHERE {_TODAS_OK} ORDER BY lugar LIMIT %(cuantas)s OFFSET %(desde)s
        ),
        cuentas (faceta, valor, total) AS ({_CUENTAS})
        SELECT
            (SELECT coalesce(array_agg(regla_id ORDER BY lugar), '{{}}') FROM pagina),
            (SELECT count(*) FROM casan WHERE {_TODAS_OK}),
            (SELECT hay FROM exacta),
            (SELECT coalesce(json_agg(json_build_array(faceta, valor, total)), '[]') FROM cuentas)
    """  # noqa: S608


def buscar(
    filtros: Filtros, *, version_vocabulario: int | None = None, cuantas: int = POR_PAGINA
) -> Hallazgos:
    """Encuentra, ordena y cuenta. `cuantas` renglones desde la página pedida."""
    interpretacion = interpretar(filtros.q, lexico(version_vocabulario) if filtros.q else None)
    parametros: dict[str, Any] = {"cuantas": cuantas, "desde": (filtros.pagina - 1) * cuantas}
    base = _base(interpretacion, filtros, parametros)
    with connection.cursor() as cursor:
        cursor.execute(_consulta(base, filtros.orden_efectivo), parametros)
        reglas, total, exacta, cuentas = cursor.fetchone()
    facetas: dict[str, dict[str, int]] = {faceta: {} for faceta in _CONDICION}
    for faceta, valor, cuantos in cuentas:
        facetas[faceta][valor] = cuantos
    return Hallazgos(tuple(reglas), total, facetas, not exacta, interpretacion)
