"""Recibos de padrón en el sitio de los recorridos: se piden por orden, con las fábricas, no por el ORM."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.recorridos.conftest import RAIZ, Sitio

_SIEMBRA = """
import json, pathlib, sys
from padron.tasks import hacer_recibo
from programas.models import FichaPublica
from sibis.archivos import servicios
from tests.fabricas.padron import CargaFactory
from tests.fabricas.recibos import ReciboFactory

uno, otro = [f.regla for f in FichaPublica.objects.filter(es_ultima=True).order_by("pk")[:2]]
viejo = ReciboFactory(carga__regla=uno, personas=20, esperan=2)
chico = ReciboFactory(carga__regla=otro, personas=3)
carga = viejo.carga
carga.estado = "sustituida"
carga.save(update_fields=["estado"])
nuevo = ReciboFactory(
    personas=21, carga=CargaFactory(aplicada=True, regla=uno, sustituye=carga, filas=21, validas=21)
)
for recibo in (viejo, chico, nuevo):
    hacer_recibo(recibo.pk)
    recibo.refresh_from_db()
def ruta(nombre, archivo):
    destino = pathlib.Path(%(carpeta)r) / nombre
    with servicios.abrir(archivo) as guardado:
        destino.write_bytes(guardado.read())
    return str(destino)
print(json.dumps({
    "vigente": nuevo.folio, "sustituido": viejo.folio, "chico": chico.folio,
    "pdf": ruta("recibo.pdf", nuevo.archivo), "pdf_viejo": ruta("viejo.pdf", viejo.archivo),
    "padron": ruta("padron.csv", nuevo.carga.archivo),
    "programa": uno.programa.get_absolute_url(),
}))
"""


@dataclass(frozen=True)
class Sembrados:
    """Los folios, y dónde quedaron los archivos que alguien podría traer."""

    vigente: str
    sustituido: str
    chico: str
    pdf: str
    pdf_viejo: str
    padron: str
    programa: str


def sembrar(sitio: Sitio, carpeta: Path) -> Sembrados:
    hecho = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "shell",
            "-v",
            "0",
            "-c",
            _SIEMBRA % {"carpeta": str(carpeta)},
        ],
        cwd=RAIZ,
        env=sitio.entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    assert hecho.returncode == 0, hecho.stderr[-2000:]
    return Sembrados(**json.loads(hecho.stdout.strip().splitlines()[-1]))
