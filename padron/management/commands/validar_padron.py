"""bin/sibis validar_padron ARCHIVO --programa CLAVE --ejercicio AAAA: lo que diría una carga, sin cargar."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from padron.consultas.regla import hechos_de, programa_de, regla_vigente
from padron.validacion.archivo import escribir_json, revisar_archivo
from padron.validacion.resumen import lineas
from sibis.nucleo.errores import ErrorDeNegocio


class Command(BaseCommand):
    help = (
        "Revisa un padrón con las mismas comprobaciones y mensajes de una carga; no escribe en la base. "
        "0 nada bloquea; 1 hay filas que esperan; 2 el archivo no se puede leer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path)
        parser.add_argument("--programa", required=True, help="clave del programa")
        parser.add_argument("--ejercicio", required=True, type=int)
        parser.add_argument("--hoja", help="nombre o número de la hoja")
        parser.add_argument("--json", type=Path, help="dónde escribir el informe completo")

    def handle(self, *args: str, archivo: Path, **opciones: object) -> None:
        with tempfile.TemporaryDirectory(prefix="validar-") as carpeta:
            try:
                regla = hechos_de(
                    regla_vigente(programa_de(opciones["programa"]), opciones["ejercicio"])
                )
                revisado = revisar_archivo(
                    archivo, regla, trabajo=Path(carpeta), hoja=opciones["hoja"]
                )
            except ErrorDeNegocio as error:
                self.stderr.write(self.style.ERROR(str(error)))
                raise SystemExit(2) from error
            if opciones["json"]:
                escribir_json(opciones["json"], revisado)
            for linea in lineas(revisado.lectura, revisado.mapeo, revisado.resultado):
                self.stdout.write(linea)
            raise SystemExit(revisado.codigo_de_salida)
