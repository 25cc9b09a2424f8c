import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import padron.models.resguardos_de_entrega
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from padron.migrations import _entrega


class Migration(migrations.Migration):

    dependencies = [
        ('cuentas', '0002_delegaciones'),
        ('padron', '0001_inicial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programas', '0012_captura_por_secciones'),
        ('territorio', '0003_teselas_sin_indice_propio'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InstrumentoDeEntregaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('vigente_desde', models.DateField(blank=True, null=True, verbose_name='vigente desde')),
                ('vigente_hasta', models.DateField(blank=True, null=True, verbose_name='vigente hasta')),
                ('clave', models.CharField(max_length=80, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Usa minúsculas sin acento, números y guiones: «apoyo-escolar».')], verbose_name='clave')),
                ('nombre', models.CharField(max_length=200, verbose_name='nombre')),
                ('descripcion', models.TextField(blank=True, verbose_name='descripción')),
                ('norma', models.CharField(blank=True, help_text='Ley y artículo que lo sustentan.', max_length=300, verbose_name='norma')),
                ('orden', models.PositiveSmallIntegerField(default=0, verbose_name='orden')),
                ('lleva_monto', models.BooleanField(default=True, help_text='En especie y los servicios se describen; lo demás dice cuánto dinero es.', verbose_name='lleva monto')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='JornadaDeEntrega',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ejercicio', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='ejercicio')),
                ('periodo', models.CharField(blank=True, help_text='El de las cargas de las que sale la lista. Vacío: todas las del año.', max_length=5, validators=[django.core.validators.RegexValidator('^(anual|t[1-4]|m(0[1-9]|1[0-2]))$', 'El periodo es «anual», un trimestre («t1» a «t4») o un mes («m01» a «m12»).')], verbose_name='periodo del padrón')),
                ('ministracion', models.PositiveSmallIntegerField(default=0, help_text='Cuál de los pagos es: 1, 2, 3… Cero si solo hay uno.', validators=[django.core.validators.MaxValueValidator(60)], verbose_name='ministración')),
                ('apoyo', models.CharField(blank=True, help_text='Solo si no es el apoyo mismo: «tarjeta», cuando el dinero se deposita después.', max_length=80, verbose_name='qué parte del apoyo')),
                ('monto', models.DecimalField(blank=True, decimal_places=2, help_text='Vacío: el que dice el padrón para cada quien.', max_digits=14, null=True, verbose_name='monto')),
                ('especie', models.CharField(blank=True, help_text='Si no es dinero: «despensa de 12 productos».', max_length=200, verbose_name='qué se entrega')),
                ('desde', models.DateField(verbose_name='desde')),
                ('hasta', models.DateField(verbose_name='hasta')),
                ('hora_desde', models.TimeField(blank=True, null=True, verbose_name='de las')),
                ('hora_hasta', models.TimeField(blank=True, null=True, verbose_name='a las')),
                ('lugar', models.CharField(blank=True, max_length=300, verbose_name='lugar, si no es un centro')),
                ('letra_desde', models.CharField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('E', 'E'), ('F', 'F'), ('G', 'G'), ('H', 'H'), ('I', 'I'), ('J', 'J'), ('K', 'K'), ('L', 'L'), ('M', 'M'), ('N', 'N'), ('Ñ', 'Ñ'), ('O', 'O'), ('P', 'P'), ('Q', 'Q'), ('R', 'R'), ('S', 'S'), ('T', 'T'), ('U', 'U'), ('V', 'V'), ('W', 'W'), ('X', 'X'), ('Y', 'Y'), ('Z', 'Z')], default='A', max_length=1, verbose_name='primer apellido, de la')),
                ('letra_hasta', models.CharField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('E', 'E'), ('F', 'F'), ('G', 'G'), ('H', 'H'), ('I', 'I'), ('J', 'J'), ('K', 'K'), ('L', 'L'), ('M', 'M'), ('N', 'N'), ('Ñ', 'Ñ'), ('O', 'O'), ('P', 'P'), ('Q', 'Q'), ('R', 'R'), ('S', 'S'), ('T', 'T'), ('U', 'U'), ('V', 'V'), ('W', 'W'), ('X', 'X'), ('Y', 'Y'), ('Z', 'Z')], default='Z', max_length=1, verbose_name='primer apellido, a la')),
                ('alcaldias', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, help_text='Claves del INEGI de quienes van a este lugar. Vacío: todas.', size=None, verbose_name='alcaldías')),
                ('cupo', models.PositiveIntegerField(blank=True, null=True, verbose_name='cupo')),
                ('notas', models.TextField(blank=True, max_length=1000, verbose_name='qué llevar y qué saber')),
                ('tardia_desde', models.DateField(blank=True, null=True, verbose_name='extemporánea, desde')),
                ('tardia_hasta', models.DateField(blank=True, null=True, verbose_name='extemporánea, hasta')),
                ('tardia_hora_desde', models.TimeField(blank=True, null=True, verbose_name='extemporánea, de las')),
                ('tardia_hora_hasta', models.TimeField(blank=True, null=True, verbose_name='extemporánea, a las')),
                ('tardia_lugar', models.CharField(blank=True, max_length=300, verbose_name='lugar para recoger después, si no es un centro')),
                ('tardia_documento', models.CharField(blank=True, max_length=200, verbose_name='documento que se pide además')),
                ('estado', models.CharField(choices=[('planeada', 'planeada'), ('publicada', 'publicada'), ('cancelada', 'cancelada')], default='planeada', editable=False, max_length=10, verbose_name='estado')),
                ('motivo', models.CharField(blank=True, editable=False, max_length=500, verbose_name='motivo')),
                ('publicada_en', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='publicada en')),
                ('cancelada_en', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='cancelada en')),
                ('es_demostracion', models.BooleanField(default=False, verbose_name='inventada para la demostración')),
                ('esperadas', models.PositiveIntegerField(default=0, editable=False, verbose_name='esperadas')),
                ('esperadas_por_letra', models.JSONField(blank=True, default=dict, editable=False, verbose_name='esperadas por letra')),
                ('contada_en', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='contada en')),
                ('entregadas', models.PositiveIntegerField(default=0, editable=False, verbose_name='entregadas')),
                ('no_recogidas', models.PositiveIntegerField(default=0, editable=False, verbose_name='no recogidas')),
                ('devueltas', models.PositiveIntegerField(default=0, editable=False, verbose_name='devueltas')),
                ('reentregadas', models.PositiveIntegerField(default=0, editable=False, verbose_name='entregadas otra vez')),
                ('recogidas_despues', models.PositiveIntegerField(default=0, editable=False, verbose_name='recogidas después')),
                ('monto_entregado', models.DecimalField(decimal_places=2, default=Decimal('0'), editable=False, max_digits=16, verbose_name='monto entregado')),
                ('monto_devuelto', models.DecimalField(decimal_places=2, default=Decimal('0'), editable=False, max_digits=16, verbose_name='monto devuelto')),
            ],
            options={
                'verbose_name': 'jornada de entrega',
                'verbose_name_plural': 'jornadas de entrega',
                'ordering': ['desde', 'letra_desde', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='JornadaDeEntregaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ejercicio', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='ejercicio')),
                ('periodo', models.CharField(blank=True, help_text='El de las cargas de las que sale la lista. Vacío: todas las del año.', max_length=5, validators=[django.core.validators.RegexValidator('^(anual|t[1-4]|m(0[1-9]|1[0-2]))$', 'El periodo es «anual», un trimestre («t1» a «t4») o un mes («m01» a «m12»).')], verbose_name='periodo del padrón')),
                ('ministracion', models.PositiveSmallIntegerField(default=0, help_text='Cuál de los pagos es: 1, 2, 3… Cero si solo hay uno.', validators=[django.core.validators.MaxValueValidator(60)], verbose_name='ministración')),
                ('apoyo', models.CharField(blank=True, help_text='Solo si no es el apoyo mismo: «tarjeta», cuando el dinero se deposita después.', max_length=80, verbose_name='qué parte del apoyo')),
                ('monto', models.DecimalField(blank=True, decimal_places=2, help_text='Vacío: el que dice el padrón para cada quien.', max_digits=14, null=True, verbose_name='monto')),
                ('especie', models.CharField(blank=True, help_text='Si no es dinero: «despensa de 12 productos».', max_length=200, verbose_name='qué se entrega')),
                ('desde', models.DateField(verbose_name='desde')),
                ('hasta', models.DateField(verbose_name='hasta')),
                ('hora_desde', models.TimeField(blank=True, null=True, verbose_name='de las')),
                ('hora_hasta', models.TimeField(blank=True, null=True, verbose_name='a las')),
                ('lugar', models.CharField(blank=True, max_length=300, verbose_name='lugar, si no es un centro')),
                ('letra_desde', models.CharField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('E', 'E'), ('F', 'F'), ('G', 'G'), ('H', 'H'), ('I', 'I'), ('J', 'J'), ('K', 'K'), ('L', 'L'), ('M', 'M'), ('N', 'N'), ('Ñ', 'Ñ'), ('O', 'O'), ('P', 'P'), ('Q', 'Q'), ('R', 'R'), ('S', 'S'), ('T', 'T'), ('U', 'U'), ('V', 'V'), ('W', 'W'), ('X', 'X'), ('Y', 'Y'), ('Z', 'Z')], default='A', max_length=1, verbose_name='primer apellido, de la')),
                ('letra_hasta', models.CharField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('E', 'E'), ('F', 'F'), ('G', 'G'), ('H', 'H'), ('I', 'I'), ('J', 'J'), ('K', 'K'), ('L', 'L'), ('M', 'M'), ('N', 'N'), ('Ñ', 'Ñ'), ('O', 'O'), ('P', 'P'), ('Q', 'Q'), ('R', 'R'), ('S', 'S'), ('T', 'T'), ('U', 'U'), ('V', 'V'), ('W', 'W'), ('X', 'X'), ('Y', 'Y'), ('Z', 'Z')], default='Z', max_length=1, verbose_name='primer apellido, a la')),
                ('alcaldias', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, help_text='Claves del INEGI de quienes van a este lugar. Vacío: todas.', size=None, verbose_name='alcaldías')),
                ('cupo', models.PositiveIntegerField(blank=True, null=True, verbose_name='cupo')),
                ('notas', models.TextField(blank=True, max_length=1000, verbose_name='qué llevar y qué saber')),
                ('tardia_desde', models.DateField(blank=True, null=True, verbose_name='extemporánea, desde')),
                ('tardia_hasta', models.DateField(blank=True, null=True, verbose_name='extemporánea, hasta')),
                ('tardia_hora_desde', models.TimeField(blank=True, null=True, verbose_name='extemporánea, de las')),
                ('tardia_hora_hasta', models.TimeField(blank=True, null=True, verbose_name='extemporánea, a las')),
                ('tardia_lugar', models.CharField(blank=True, max_length=300, verbose_name='lugar para recoger después, si no es un centro')),
                ('tardia_documento', models.CharField(blank=True, max_length=200, verbose_name='documento que se pide además')),
                ('estado', models.CharField(choices=[('planeada', 'planeada'), ('publicada', 'publicada'), ('cancelada', 'cancelada')], default='planeada', editable=False, max_length=10, verbose_name='estado')),
                ('motivo', models.CharField(blank=True, editable=False, max_length=500, verbose_name='motivo')),
                ('publicada_en', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='publicada en')),
                ('cancelada_en', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='cancelada en')),
                ('es_demostracion', models.BooleanField(default=False, verbose_name='inventada para la demostración')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LoteDeEntregas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('que', models.CharField(choices=[('todas_menos', 'se entregó a toda la lista, menos a quienes se indican'), ('entregar_lista', 'se entregó solo a quienes se indican'), ('no_recogio_lista', 'no recogieron quienes se indican'), ('devolver_lista', 'se devolvió lo de quienes se indican'), ('deshacer_lote', 'se devuelve lo que anotó otro lote')], max_length=16, verbose_name='qué se anota')),
                ('fecha', models.DateField(verbose_name='fecha')),
                ('motivo', models.CharField(blank=True, max_length=500, verbose_name='motivo')),
                ('estado', models.CharField(choices=[('preparado', 'por confirmar'), ('por_confirmar', 'espera a otra persona'), ('en_cola', 'anotándose'), ('aplicado', 'anotado'), ('descartado', 'descartado')], default='preparado', editable=False, max_length=13, verbose_name='estado')),
                ('recibidas', models.PositiveIntegerField(default=0, verbose_name='renglones de la lista')),
                ('sin_hallar', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), default=list, size=None, verbose_name='renglones sin hallar')),
                ('por_anotar', models.PositiveIntegerField(default=0, verbose_name='por anotar')),
                ('monto_previsto', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='monto previsto')),
                ('anotadas', models.PositiveIntegerField(default=0, verbose_name='anotadas')),
                ('monto', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='monto')),
                ('preparado_en', models.DateTimeField(default=django.utils.timezone.now, verbose_name='preparado en')),
                ('confirmado_en', models.DateTimeField(blank=True, null=True, verbose_name='confirmado en')),
                ('error', models.CharField(blank=True, max_length=500, verbose_name='por qué no se anotó')),
                ('aplicado_en', models.DateTimeField(blank=True, null=True, verbose_name='anotado en')),
            ],
            options={
                'verbose_name': 'lote de entregas',
                'verbose_name_plural': 'lotes de entregas',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='RegistroDeLote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('registro_id', models.BigIntegerField(verbose_name='registro')),
                ('carga_id', models.BigIntegerField(verbose_name='carga')),
            ],
            options={
                'verbose_name': 'registro de un lote',
                'verbose_name_plural': 'registros de un lote',
            },
        ),
        migrations.CreateModel(
            name='InstrumentoDeEntrega',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vigente_desde', models.DateField(blank=True, null=True, verbose_name='vigente desde')),
                ('vigente_hasta', models.DateField(blank=True, null=True, verbose_name='vigente hasta')),
                ('clave', models.CharField(max_length=80, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Usa minúsculas sin acento, números y guiones: «apoyo-escolar».')], verbose_name='clave')),
                ('nombre', models.CharField(max_length=200, verbose_name='nombre')),
                ('descripcion', models.TextField(blank=True, verbose_name='descripción')),
                ('norma', models.CharField(blank=True, help_text='Ley y artículo que lo sustentan.', max_length=300, verbose_name='norma')),
                ('orden', models.PositiveSmallIntegerField(default=0, verbose_name='orden')),
                ('lleva_monto', models.BooleanField(default=True, help_text='En especie y los servicios se describen; lo demás dice cuánto dinero es.', verbose_name='lleva monto')),
            ],
            options={
                'verbose_name': 'instrumento de entrega',
                'verbose_name_plural': 'instrumentos de entrega',
                'ordering': ['orden', 'nombre'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('vigente_desde__isnull', True), ('vigente_hasta__isnull', True), ('vigente_hasta__gte', models.F('vigente_desde')), _connector='OR'), name='padron_instrumentodeentrega_vigencia_en_orden', violation_error_message='La vigencia termina antes de empezar.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='instrumentodeentrega',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "padron_instrumentodeentregaevent" ("clave", "descripcion", "id", "lleva_monto", "nombre", "norma", "orden", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vigente_desde", "vigente_hasta") VALUES (NEW."clave", NEW."descripcion", NEW."id", NEW."lleva_monto", NEW."nombre", NEW."norma", NEW."orden", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."vigente_desde", NEW."vigente_hasta"); RETURN NULL;', hash='4c3ea7c3aa80a9fcf160bb0c48dbdef75669ebbd', operation='INSERT', pgid='pgtrigger_insert_insert_79a5f', table='padron_instrumentodeentrega', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='instrumentodeentrega',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "padron_instrumentodeentregaevent" ("clave", "descripcion", "id", "lleva_monto", "nombre", "norma", "orden", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vigente_desde", "vigente_hasta") VALUES (NEW."clave", NEW."descripcion", NEW."id", NEW."lleva_monto", NEW."nombre", NEW."norma", NEW."orden", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."vigente_desde", NEW."vigente_hasta"); RETURN NULL;', hash='0120f02c844a10f9717d67cd46e15603a441cb2e', operation='UPDATE', pgid='pgtrigger_update_update_7a972', table='padron_instrumentodeentrega', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='instrumentodeentrega',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "padron_instrumentodeentregaevent" ("clave", "descripcion", "id", "lleva_monto", "nombre", "norma", "orden", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vigente_desde", "vigente_hasta") VALUES (OLD."clave", OLD."descripcion", OLD."id", OLD."lleva_monto", OLD."nombre", OLD."norma", OLD."orden", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."vigente_desde", OLD."vigente_hasta"); RETURN NULL;', hash='ad1cd0773eca2560f2cff5d777da5ab9b294d987', operation='DELETE', pgid='pgtrigger_delete_delete_9a0b9', table='padron_instrumentodeentrega', when='AFTER')),
        ),
        migrations.AddField(
            model_name='instrumentodeentregaevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='instrumentodeentregaevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='padron.instrumentodeentrega'),
        ),
        migrations.AddField(
            model_name='jornadadeentrega',
            name='cancelada_por',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jornadas_canceladas', to=settings.AUTH_USER_MODEL, verbose_name='cancelada por'),
        ),
        migrations.AddField(
            model_name='jornadadeentrega',
            name='capturada_por',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jornadas_capturadas', to=settings.AUTH_USER_MODEL, verbose_name='capturada por'),
        ),
        migrations.AddField(
            model_name='jornadadeentrega',
            name='centro',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jornadas_de_entrega', to='territorio.centro', verbose_name='centro'),
        ),
        migrations.AddField(
            model_name='jornadadeentrega',
            name='dependencia',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jornadas_de_entrega', to='cuentas.dependencia', verbose_name='dependencia'),
        ),
        migrations.AddField(
            model_name='jornadadeentrega',
            name='fecha_publica',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programas.fechadeentrega', verbose_name='fecha en el portal'),
        ),
        migrations.AddField(
            model_name='jornadadeentrega',
            name='fecha_tardia',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programas.fechadeentrega', verbose_name='fecha extemporánea en el portal'),
        ),
        migrations.AddField(
            model_name='jornadadeentrega',
            name='instrumento',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='padron.instrumentodeentrega', verbose_name='instrumento'),
        ),
        migrations.AddField(
            model_name='jornadadeentrega',
            name='programa',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jornadas_de_entrega', to='programas.programa', verbose_name='programa'),
        ),
        migrations.AddField(
            model_name='jornadadeentrega',
            name='publicada_por',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jornadas_publicadas', to=settings.AUTH_USER_MODEL, verbose_name='publicada por'),
        ),
        migrations.AddField(
            model_name='jornadadeentrega',
            name='tardia_centro',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jornadas_extemporaneas', to='territorio.centro', verbose_name='centro para recoger después'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='cancelada_por',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cancelada por'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='capturada_por',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='capturada por'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='centro',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territorio.centro', verbose_name='centro'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='dependencia',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cuentas.dependencia', verbose_name='dependencia'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='fecha_publica',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programas.fechadeentrega', verbose_name='fecha en el portal'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='fecha_tardia',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programas.fechadeentrega', verbose_name='fecha extemporánea en el portal'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='instrumento',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='padron.instrumentodeentrega', verbose_name='instrumento'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='padron.jornadadeentrega'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='programa',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programas.programa', verbose_name='programa'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='publicada_por',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='publicada por'),
        ),
        migrations.AddField(
            model_name='jornadadeentregaevent',
            name='tardia_centro',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territorio.centro', verbose_name='centro para recoger después'),
        ),
        migrations.AddField(
            model_name='lotedeentregas',
            name='confirmado_por',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lotes_de_entregas_confirmados', to=settings.AUTH_USER_MODEL, verbose_name='confirmado por'),
        ),
        migrations.AddField(
            model_name='lotedeentregas',
            name='jornada',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lotes', to='padron.jornadadeentrega', verbose_name='jornada'),
        ),
        migrations.AddField(
            model_name='lotedeentregas',
            name='origen',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deshechos', to='padron.lotedeentregas', verbose_name='lote que se deshace'),
        ),
        migrations.AddField(
            model_name='lotedeentregas',
            name='preparado_por',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lotes_de_entregas', to=settings.AUTH_USER_MODEL, verbose_name='preparado por'),
        ),
        migrations.AddField(
            model_name='registrodelote',
            name='lote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registros', to='padron.lotedeentregas', verbose_name='lote'),
        ),
        migrations.AddIndex(
            model_name='jornadadeentrega',
            index=models.Index(fields=['programa', 'ejercicio', 'desde'], name='jornada_del_programa'),
        ),
        migrations.AddIndex(
            model_name='jornadadeentrega',
            index=models.Index(fields=['dependencia', '-desde'], name='jornada_de_la_dependencia'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(('hasta__gte', models.F('desde'))), name='jornada_fechas_en_orden', violation_error_message='La jornada termina antes de empezar.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hora_desde__isnull', True), ('hora_hasta__isnull', True)), models.Q(('hora_desde__isnull', False), ('hora_hasta__gt', models.F('hora_desde')), ('hora_hasta__isnull', False)), _connector='OR'), name='jornada_horas_en_orden', violation_error_message='La hora de cierre es anterior a la de inicio, o falta una.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tardia_desde__isnull', True), ('tardia_hasta__isnull', True)), models.Q(('tardia_desde__gt', models.F('hasta')), ('tardia_desde__isnull', False), ('tardia_hasta__gte', models.F('tardia_desde')), ('tardia_hasta__isnull', False)), _connector='OR'), name='jornada_ventana_extemporanea_en_orden', violation_error_message='La ventana extemporánea empieza después de la jornada y termina después de empezar.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tardia_hora_desde__isnull', True), ('tardia_hora_hasta__isnull', True)), models.Q(('tardia_hora_desde__isnull', False), ('tardia_hora_hasta__gt', models.F('tardia_hora_desde')), ('tardia_hora_hasta__isnull', False)), _connector='OR'), name='jornada_horas_extemporaneas_en_orden', violation_error_message='En la ventana extemporánea, la hora de cierre es anterior a la de inicio, o falta una.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(('tardia_desde__isnull', False), models.Q(('tardia_centro__isnull', True), ('tardia_documento', ''), ('tardia_hora_desde__isnull', True), ('tardia_lugar', '')), _connector='OR'), name='jornada_lo_extemporaneo_tiene_ventana', violation_error_message='Di de qué día a qué día es la ventana extemporánea.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('centro__isnull', False), ('lugar', '')), models.Q(('centro__isnull', True), models.Q(('lugar', ''), _negated=True)), _connector='OR'), name='jornada_un_lugar', violation_error_message='El lugar es un centro o está escrito: uno de los dos.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('tardia_lugar', ''), _negated=True), ('tardia_centro__isnull', True)), ('tardia_lugar', ''), _connector='OR'), name='jornada_un_lugar_extemporaneo', violation_error_message='El lugar extemporáneo es un centro o está escrito, no los dos.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(('letra_desde__in', ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'Ñ', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z']), ('letra_hasta__in', ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'Ñ', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'])), name='jornada_letras_del_abecedario', violation_error_message='Las letras van de la A a la Z, con la Ñ y en mayúscula.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.StrIndex(models.Value('ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'), models.F('letra_hasta')), django.db.models.functions.text.StrIndex(models.Value('ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'), models.F('letra_desde'))), name='jornada_letras_en_orden', violation_error_message='La última letra va antes que la primera.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('estado', 'cancelada'), _negated=True), expressions=[('programa', '='), ('ejercicio', '='), ('ministracion', '='), ('apoyo', '='), (django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast('centro', models.TextField()), django.db.models.functions.text.Lower('lugar')), '='), (models.Func(models.F('desde'), models.F('hasta'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&'), (models.Func(django.db.models.functions.text.StrIndex(models.Value('ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'), models.F('letra_desde')), django.db.models.functions.text.StrIndex(models.Value('ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'), models.F('letra_hasta')), models.Value('[]'), function='int4range', output_field=django.contrib.postgres.fields.ranges.IntegerRangeField()), '&&')], name='jornada_letras_sin_encimarse', violation_error_message='Ya hay una jornada de ese programa, en ese lugar y ese día, para alguna de esas letras.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publicada_en__isnull', True), ('publicada_por__isnull', True)), models.Q(('publicada_en__isnull', False), ('publicada_por__isnull', False)), _connector='OR'), name='jornada_publicada_en_y_por_juntos', violation_error_message='Falta decir quién o cuándo.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelada_en__isnull', True), ('cancelada_por__isnull', True)), models.Q(('cancelada_en__isnull', False), ('cancelada_por__isnull', False)), _connector='OR'), name='jornada_cancelada_en_y_por_juntos', violation_error_message='Falta decir quién o cuándo.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('estado', 'publicada'), _negated=True), ('publicada_en__isnull', False), _connector='OR'), name='jornada_publicada_con_fecha', violation_error_message='Publicada es la que alguien publicó.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelada_en__isnull', False), ('estado', 'cancelada'), models.Q(('motivo', ''), _negated=True)), models.Q(models.Q(('estado', 'cancelada'), _negated=True), ('cancelada_en__isnull', True)), _connector='OR'), name='jornada_cancelada_con_motivo', violation_error_message='Una jornada cancelada dice por qué.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(('cupo__isnull', True), ('cupo__gt', 0), _connector='OR'), name='jornada_cupo_positivo', violation_error_message='El cupo es de una persona o más; si no se sabe, va vacío.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(('monto__isnull', True), ('monto__gt', 0), _connector='OR'), name='jornada_monto_positivo', violation_error_message='El monto es mayor que cero; si es el del padrón, va vacío.'),
        ),
        migrations.AddConstraint(
            model_name='jornadadeentrega',
            constraint=models.CheckConstraint(condition=models.Q(('ejercicio__gte', 2000), ('ejercicio__lte', 2100)), name='jornada_ejercicio_razonable', violation_error_message='El año va de 2000 a 2100.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jornadadeentrega',
            trigger=pgtrigger.compiler.Trigger(name='jornada_flujo', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."estado", \':\', NEW."estado") = ANY(\'{planeada:cancelada,planeada:publicada,publicada:cancelada}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."estado" IS DISTINCT FROM NEW."estado") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "estado" from "%" to "%" on table %\', OLD."estado", NEW."estado", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='015caec6f2009c50b42b34610c9c28fd98f3e0d6', operation='UPDATE', pgid='pgtrigger_jornada_flujo_d9960', table='padron_jornadadeentrega', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jornadadeentrega',
            trigger=pgtrigger.compiler.Trigger(name='jornada_no_se_borra', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='da7053bef4c0ba55138f0c0f8aaa146a764e41d0', operation='DELETE', pgid='pgtrigger_jornada_no_se_borra_7645e', table='padron_jornadadeentrega', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jornadadeentrega',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "padron_jornadadeentregaevent" ("alcaldias", "apoyo", "cancelada_en", "cancelada_por_id", "capturada_por_id", "centro_id", "cupo", "dependencia_id", "desde", "ejercicio", "es_demostracion", "especie", "estado", "fecha_publica_id", "fecha_tardia_id", "hasta", "hora_desde", "hora_hasta", "id", "instrumento_id", "letra_desde", "letra_hasta", "lugar", "ministracion", "monto", "motivo", "notas", "periodo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programa_id", "publicada_en", "publicada_por_id", "tardia_centro_id", "tardia_desde", "tardia_documento", "tardia_hasta", "tardia_hora_desde", "tardia_hora_hasta", "tardia_lugar") VALUES (NEW."alcaldias", NEW."apoyo", NEW."cancelada_en", NEW."cancelada_por_id", NEW."capturada_por_id", NEW."centro_id", NEW."cupo", NEW."dependencia_id", NEW."desde", NEW."ejercicio", NEW."es_demostracion", NEW."especie", NEW."estado", NEW."fecha_publica_id", NEW."fecha_tardia_id", NEW."hasta", NEW."hora_desde", NEW."hora_hasta", NEW."id", NEW."instrumento_id", NEW."letra_desde", NEW."letra_hasta", NEW."lugar", NEW."ministracion", NEW."monto", NEW."motivo", NEW."notas", NEW."periodo", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programa_id", NEW."publicada_en", NEW."publicada_por_id", NEW."tardia_centro_id", NEW."tardia_desde", NEW."tardia_documento", NEW."tardia_hasta", NEW."tardia_hora_desde", NEW."tardia_hora_hasta", NEW."tardia_lugar"); RETURN NULL;', hash='794d6a71a20560536c4d659dcf8e0d9a080dc855', operation='INSERT', pgid='pgtrigger_insert_insert_4322e', table='padron_jornadadeentrega', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jornadadeentrega',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."alcaldias" IS DISTINCT FROM (NEW."alcaldias") OR OLD."apoyo" IS DISTINCT FROM (NEW."apoyo") OR OLD."cancelada_en" IS DISTINCT FROM (NEW."cancelada_en") OR OLD."cancelada_por_id" IS DISTINCT FROM (NEW."cancelada_por_id") OR OLD."capturada_por_id" IS DISTINCT FROM (NEW."capturada_por_id") OR OLD."centro_id" IS DISTINCT FROM (NEW."centro_id") OR OLD."cupo" IS DISTINCT FROM (NEW."cupo") OR OLD."dependencia_id" IS DISTINCT FROM (NEW."dependencia_id") OR OLD."desde" IS DISTINCT FROM (NEW."desde") OR OLD."ejercicio" IS DISTINCT FROM (NEW."ejercicio") OR OLD."es_demostracion" IS DISTINCT FROM (NEW."es_demostracion") OR OLD."especie" IS DISTINCT FROM (NEW."especie") OR OLD."estado" IS DISTINCT FROM (NEW."estado") OR OLD."fecha_publica_id" IS DISTINCT FROM (NEW."fecha_publica_id") OR OLD."fecha_tardia_id" IS DISTINCT FROM (NEW."fecha_tardia_id") OR OLD."hasta" IS DISTINCT FROM (NEW."hasta") OR OLD."hora_desde" IS DISTINCT FROM (NEW."hora_desde") OR OLD."hora_hasta" IS DISTINCT FROM (NEW."hora_hasta") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."instrumento_id" IS DISTINCT FROM (NEW."instrumento_id") OR OLD."letra_desde" IS DISTINCT FROM (NEW."letra_desde") OR OLD."letra_hasta" IS DISTINCT FROM (NEW."letra_hasta") OR OLD."lugar" IS DISTINCT FROM (NEW."lugar") OR OLD."ministracion" IS DISTINCT FROM (NEW."ministracion") OR OLD."monto" IS DISTINCT FROM (NEW."monto") OR OLD."motivo" IS DISTINCT FROM (NEW."motivo") OR OLD."notas" IS DISTINCT FROM (NEW."notas") OR OLD."periodo" IS DISTINCT FROM (NEW."periodo") OR OLD."programa_id" IS DISTINCT FROM (NEW."programa_id") OR OLD."publicada_en" IS DISTINCT FROM (NEW."publicada_en") OR OLD."publicada_por_id" IS DISTINCT FROM (NEW."publicada_por_id") OR OLD."tardia_centro_id" IS DISTINCT FROM (NEW."tardia_centro_id") OR OLD."tardia_desde" IS DISTINCT FROM (NEW."tardia_desde") OR OLD."tardia_documento" IS DISTINCT FROM (NEW."tardia_documento") OR OLD."tardia_hasta" IS DISTINCT FROM (NEW."tardia_hasta") OR OLD."tardia_hora_desde" IS DISTINCT FROM (NEW."tardia_hora_desde") OR OLD."tardia_hora_hasta" IS DISTINCT FROM (NEW."tardia_hora_hasta") OR OLD."tardia_lugar" IS DISTINCT FROM (NEW."tardia_lugar"))', func='INSERT INTO "padron_jornadadeentregaevent" ("alcaldias", "apoyo", "cancelada_en", "cancelada_por_id", "capturada_por_id", "centro_id", "cupo", "dependencia_id", "desde", "ejercicio", "es_demostracion", "especie", "estado", "fecha_publica_id", "fecha_tardia_id", "hasta", "hora_desde", "hora_hasta", "id", "instrumento_id", "letra_desde", "letra_hasta", "lugar", "ministracion", "monto", "motivo", "notas", "periodo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programa_id", "publicada_en", "publicada_por_id", "tardia_centro_id", "tardia_desde", "tardia_documento", "tardia_hasta", "tardia_hora_desde", "tardia_hora_hasta", "tardia_lugar") VALUES (NEW."alcaldias", NEW."apoyo", NEW."cancelada_en", NEW."cancelada_por_id", NEW."capturada_por_id", NEW."centro_id", NEW."cupo", NEW."dependencia_id", NEW."desde", NEW."ejercicio", NEW."es_demostracion", NEW."especie", NEW."estado", NEW."fecha_publica_id", NEW."fecha_tardia_id", NEW."hasta", NEW."hora_desde", NEW."hora_hasta", NEW."id", NEW."instrumento_id", NEW."letra_desde", NEW."letra_hasta", NEW."lugar", NEW."ministracion", NEW."monto", NEW."motivo", NEW."notas", NEW."periodo", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programa_id", NEW."publicada_en", NEW."publicada_por_id", NEW."tardia_centro_id", NEW."tardia_desde", NEW."tardia_documento", NEW."tardia_hasta", NEW."tardia_hora_desde", NEW."tardia_hora_hasta", NEW."tardia_lugar"); RETURN NULL;', hash='274e53143ad516fc4d094a3bc0caa65417d1cc23', operation='UPDATE', pgid='pgtrigger_update_update_bb49c', table='padron_jornadadeentrega', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jornadadeentrega',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "padron_jornadadeentregaevent" ("alcaldias", "apoyo", "cancelada_en", "cancelada_por_id", "capturada_por_id", "centro_id", "cupo", "dependencia_id", "desde", "ejercicio", "es_demostracion", "especie", "estado", "fecha_publica_id", "fecha_tardia_id", "hasta", "hora_desde", "hora_hasta", "id", "instrumento_id", "letra_desde", "letra_hasta", "lugar", "ministracion", "monto", "motivo", "notas", "periodo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programa_id", "publicada_en", "publicada_por_id", "tardia_centro_id", "tardia_desde", "tardia_documento", "tardia_hasta", "tardia_hora_desde", "tardia_hora_hasta", "tardia_lugar") VALUES (OLD."alcaldias", OLD."apoyo", OLD."cancelada_en", OLD."cancelada_por_id", OLD."capturada_por_id", OLD."centro_id", OLD."cupo", OLD."dependencia_id", OLD."desde", OLD."ejercicio", OLD."es_demostracion", OLD."especie", OLD."estado", OLD."fecha_publica_id", OLD."fecha_tardia_id", OLD."hasta", OLD."hora_desde", OLD."hora_hasta", OLD."id", OLD."instrumento_id", OLD."letra_desde", OLD."letra_hasta", OLD."lugar", OLD."ministracion", OLD."monto", OLD."motivo", OLD."notas", OLD."periodo", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programa_id", OLD."publicada_en", OLD."publicada_por_id", OLD."tardia_centro_id", OLD."tardia_desde", OLD."tardia_documento", OLD."tardia_hasta", OLD."tardia_hora_desde", OLD."tardia_hora_hasta", OLD."tardia_lugar"); RETURN NULL;', hash='e904e694a73e2d5f5650f901288a3c9ed12d9083', operation='DELETE', pgid='pgtrigger_delete_delete_aadc2', table='padron_jornadadeentrega', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='lotedeentregas',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('preparado_en__isnull', True), ('preparado_por__isnull', True)), models.Q(('preparado_en__isnull', False), ('preparado_por__isnull', False)), _connector='OR'), name='lote_de_entregas_preparado_en_y_por_juntos', violation_error_message='Falta decir quién o cuándo.'),
        ),
        migrations.AddConstraint(
            model_name='lotedeentregas',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmado_en__isnull', True), ('confirmado_por__isnull', True)), models.Q(('confirmado_en__isnull', False), ('confirmado_por__isnull', False)), _connector='OR'), name='lote_de_entregas_confirmado_en_y_por_juntos', violation_error_message='Falta decir quién o cuándo.'),
        ),
        migrations.AddConstraint(
            model_name='lotedeentregas',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('que__in', ['devolver_lista', 'deshacer_lote']), _negated=True), ('confirmado_por__isnull', True), models.Q(('confirmado_por', models.F('preparado_por')), _negated=True), _connector='OR'), name='lote_de_entregas_lo_confirma_otra_persona', violation_error_message='Una devolución de muchas la confirma otra persona.'),
        ),
        migrations.AddConstraint(
            model_name='lotedeentregas',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('que__in', ['devolver_lista', 'deshacer_lote']), _negated=True), models.Q(('motivo', ''), _negated=True), _connector='OR'), name='lote_de_entregas_devolucion_con_motivo', violation_error_message='Una devolución dice por qué.'),
        ),
        migrations.AddConstraint(
            model_name='lotedeentregas',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origen__isnull', False), ('que', 'deshacer_lote')), models.Q(models.Q(('que', 'deshacer_lote'), _negated=True), ('origen__isnull', True)), _connector='OR'), name='lote_de_entregas_dice_cual_deshace', violation_error_message='Falta decir qué lote se deshace.'),
        ),
        migrations.AddConstraint(
            model_name='lotedeentregas',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('estado__in', ['en_cola', 'aplicado']), _negated=True), ('confirmado_en__isnull', False), _connector='OR'), name='lote_de_entregas_alguien_lo_confirmo', violation_error_message='Nada se anota sin que alguien lo confirme.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotedeentregas',
            trigger=pgtrigger.compiler.Trigger(name='lote_flujo', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."estado", \':\', NEW."estado") = ANY(\'{en_cola:aplicado,en_cola:descartado,por_confirmar:descartado,por_confirmar:en_cola,preparado:descartado,preparado:en_cola,preparado:por_confirmar}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."estado" IS DISTINCT FROM NEW."estado") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "estado" from "%" to "%" on table %\', OLD."estado", NEW."estado", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='aa6c799d402f4456201f94a04764796906eaeac9', operation='UPDATE', pgid='pgtrigger_lote_flujo_75cd9', table='padron_lotedeentregas', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotedeentregas',
            trigger=pgtrigger.compiler.Trigger(name='lote_no_se_borra', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8fd6931f68bb124502027b8f7a66585caf5d3755', operation='DELETE', pgid='pgtrigger_lote_no_se_borra_ecf30', table='padron_lotedeentregas', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='registrodelote',
            constraint=models.UniqueConstraint(fields=('lote', 'registro_id'), name='registro_de_lote_una_vez', violation_error_message='Ese registro ya está en la lista.'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(_entrega.CREAR, _entrega.QUITAR)],
            state_operations=[
                migrations.CreateModel(
                    name='Entrega',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False, verbose_name='ID')),
                        ('ejercicio', models.SmallIntegerField(verbose_name='ejercicio')),
                        ('carga_id', models.BigIntegerField(verbose_name='carga')),
                        ('ministracion', models.SmallIntegerField(default=0, verbose_name='ministración')),
                        ('apoyo', models.CharField(blank=True, max_length=80, verbose_name='parte del apoyo')),
                        ('orden', models.SmallIntegerField(default=1, verbose_name='orden')),
                        ('anterior', models.SmallIntegerField(blank=True, null=True, verbose_name='anotación anterior')),
                        ('estado', models.CharField(choices=[('entregada', 'entregada'), ('no_recogida', 'no recogida'), ('devuelta', 'devuelta'), ('reentregada', 'entregada otra vez')], max_length=11, verbose_name='qué pasó')),
                        ('estado_anterior', models.CharField(blank=True, choices=[('entregada', 'entregada'), ('no_recogida', 'no recogida'), ('devuelta', 'devuelta'), ('reentregada', 'entregada otra vez')], max_length=11, null=True, verbose_name='qué había pasado')),
                        ('monto', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='monto')),
                        ('especie', models.CharField(blank=True, max_length=200, verbose_name='qué se entregó')),
                        ('fecha', models.DateField(verbose_name='fecha')),
                        ('recibe', models.CharField(choices=[('titular', 'la persona titular'), ('tutor', 'su madre, padre o quien la tutela'), ('representante', 'su representante, con carta poder'), ('comite', 'el comité o la organización'), ('tercero', 'un tercero al que se paga por ella')], default='titular', max_length=13, verbose_name='quién recibió')),
                        ('motivo', models.CharField(blank=True, max_length=500, verbose_name='motivo')),
                        ('momento', models.DateTimeField(default=django.utils.timezone.now, verbose_name='momento')),
                        ('anotada_por', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='anotada por')),
                        ('centro', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territorio.centro', verbose_name='centro')),
                        ('registro', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='entregas', to='padron.registro', verbose_name='registro')),
                        ('instrumento', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='padron.instrumentodeentrega', verbose_name='instrumento')),
                    ],
                    options={
                        'verbose_name': 'entrega',
                        'verbose_name_plural': 'entregas',
                        'ordering': ['-id'],
                    },
                ),
                migrations.AddField(
                    model_name='entrega',
                    name='jornada',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entregas', to='padron.jornadadeentrega', verbose_name='jornada'),
                ),
                migrations.AddField(
                    model_name='entrega',
                    name='lote',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entregas', to='padron.lotedeentregas', verbose_name='lote'),
                ),
                migrations.AddConstraint(
                    model_name='entrega',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('estado_anterior__isnull', True), ('estado', 'entregada')), models.Q(('estado_anterior__isnull', True), ('estado', 'no_recogida')), models.Q(('estado_anterior', 'devuelta'), ('estado', 'reentregada')), models.Q(('estado_anterior', 'entregada'), ('estado', 'devuelta')), models.Q(('estado_anterior', 'no_recogida'), ('estado', 'entregada')), models.Q(('estado_anterior', 'reentregada'), ('estado', 'devuelta')), _connector='OR'), name='entrega_sigue_la_tabla', violation_error_message='Eso no puede seguir a lo que ya está anotado.'),
                ),
                migrations.AddConstraint(
                    model_name='entrega',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('anterior__isnull', True), ('estado_anterior__isnull', True), ('orden', 1)), models.Q(('anterior', django.db.models.expressions.CombinedExpression(models.F('orden'), '-', models.Value(1))), ('estado_anterior__isnull', False), ('orden__gt', 1)), _connector='OR'), name='entrega_cita_a_la_anterior', violation_error_message='Cada anotación cita a la anterior.'),
                ),
                migrations.AddConstraint(
                    model_name='entrega',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('especie', ''), ('estado', 'no_recogida'), ('monto__isnull', True)), models.Q(models.Q(('estado', 'no_recogida'), _negated=True), models.Q(('monto__gt', 0), models.Q(('monto__isnull', True), models.Q(('especie', ''), _negated=True)), _connector='OR')), _connector='OR'), name='entrega_dice_que_se_entrego', violation_error_message='Di cuánto dinero fue, o qué se entregó en especie.'),
                ),
                migrations.AddConstraint(
                    model_name='entrega',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('estado__in', ['devuelta', 'reentregada']), _negated=True), models.Q(('motivo', ''), _negated=True), _connector='OR'), name='entrega_devuelta_con_motivo', violation_error_message='Una devolución, o volver a entregar, dice por qué.'),
                ),
                migrations.AddConstraint(
                    model_name='entrega',
                    constraint=models.CheckConstraint(condition=models.Q(('fecha__lte', padron.models.resguardos_de_entrega.DiaEnLaCiudad('momento'))), name='entrega_no_es_futura', violation_error_message='Lo que aún no pasa no se anota: la fecha es posterior a hoy.'),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entrega',
            trigger=pgtrigger.compiler.Trigger(name='entrega_intacta', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            RAISE EXCEPTION 'Una entrega no se cambia ni se borra: se anota otra cosa después.'\n                USING ERRCODE = 'check_violation';\n        ", hash='a24040e67527648e80c29b4ee409edc33bdd7be9', operation='UPDATE OR DELETE', pgid='pgtrigger_entrega_intacta_96286', table='padron_entrega', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entrega',
            trigger=pgtrigger.compiler.Trigger(name='entrega_no_se_vacia', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Las entregas no se vacían.' USING ERRCODE = 'check_violation';", hash='145810b6ecd54c68beb1cf80aff8c04fcdd40356', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_entrega_no_se_vacia_cea10', table='padron_entrega', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entrega',
            trigger=pgtrigger.compiler.Trigger(name='entrega_cuadra', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE anio smallint; cargas bigint[]; sin_registro boolean; de_otro boolean; antes boolean; de_mas boolean;', func="\n    FOR anio, cargas IN SELECT ejercicio, array_agg(DISTINCT carga_id) FROM nuevas GROUP BY 1 LOOP\n        SELECT bool_or(r.id IS NULL),\n            bool_or(j.programa_id <> r.programa_id OR j.ejercicio <> n.ejercicio),\n            bool_or(n.fecha < j.desde),\n            bool_or(n.motivo = '' AND n.monto > r.monto)\n        INTO sin_registro, de_otro, antes, de_mas\n        FROM nuevas n JOIN padron_jornadadeentrega j ON j.id = n.jornada_id\n        LEFT JOIN padron_registro r ON r.id = n.registro_id AND r.carga_id = n.carga_id\n            AND r.ejercicio = anio AND r.carga_id = ANY (cargas)\n        WHERE n.ejercicio = anio;\n        IF sin_registro THEN\n            RAISE EXCEPTION 'Ese registro no está en el padrón.' USING ERRCODE = 'check_violation';\n        ELSIF de_otro THEN\n            RAISE EXCEPTION 'La jornada y el registro son de otro programa o de otro año.'\n                USING ERRCODE = 'check_violation';\n        ELSIF antes THEN\n            RAISE EXCEPTION 'La fecha es anterior a la jornada.' USING ERRCODE = 'check_violation';\n        ELSIF de_mas THEN\n            RAISE EXCEPTION 'Se entrega más de lo que dice el padrón: escribe por qué.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        IF EXISTS (\n            SELECT 1 FROM nuevas n JOIN padron_entrega a ON a.ejercicio = anio\n                AND a.registro_id = n.registro_id AND a.ministracion = n.ministracion\n                AND a.apoyo = n.apoyo AND a.orden = n.anterior\n            WHERE n.anterior IS NOT NULL AND n.ejercicio = anio AND (\n                a.estado <> n.estado_anterior\n                OR (n.estado = 'devuelta' AND a.monto IS DISTINCT FROM n.monto)\n            )\n        ) OR EXISTS (\n            SELECT 1 FROM nuevas n WHERE n.anterior IS NOT NULL AND n.ejercicio = anio\n                AND NOT EXISTS (\n                    SELECT 1 FROM padron_entrega a WHERE a.ejercicio = anio\n                        AND a.registro_id = n.registro_id AND a.ministracion = n.ministracion\n                        AND a.apoyo = n.apoyo AND a.orden = n.anterior\n                )\n        ) THEN\n            RAISE EXCEPTION 'La anotación no cuadra con la anterior: vuelve a abrir la página.'\n                USING ERRCODE = 'check_violation';\n        END IF;\n    END LOOP;\n    RETURN NULL;\n", hash='cde70743cda5e37cea3c885cec759f749ab63719', level='STATEMENT', operation='INSERT', pgid='pgtrigger_entrega_cuadra_75d3d', referencing='REFERENCING NEW TABLE AS nuevas ', table='padron_entrega', when='AFTER')),
        ),
        migrations.RunSQL(_entrega.CUIDAR, migrations.RunSQL.noop),
    ]
