from django.db import migrations


def abrir(apps, schema_editor):
    """Las que ya estaban: desde ahora nacen con su carpeta."""
    regla_de = apps.get_model("programas", "ReglaOperacion")
    expediente_de = apps.get_model("expedientes", "Expediente")
    for regla in regla_de.objects.filter(expediente__isnull=True).order_by("pk").iterator():
        expediente = expediente_de.objects.create(
            clase="regla",
            dependencia_id=regla.dependencia_id,
            titulo=f"{regla.nombre} {regla.ejercicio}, v{regla.version}"[:300],
            url=f"/panel/programas/reglaoperacion/{regla.pk}/change/",
        )
        regla_de.objects.filter(pk=regla.pk).update(expediente=expediente)


class Migration(migrations.Migration):

    dependencies = [
        ('programas', '0010_motor_de_revision'),
    ]

    operations = [
        migrations.RunPython(abrir, migrations.RunPython.noop, elidable=True),
    ]
