from django.db import migrations
from django.db.models import Max, OuterRef, Subquery


def apuntar(apps, schema_editor):
    """Los hilos de antes no sabían cuál era su último mensaje."""
    mensajes = apps.get_model("mensajes", "Mensaje").objects.filter(hilo=OuterRef("pk"))
    ultimo = mensajes.order_by().values("hilo").annotate(ultimo=Max("pk")).values("ultimo")
    apps.get_model("mensajes", "Hilo").objects.filter(ultimo=None).update(ultimo=Subquery(ultimo))


class Migration(migrations.Migration):

    dependencies = [("mensajes", "0002_ultimo_mensaje_del_hilo")]

    operations = [migrations.RunPython(apuntar, migrations.RunPython.noop, elidable=True)]
