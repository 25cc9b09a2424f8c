"""Un trabajador de verdad al que se puede matar, y lo que una carga deja en la base."""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from padron.models import FilaEnEspera, Hallazgo, Pasada
from tests.padron.carga.conftest import volcado

TRABAJADOR = """
import os, resource, sys, pathlib
if limite := int(os.environ.get("LIMITE", "0")):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limite, limite))
import django
from django.conf import settings
settings.STORAGES["archivos"] = {
    "BACKEND": "sibis.archivos.almacen.AlmacenEnDisco",
    "OPTIONS": {"location": sys.argv[2]},
}
settings.PADRON_TRABAJO = pathlib.Path(sys.argv[3])
settings.PADRON_PARTICION_DESDE = 1_000
django.setup()
from padron.importacion import avance, escribir, indexar
escribir.EN_PARALELO = indexar.EN_PARALELO = 0
print("listo", flush=True)
avance.avanzar(int(sys.argv[1]), segundos=600)
"""


def trabajador(pasada: Pasada, almacen, *, limite: int = 0) -> subprocess.Popen:
    partes = urlsplit(os.environ["DATABASE_URL"])
    base = partes._replace(path=f"/{connection.settings_dict['NAME']}")
    entorno = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sibis.settings.pruebas",
        "DATABASE_URL": urlunsplit(base),
        "LIMITE": str(limite),
    }
    orden = [sys.executable, "-c", TRABAJADOR, str(pasada.pk), str(almacen)]
    return subprocess.Popen(
        [*orden, str(settings.PADRON_TRABAJO)],
        cwd=settings.RAIZ,
        env=entorno,
        stdout=subprocess.PIPE,
        text=True,
    )


def lo_que_quedo(carga) -> tuple:
    """Todo lo que una carga deja en la base, sin sus llaves."""
    pasada = carga.pasada
    hallazgos = Hallazgo.objects.filter(pasada=pasada).order_by("fila", "columna", "codigo")
    espera = FilaEnEspera.objects.filter(pasada=pasada).order_by("fila")
    return (
        carga.estado,
        (carga.filas, carga.validas, carga.con_error, carga.con_aviso),
        volcado(pasada.tabla),
        list(hallazgos.values_list("fila", "columna", "codigo", "severidad", "forma")),
        list(espera.values_list("fila", "bloqueada", "celdas")),
    )
