"""La carga a la que matan con kill -9: repetirla deja lo mismo que una que nadie interrumpió."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as ajustes
from django.core.management import call_command
from django.db import connection

from programas.models import Documento
from sibis.archivos.models import Archivo
from sibis.bitacora.models import Evento
from sibis.demo.pdf_sencillo import pdf

pytestmark = pytest.mark.django_db(transaction=True)
FILAS = 60
_CARGAR = """
import sys, django
from django.conf import settings
settings.STORAGES["archivos"] = {
    "BACKEND": "sibis.archivos.almacen.AlmacenEnDisco", "OPTIONS": {"location": sys.argv[2]},
}
django.setup()
from django.core.management import call_command
call_command("cargar_archivo", sys.argv[1])
"""


@pytest.fixture
def almacen(tmp_path: Path, settings) -> Path:
    """El almacén de verdad, en disco, el mismo para este proceso y para el que muere."""
    lugar = tmp_path / "almacen"
    settings.STORAGES = settings.STORAGES | {
        "archivos": {
            "BACKEND": "sibis.archivos.almacen.AlmacenEnDisco",
            "OPTIONS": {"location": lugar},
        }
    }
    return lugar


@pytest.fixture
def manifiesto(tmp_path: Path) -> Path:
    """Cada fila con su archivo; una de cada diez repite el de la anterior, y dos traen PDF."""
    filas = []
    for n in range(FILAS):
        nombre = f"{n - 1 if n % 10 == 9 else n}.txt"
        if n % 10 != 9:
            (tmp_path / nombre).write_text(f"Contenido de prueba número {n}\n" * 2_000)
        filas.append([f"Documento {n}", "informe", str(2000 + n % 20), nombre, "Prueba"])
    for n in (3, 40):
        filas[n][3] = f"{n}.pdf"
        (tmp_path / f"{n}.pdf").write_bytes(pdf([[f"Texto de la página del documento {n}"]]))
    ruta = tmp_path / "manifiesto.csv"
    with ruta.open("w", newline="", encoding="utf-8") as archivo:
        csv.writer(archivo).writerows([["título", "clase", "año", "archivo", "fuente"], *filas])
    return ruta


def cargador(manifiesto: Path, almacen: Path) -> subprocess.Popen:
    """La orden en otro proceso, con su conexión, sobre la base de esta prueba."""
    base = connection.settings_dict
    url = (
        f"postgis://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}/{base['NAME']}"
    )
    if str(base["HOST"]).startswith("/"):
        url = f"postgresql://{base['USER']}@/{base['NAME']}?host={base['HOST']}"
    entorno = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sibis.settings.pruebas",
        "DATABASE_URL": url,
    }
    return subprocess.Popen(
        [sys.executable, "-c", _CARGAR, str(manifiesto), str(almacen)],
        cwd=ajustes.RAIZ,
        env=entorno,
        stdout=subprocess.DEVNULL,
    )


def guardados(almacen: Path) -> set[str]:
    """Los contenidos con nombre; lo que estaba entrando empieza con punto y no cuenta."""
    return {a.name for a in almacen.rglob("*") if a.is_file() and not a.name.startswith(".")}


def lo_que_hay(almacen: Path) -> dict[str, object]:
    campos = ("clave", "slug", "titulo", "clase", "ejercicio", "archivo__sha256", "texto_estado")
    return {
        "documentos": sorted(Documento.objects.values_list(*campos, "paginas", "vector")),
        "archivos": sorted(Archivo.objects.values_list("sha256", "bytes", "tipo")),
        "en disco": guardados(almacen),
    }


def incorporados() -> int:
    return Evento.objects.filter(tipo="documento.incorporado").count()


def vaciar(almacen: Path) -> None:
    """Como recién instalado, para cargar otra vez sin que nadie estorbe."""
    Documento.objects.all().delete()
    call_command("depurar_archivos", "--aplicar", "--dias", "0", stdout=io.StringIO())
    assert not Archivo.objects.exists()
    assert not guardados(almacen)


def test_si_la_matan_a_la_mitad_repetirla_da_lo_mismo_que_de_una_vez(manifiesto, almacen):
    proceso = cargador(manifiesto, almacen)
    limite = time.monotonic() + 90
    while Documento.objects.count() < FILAS // 3 and time.monotonic() < limite:
        time.sleep(0.002)
    os.kill(proceso.pid, signal.SIGKILL)
    proceso.wait()

    quedaron = Documento.objects.count()
    assert 0 < quedaron < FILAS, "se le mató a la mitad"
    registrados = set(Archivo.objects.values_list("sha256", flat=True))
    assert registrados <= guardados(almacen), "nadie cita un contenido que no está"
    assert len(guardados(almacen) - registrados) <= 1, "a lo más, suelto, el que estaba entrando"
    assert incorporados() == quedaron

    assert cargador(manifiesto, almacen).wait(timeout=120) == 0
    repetida = lo_que_hay(almacen)
    assert len(repetida["documentos"]) == FILAS
    assert incorporados() == FILAS, "cada alta se asentó una vez"

    vaciar(almacen)
    assert cargador(manifiesto, almacen).wait(timeout=120) == 0
    assert lo_que_hay(almacen) == repetida
