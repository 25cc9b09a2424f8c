"""bin/sibis cargar_centros ARCHIVO --tipo CLAVE [--fuente TEXTO] [--url URL] [--corte AAAA-MM-DD]"""

import datetime
from typing import Any

from django.core.management.base import CommandParser

from sibis.territorio.importacion.centros import Procedencia, cargar_centros
from sibis.territorio.management.comando import ComandoDeCarga
from sibis.territorio.servicios.teselas import rehacer_mapa
from sibis.vigencia.carga import InformeDeCarga


class Command(ComandoDeCarga):
    help = (
        "Carga centros de un tipo desde CSV o GeoJSON. Se puede repetir: cambia por clave y no borra "
        "lo que falte. En un CSV la «fila» es la de la hoja de cálculo; en un GeoJSON, el lugar del rasgo."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tipo", required=True, help="Clave del tipo: pilares, cais, utopia…")
        parser.add_argument("--fuente", default="", help="Quién publicó el archivo.")
        parser.add_argument("--url", default="", help="Dónde lo publicó.")
        parser.add_argument(
            "--corte", type=datetime.date.fromisoformat, help="Fecha de los datos, AAAA-MM-DD."
        )

    def handle(self, *args: Any, **opciones: Any) -> None:
        ruta = opciones["archivo"]
        procedencia = Procedencia(
            fuente=opciones["fuente"] or f"Archivo {ruta.name}",
            url=opciones["url"],
            fecha_corte=opciones["corte"],
        )

        def cargar() -> InformeDeCarga:
            informe = cargar_centros(ruta, tipo=opciones["tipo"], procedencia=procedencia)
            rehacer_mapa()
            return informe

        self.cargar_e_informar(cargar)
