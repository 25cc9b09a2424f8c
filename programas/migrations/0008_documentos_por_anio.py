from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programas", "0007_direcciones_anteriores")]

    operations = [
        migrations.AddIndex(
            model_name="documento",
            index=models.Index(
                models.OrderBy(models.F("ejercicio"), descending=True),
                models.OrderBy(models.F("fecha"), descending=True, nulls_last=True),
                models.F("id"),
                condition=models.Q(("visible", True)),
                include=("clase", "dependencia", "programa"),
                name="documento_por_anio",
            ),
        ),
    ]
