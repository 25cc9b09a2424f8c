"""Lo que comparten las cargas por terminal: qué se imprime y con qué código se termina."""

import sys
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from sibis.nucleo.errores import ErrorDeNegocio
from sibis.vigencia.carga import InformeDeCarga


class ComandoDeCarga(BaseCommand):
    """0 todo entró, 1 hubo filas rechazadas (cada una con su motivo), 2 no se pudo leer nada."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archivo", type=Path)

    def cargar_e_informar(self, carga: Callable[[], InformeDeCarga]) -> None:
        try:
            informe = carga()
        except ErrorDeNegocio as error:
            self.stderr.write(str(error))
            sys.exit(2)
        for linea in informe.lineas():
            self.stdout.write(linea)
        if informe.codigo_de_salida:
            sys.exit(informe.codigo_de_salida)
