"""Los totales de lo social de cada corte, ya llenos para los cortes que había."""

import django.db.models.deletion
from django.db import migrations, models


LLENAR = """
    INSERT INTO presupuesto_totaldelosocial
        (corte_id, dimension, clave, nombre, dependencia_id, aprobado, modificado, ejercido)
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


class Migration(migrations.Migration):
    dependencies = [
        ("cuentas", "0001_inicial"),
        ("presupuesto", "0001_inicial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TotalDeLoSocial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("total", "total"),
                            ("programa", "programa presupuestario"),
                            ("dependencia", "unidad responsable"),
                            ("alcaldia", "alcaldía"),
                            ("capitulo", "capítulo"),
                        ],
                        max_length=11,
                    ),
                ),
                ("clave", models.CharField(blank=True, max_length=120)),
                ("nombre", models.CharField(blank=True, max_length=500)),
                (
                    "aprobado",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        verbose_name="aprobado",
                    ),
                ),
                (
                    "modificado",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        verbose_name="modificado",
                    ),
                ),
                (
                    "ejercido",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        verbose_name="ejercido",
                    ),
                ),
                (
                    "corte",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="totales",
                        to="presupuesto.cortedeegresos",
                    ),
                ),
                (
                    "dependencia",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cuentas.dependencia",
                    ),
                ),
            ],
            options={
                "verbose_name": "total de lo social",
                "verbose_name_plural": "totales de lo social",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("corte", "dimension", "clave"),
                        name="total_uno_por_clave",
                        violation_error_message="Ese total ya está sumado.",
                    )
                ],
            },
        ),
        migrations.RunSQL(LLENAR, migrations.RunSQL.noop),
    ]
