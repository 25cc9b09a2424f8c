import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programas', '0004_archivo_historico'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsultaSinResultado',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('palabra', models.CharField(max_length=40, verbose_name='palabra')),
                ('dia', models.DateField(verbose_name='día')),
                ('veces', models.PositiveIntegerField(verbose_name='veces')),
                ('resuelta', models.BooleanField(default=False, verbose_name='ya da resultados')),
            ],
            options={
                'verbose_name': 'búsqueda sin resultados',
                'verbose_name_plural': 'búsquedas sin resultados',
                'ordering': ['resuelta', '-veces', '-dia', 'palabra'],
            },
        ),
        migrations.CreateModel(
            name='RevisionDelPortal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numero', models.BigIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'revisión del portal',
                'verbose_name_plural': 'revisiones del portal',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='programa',
            name='update_update',
        ),
        migrations.AddField(
            model_name='programa',
            name='huellas_catalogo',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='sinonimo',
            name='activo',
            field=models.BooleanField(default=True, help_text='Desmárcalo para que la búsqueda ya no lo tome.', verbose_name='en uso'),
        ),
        migrations.AddField(
            model_name='sinonimo',
            name='huellas_catalogo',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='sinonimo',
            name='ida_y_vuelta',
            field=models.BooleanField(default=False, help_text='También quien busca lo del catálogo halla lo que dice el término.', verbose_name='vale en los dos sentidos'),
        ),
        migrations.AlterField(
            model_name='sinonimo',
            name='equivale_a',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), help_text='Como lo dice el catálogo, separado por comas: «persona mayor, adulto mayor».', size=None, verbose_name='equivale a'),
        ),
        migrations.AlterField(
            model_name='sinonimo',
            name='termino',
            field=models.CharField(help_text='Como lo dice la gente: «abuelita».', max_length=80, unique=True, verbose_name='término'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alineacion',
            trigger=pgtrigger.compiler.Trigger(name='regla_no_se_vacia', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'\n            USING ERRCODE = 'check_violation';\n    ", hash='09ae3f5fdb5f2ff61c1e1b0617ee2001483bc839', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_regla_no_se_vacia_e91ba', table='programas_alineacion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apoyo',
            trigger=pgtrigger.compiler.Trigger(name='regla_no_se_vacia', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'\n            USING ERRCODE = 'check_violation';\n    ", hash='d2552a838ba3c7cbe40db8dd9018b5a889745937', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_regla_no_se_vacia_dd39f', table='programas_apoyo', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='compatibilidad',
            trigger=pgtrigger.compiler.Trigger(name='regla_no_se_vacia', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'\n            USING ERRCODE = 'check_violation';\n    ", hash='2a3b2e82503172c7b824d4f1051740375e6d2d94', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_regla_no_se_vacia_dbe68', table='programas_compatibilidad', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fuente',
            trigger=pgtrigger.compiler.Trigger(name='regla_no_se_vacia', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'\n            USING ERRCODE = 'check_violation';\n    ", hash='757fc3f45799235db61b504a9ff597748ad68ba3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_regla_no_se_vacia_9071d', table='programas_fuente', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='metafisica',
            trigger=pgtrigger.compiler.Trigger(name='regla_no_se_vacia', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'\n            USING ERRCODE = 'check_violation';\n    ", hash='a0b26c04cd78c1e49bbb4b9c2dd603ba68385e3a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_regla_no_se_vacia_2d6cd', table='programas_metafisica', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poblacion',
            trigger=pgtrigger.compiler.Trigger(name='regla_no_se_vacia', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'\n            USING ERRCODE = 'check_violation';\n    ", hash='925efeeb1c7cc1cc916cab20609c0e2f9d700ffe', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_regla_no_se_vacia_7c0e3', table='programas_poblacion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programa',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."clave" IS DISTINCT FROM (NEW."clave") OR OLD."dependencia_id" IS DISTINCT FROM (NEW."dependencia_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."nombre" IS DISTINCT FROM (NEW."nombre") OR OLD."otros_nombres" IS DISTINCT FROM (NEW."otros_nombres") OR OLD."palabras_clave" IS DISTINCT FROM (NEW."palabras_clave") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."tipo" IS DISTINCT FROM (NEW."tipo"))', func='INSERT INTO "programas_programaevent" ("clave", "dependencia_id", "id", "nombre", "otros_nombres", "palabras_clave", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "tipo") VALUES (NEW."clave", NEW."dependencia_id", NEW."id", NEW."nombre", NEW."otros_nombres", NEW."palabras_clave", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."tipo"); RETURN NULL;', hash='703fddd167adc604bd49f22a5443c14d69f755ea', operation='UPDATE', pgid='pgtrigger_update_update_3274f', table='programas_programa', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reglaoperacion',
            trigger=pgtrigger.compiler.Trigger(name='regla_no_se_vacia', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'\n            USING ERRCODE = 'check_violation';\n    ", hash='dfcb419e72e6fe3e73fe914f27d1b0c9085b95db', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_regla_no_se_vacia_b99b5', table='programas_reglaoperacion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requisito',
            trigger=pgtrigger.compiler.Trigger(name='regla_no_se_vacia', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'\n            USING ERRCODE = 'check_violation';\n    ", hash='6b80c3eeb01e65c77321ff9e85f1ab83edd0a879', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_regla_no_se_vacia_df87d', table='programas_requisito', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textoapartado',
            trigger=pgtrigger.compiler.Trigger(name='regla_no_se_vacia', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'\n            USING ERRCODE = 'check_violation';\n    ", hash='fcca266347d504566c56c1c55d63f2a3e58ec472', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_regla_no_se_vacia_2c058', table='programas_textoapartado', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='consultasinresultado',
            constraint=models.UniqueConstraint(fields=('palabra', 'dia'), name='sin_resultado_una_por_dia', violation_error_message='Esa palabra ya está contada ese día.'),
        ),
        migrations.AddConstraint(
            model_name='consultasinresultado',
            constraint=models.CheckConstraint(condition=models.Q(('veces__gte', 3)), name='sin_resultado_minimo_de_veces', violation_error_message='Solo se guarda lo que se buscó varias veces.'),
        ),
        migrations.AddConstraint(
            model_name='consultasinresultado',
            constraint=models.CheckConstraint(condition=models.Q(('palabra__regex', '^[a-z]+$')), name='sin_resultado_solo_letras', violation_error_message='Solo se guardan palabras, sin números ni signos.'),
        ),
        migrations.AddConstraint(
            model_name='revisiondelportal',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='revision_es_una_sola'),
        ),
    ]
