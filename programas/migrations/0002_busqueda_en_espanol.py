from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Configuración de texto `sibis_es`: sin acentos primero, raíz española después."""

    dependencies = [("programas", "0001_inicial")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(
            sql="""
                CREATE TEXT SEARCH CONFIGURATION sibis_es (COPY = pg_catalog.spanish);
                ALTER TEXT SEARCH CONFIGURATION sibis_es
                    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;
            """,
            reverse_sql="DROP TEXT SEARCH CONFIGURATION IF EXISTS sibis_es;",
        ),
    ]
