import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Los derechos, los grupos y el territorio también son lo que se publicó. Sus tablas las crea Django
# y no tienen modelo propio donde declarar el disparador.
LISTAS = (
    "programas_reglaoperacion_derechos",
    "programas_reglaoperacion_grupos",
    "programas_reglaoperacion_alcaldias",
)
PONER = """
    CREATE FUNCTION programas_lista_de_publicada_intacta() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM programas_reglaoperacion
            WHERE id IN (OLD.reglaoperacion_id, NEW.reglaoperacion_id)
                AND estado IN ('publicado', 'sustituido')
        ) THEN
            RAISE EXCEPTION 'La regla ya se publicó: sus listas no cambian. Abre una versión nueva.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END;
    $$;
""" + "".join(
    f"""
    CREATE TRIGGER lista_de_publicada_intacta BEFORE INSERT OR UPDATE OR DELETE ON {tabla}
        FOR EACH ROW EXECUTE FUNCTION programas_lista_de_publicada_intacta();
    """
    for tabla in LISTAS
)
QUITAR = "".join(
    f"DROP TRIGGER IF EXISTS lista_de_publicada_intacta ON {tabla};" for tabla in LISTAS
) + "DROP FUNCTION IF EXISTS programas_lista_de_publicada_intacta();"


class Migration(migrations.Migration):

    dependencies = [
        ('programas', '0002_busqueda_en_espanol'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='alineacion',
            name='de_publicada_intacta',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='apoyo',
            name='de_publicada_intacta',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='compatibilidad',
            name='de_publicada_intacta',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fuente',
            name='de_publicada_intacta',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='metafisica',
            name='de_publicada_intacta',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='poblacion',
            name='de_publicada_intacta',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='requisito',
            name='de_publicada_intacta',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='textoapartado',
            name='de_publicada_intacta',
        ),
        migrations.AlterField(
            model_name='fichapublica',
            name='dependencia',
            field=models.CharField(max_length=40),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alineacion',
            trigger=pgtrigger.compiler.Trigger(name='de_publicada_intacta', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM programas_reglaoperacion\n            WHERE id IN (OLD.regla_id, NEW.regla_id) AND estado IN ('publicado', 'sustituido')\n        ) THEN\n            RAISE EXCEPTION 'La regla ya se publicó: sus secciones no cambian. Abre una versión nueva.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN COALESCE(NEW, OLD);\n    ", hash='3b07df6d4f0aa6f0c5c645acd40757729f18f3db', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_de_publicada_intacta_6de39', table='programas_alineacion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apoyo',
            trigger=pgtrigger.compiler.Trigger(name='de_publicada_intacta', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM programas_reglaoperacion\n            WHERE id IN (OLD.regla_id, NEW.regla_id) AND estado IN ('publicado', 'sustituido')\n        ) THEN\n            RAISE EXCEPTION 'La regla ya se publicó: sus secciones no cambian. Abre una versión nueva.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN COALESCE(NEW, OLD);\n    ", hash='d4e7c02952843cad51e0ba44ae0151ad579292df', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_de_publicada_intacta_64756', table='programas_apoyo', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='compatibilidad',
            trigger=pgtrigger.compiler.Trigger(name='de_publicada_intacta', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM programas_reglaoperacion\n            WHERE id IN (OLD.regla_id, NEW.regla_id) AND estado IN ('publicado', 'sustituido')\n        ) THEN\n            RAISE EXCEPTION 'La regla ya se publicó: sus secciones no cambian. Abre una versión nueva.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN COALESCE(NEW, OLD);\n    ", hash='0eb190df2f69639e28b87a07cfb42e85cc65f575', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_de_publicada_intacta_b1bfa', table='programas_compatibilidad', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fuente',
            trigger=pgtrigger.compiler.Trigger(name='de_publicada_intacta', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM programas_reglaoperacion\n            WHERE id IN (OLD.regla_id, NEW.regla_id) AND estado IN ('publicado', 'sustituido')\n        ) THEN\n            RAISE EXCEPTION 'La regla ya se publicó: sus secciones no cambian. Abre una versión nueva.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN COALESCE(NEW, OLD);\n    ", hash='6c29525d85bdcf0df0e0577415f058eaa61031eb', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_de_publicada_intacta_18e82', table='programas_fuente', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='metafisica',
            trigger=pgtrigger.compiler.Trigger(name='de_publicada_intacta', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM programas_reglaoperacion\n            WHERE id IN (OLD.regla_id, NEW.regla_id) AND estado IN ('publicado', 'sustituido')\n        ) THEN\n            RAISE EXCEPTION 'La regla ya se publicó: sus secciones no cambian. Abre una versión nueva.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN COALESCE(NEW, OLD);\n    ", hash='f11b98c3614edb3f363d75ceb677e2289c6076ff', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_de_publicada_intacta_46161', table='programas_metafisica', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poblacion',
            trigger=pgtrigger.compiler.Trigger(name='de_publicada_intacta', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM programas_reglaoperacion\n            WHERE id IN (OLD.regla_id, NEW.regla_id) AND estado IN ('publicado', 'sustituido')\n        ) THEN\n            RAISE EXCEPTION 'La regla ya se publicó: sus secciones no cambian. Abre una versión nueva.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN COALESCE(NEW, OLD);\n    ", hash='6c40409a8cce737475e79e4cdfbb4d65c5334a20', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_de_publicada_intacta_c20ab', table='programas_poblacion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requisito',
            trigger=pgtrigger.compiler.Trigger(name='de_publicada_intacta', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM programas_reglaoperacion\n            WHERE id IN (OLD.regla_id, NEW.regla_id) AND estado IN ('publicado', 'sustituido')\n        ) THEN\n            RAISE EXCEPTION 'La regla ya se publicó: sus secciones no cambian. Abre una versión nueva.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN COALESCE(NEW, OLD);\n    ", hash='fec8955fbb1a1841f29a3d4de7c6be34e11e90e7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_de_publicada_intacta_c9c78', table='programas_requisito', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textoapartado',
            trigger=pgtrigger.compiler.Trigger(name='de_publicada_intacta', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM programas_reglaoperacion\n            WHERE id IN (OLD.regla_id, NEW.regla_id) AND estado IN ('publicado', 'sustituido')\n        ) THEN\n            RAISE EXCEPTION 'La regla ya se publicó: sus secciones no cambian. Abre una versión nueva.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN COALESCE(NEW, OLD);\n    ", hash='66ca31bc178c55202cd67c43a32137f3c18c9a52', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_de_publicada_intacta_4d5ea', table='programas_textoapartado', when='BEFORE')),
        ),
        migrations.AlterConstraint(
            model_name='fuente',
            name='fuente_clave_unica_en_la_regla',
            constraint=models.UniqueConstraint(fields=('regla', 'clave'), name='fuente_clave_unica_en_la_regla', violation_error_message='Otra fuente de la regla ya usa esa clave.'),
        ),
        migrations.RunSQL(sql=PONER, reverse_sql=QUITAR),
    ]
