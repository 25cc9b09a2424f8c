"""bin/sibis importar_programas ARCHIVO: programas de un archivo con el formato del catálogo."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from programas import proyeccion
from programas.importacion import direcciones, programas
from sibis.bitacora.registro import Via, por_via
from sibis.nucleo.errores import ArchivoIlegible


class Command(BaseCommand):
    help = (
        "Alta o cambio de programas por clave. 0 todo entró; 1 filas rechazadas; 2 no se pudo leer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archivo", type=Path)

    def handle(self, *args: str, archivo: Path, **opciones: object) -> None:
        try:
            with por_via(Via.ORDEN):
                informe = programas.cargar(archivo)
        except ArchivoIlegible as error:
            self.stderr.write(self.style.ERROR(str(error)))
            raise SystemExit(2) from error
        proyeccion.proyectar()
        direcciones.apuntar_las_citadas()
        for linea in informe.lineas():
            self.stdout.write(linea)
        raise SystemExit(informe.codigo_de_salida)
