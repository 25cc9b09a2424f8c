from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from programas import tasks
from programas.importacion import historico
from programas.models import ClaseDeDocumento
from sibis.bitacora.registro import Via, por_via
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.vigencia.carga import InformeDeCarga


class Command(BaseCommand):
    help = (
        "Carga documentos al archivo histórico desde un manifiesto CSV. Repetirla no duplica. "
        "0 todo entró; 1 filas rechazadas, cada una con su motivo; 2 no se pudo leer o no hay espacio."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("manifiesto", type=Path)
        parser.add_argument(
            "--carpeta", type=Path, help="dónde están los archivos; si no, junto al manifiesto"
        )
        parser.add_argument(
            "--clase",
            choices=ClaseDeDocumento.values,
            metavar="CLASE",
            help="la de las filas que no la dicen: " + ", ".join(ClaseDeDocumento.values),
        )
        parser.add_argument("--json", type=Path, help="escribe ahí el informe")

    def handle(self, *args: str, manifiesto: Path, **opciones: Any) -> None:
        empezo = time.monotonic()
        try:
            with por_via(Via.ORDEN):
                informe = historico.cargar(
                    manifiesto, carpeta=opciones["carpeta"], clase=opciones["clase"]
                )
        except ErrorDeNegocio as error:
            self.stderr.write(self.style.ERROR(str(error)))
            raise SystemExit(2) from error
        if opciones["json"]:
            contenido = _en_json(informe, manifiesto, time.monotonic() - empezo)
            opciones["json"].write_text(
                json.dumps(contenido, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
            )
        tasks.avisar_que_hay_textos()
        for linea in informe.lineas():
            self.stdout.write(linea)
        self.stdout.write(_("El texto de los PDF se lee aparte, en los siguientes minutos."))
        raise SystemExit(informe.codigo_de_salida)


def _en_json(informe: InformeDeCarga, manifiesto: Path, segundos: float) -> dict[str, Any]:
    return {
        "manifiesto": manifiesto.name,
        "altas": informe.altas,
        "cambios": informe.cambios,
        "iguales": informe.iguales,
        "rechazados": [{"fila": f, "mensaje": m} for f, m in informe.rechazos],
        "avisos": [{"fila": f, "mensaje": m} for f, m in informe.avisos],
        "notas": informe.notas,
        "segundos": round(segundos, 3),
    }
