"""Lo que se deriva de los renglones y de los vínculos: se rehace entero, nunca se edita."""

from __future__ import annotations

from django.db import connection

from presupuesto.models import CorteDeEgresos, MontoDePrograma, TotalDeLoSocial

# Modalidades del clasificador programático (CONAC): S, sujetos a reglas de operación; U, otros
# subsidios. En la lista con nombres, los que su documento llama «Política Social».
_RESUMIR = """
    INSERT INTO presupuesto_resumendeegresos
        (corte_id, unidad_responsable, programa_presupuestario, capitulo, es_social,
         filas, aprobado, modificado, ejercido)
    SELECT corte_id, unidad_responsable, programa_presupuestario, capitulo,
        bool_or(modalidad IN ('S', 'U') OR subsector = 'TOMO1_POLITICA_SOCIAL'),
        count(*), sum(monto_aprobado), sum(monto_modificado), sum(monto_ejercido)
    FROM presupuesto_renglondeegresos WHERE corte_id = %s
    GROUP BY 1, 2, 3, 4
"""
_RIGE = """
    (u.vigente_desde IS NULL OR u.vigente_desde <= make_date(c.ejercicio, 12, 31))
    AND (u.vigente_hasta IS NULL OR u.vigente_hasta >= make_date(c.ejercicio, 12, 31))
"""
_DEPENDENCIAS = f"""
    UPDATE presupuesto_resumendeegresos r SET dependencia_id = u.dependencia_id
    FROM presupuesto_cortedeegresos c, presupuesto_unidadresponsable u
    WHERE c.id = r.corte_id AND u.clave = r.unidad_responsable AND {_RIGE}
        AND r.dependencia_id IS DISTINCT FROM u.dependencia_id
"""  # noqa: S608  (solo se arma con lo escrito arriba)

# De cada renglón del resumen valen sus vínculos más precisos: con unidad antes que sin ella, y con
# año antes que sin él. Lo dudoso espera a que alguien lo confirme.
_MONTOS = """
    WITH candidatos AS (
        SELECT r.id, r.corte_id, r.aprobado, r.modificado, r.ejercido, r.programa_presupuestario,
            v.programa_id, v.participacion, v.certeza, v.estado,
            rank() OVER (PARTITION BY r.id ORDER BY
                (v.unidad_responsable <> '') DESC, (v.ejercicio IS NOT NULL) DESC) AS precision
        FROM presupuesto_resumendeegresos r
        JOIN presupuesto_cortedeegresos c ON c.id = r.corte_id AND c.estado = 'vigente'
        JOIN presupuesto_vinculopresupuestal v
            ON v.programa_presupuestario = r.programa_presupuestario
            AND v.unidad_responsable IN ('', r.unidad_responsable)
            AND (v.ejercicio IS NULL OR v.ejercicio = c.ejercicio)
        WHERE v.estado = 'confirmado' OR (v.estado = 'propuesto' AND v.certeza <> 'dudosa')
    )
    INSERT INTO presupuesto_montodeprograma
        (corte_id, programa_id, aprobado, modificado, ejercido, certeza, confirmado, claves)
    SELECT corte_id, programa_id,
        round(sum(aprobado * participacion), 2),
        round(sum(modificado * participacion), 2),
        round(sum(ejercido * participacion), 2),
        CASE max(CASE certeza WHEN 'dudosa' THEN 2 WHEN 'probable' THEN 1 ELSE 0 END)
            WHEN 2 THEN 'dudosa' WHEN 1 THEN 'probable' ELSE 'segura' END,
        bool_and(estado = 'confirmado'),
        left(string_agg(DISTINCT programa_presupuestario, ', '), 300)
    FROM candidatos WHERE precision = 1
    GROUP BY corte_id, programa_id
"""

# Social: subsidios (modalidades S y U) y las claves que pagan un programa de este sitio; es lo mismo
# que `consultas.montos.social`, que suma lo que se pide con filtros; una prueba compara los dos.
_TOTALES = """
    WITH social AS MATERIALIZED (
        SELECT r.corte_id, r.programa_presupuestario, r.unidad_responsable, r.capitulo,
            r.dependencia_id, d.clave_inegi, r.aprobado, r.modificado, r.ejercido
        FROM presupuesto_resumendeegresos r
        JOIN presupuesto_cortedeegresos c ON c.id = r.corte_id AND c.estado = 'vigente'
        LEFT JOIN cuentas_dependencia d ON d.id = r.dependencia_id
        WHERE r.es_social OR EXISTS (
            SELECT FROM presupuesto_vinculopresupuestal v
            WHERE v.programa_presupuestario = r.programa_presupuestario
                AND (v.ejercicio IS NULL OR v.ejercicio = c.ejercicio)
                AND (v.estado = 'confirmado' OR (v.estado = 'propuesto' AND v.certeza <> 'dudosa'))
        )
    ), sumas AS (
        SELECT corte_id, 'total' AS dimension, '' AS clasificador, '' AS clave,
            NULL::bigint AS dependencia_id, sum(aprobado) AS aprobado,
            sum(modificado) AS modificado, sum(ejercido) AS ejercido
        FROM social GROUP BY corte_id
        UNION ALL
        SELECT corte_id, 'programa', 'programa_presupuestario', programa_presupuestario, NULL,
            sum(aprobado), sum(modificado), sum(ejercido)
        FROM social GROUP BY corte_id, programa_presupuestario
        UNION ALL
        SELECT corte_id, 'dependencia', 'unidad_responsable', unidad_responsable, dependencia_id,
            sum(aprobado), sum(modificado), sum(ejercido)
        FROM social WHERE unidad_responsable <> ''
        GROUP BY corte_id, unidad_responsable, dependencia_id
        UNION ALL
        SELECT corte_id, 'alcaldia', '', clave_inegi, dependencia_id,
            sum(aprobado), sum(modificado), sum(ejercido)
        FROM social WHERE clave_inegi IS NOT NULL
        GROUP BY corte_id, clave_inegi, dependencia_id
        UNION ALL
        SELECT corte_id, 'capitulo', 'capitulo', capitulo, NULL,
            sum(aprobado), sum(modificado), sum(ejercido)
        FROM social WHERE capitulo <> '' GROUP BY corte_id, capitulo
    )
    SELECT s.corte_id, s.dimension, s.clave, coalesce(e.descripcion, '') AS nombre,
        s.dependencia_id, s.aprobado, s.modificado, s.ejercido
    FROM sumas s LEFT JOIN presupuesto_descripciondeclave e
        ON e.corte_id = s.corte_id AND e.clasificador = s.clasificador AND e.clave = s.clave
"""
_COLUMNAS_DE_TOTALES = (
    "corte_id, dimension, clave, nombre, dependencia_id, aprobado, modificado, ejercido"
)
_GUARDAR_TOTALES = f"INSERT INTO presupuesto_totaldelosocial ({_COLUMNAS_DE_TOTALES}) {_TOTALES}"
# Los dos lados: ni falta un total ni sobra otro.
_TOTALES_DISTINTOS = f"""
    WITH debidos AS ({_TOTALES}),
    guardados AS (SELECT {_COLUMNAS_DE_TOTALES} FROM presupuesto_totaldelosocial)
    SELECT DISTINCT corte_id FROM (
        (SELECT * FROM debidos EXCEPT SELECT * FROM guardados)
        UNION ALL (SELECT * FROM guardados EXCEPT SELECT * FROM debidos)
    ) distintos
"""  # noqa: S608  (solo se arma con lo escrito arriba)


def resumir(corte: CorteDeEgresos) -> None:
    """El resumen de un corte recién cargado."""
    with connection.cursor() as cursor:
        cursor.execute(_RESUMIR, [corte.pk])
        cursor.execute("ANALYZE presupuesto_resumendeegresos")  # el plan de antes no lo conoce


def refrescar() -> int:
    """Vuelve a decir de qué dependencia es cada unidad y qué le toca a cada programa social.

    Se llama en la transacción que cambió un vínculo, una unidad o un corte.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DEPENDENCIAS)
        MontoDePrograma.objects.all().delete()
        cursor.execute(_MONTOS)
        cuantos = int(cursor.rowcount)
        TotalDeLoSocial.objects.all().delete()
        cursor.execute(_GUARDAR_TOTALES)
        return cuantos


def totales_que_no_cuadran() -> set[int]:
    """Los cortes cuyos totales guardados ya no son la suma de su resumen."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALES_DISTINTOS)
        return {corte for (corte,) in cursor.fetchall()}
