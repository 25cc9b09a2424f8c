"""bin/sibis cargar_territorio ARCHIVO --tipo alcaldias|colonias [--fuente TEXTO]"""

from typing import Any

from django.core.management.base import CommandParser

from sibis.territorio.importacion.limites import cargar_alcaldias, cargar_colonias
from sibis.territorio.management.comando import ComandoDeCarga


class Command(ComandoDeCarga):
    help = (
        "Carga límites de alcaldías o colonias desde un GeoJSON en grados (WGS 84). "
        "Se puede repetir: cambia por clave. La «fila» es el lugar del rasgo en el archivo."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tipo", required=True, choices=["alcaldias", "colonias"])
        parser.add_argument(
            "--fuente",
            default="",
            help="Quién trazó las colonias y cuándo; sin ella, la que diga el archivo.",
        )

    def handle(self, *args: Any, **opciones: Any) -> None:
        ruta = opciones["archivo"]
        if opciones["tipo"] == "alcaldias":
            self.cargar_e_informar(lambda: cargar_alcaldias(ruta))
        else:
            self.cargar_e_informar(lambda: cargar_colonias(ruta, fuente=opciones["fuente"]))
