import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from sibis.bitacora import sellado


class Command(BaseCommand):
    help = (
        "Recorre la cadena de la bitácora. Sale con 0 si está íntegra y con 1 si algo se alteró, "
        "y nombra el primer renglón que no cuadra."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--ancla",
            default="",
            metavar="HUELLA",
            help="una huella anotada antes fuera del sistema; si ya no está, se cortó la cadena",
        )

    def handle(self, *args: Any, **opciones: Any) -> None:
        resultado = sellado.verificar(ancla_conocida=opciones["ancla"].strip().lower())
        if resultado.hallazgo:
            self.stdout.write(self.style.ERROR(f"ALTERADA. {resultado.hallazgo}"))
            self.stdout.write(f"Hasta ahí, {resultado.revisados:,} eventos íntegros.")
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS(f"Íntegra: {resultado.revisados:,} eventos sellados."))
        if resultado.por_sellar:
            self.stdout.write(f"Por sellar: {resultado.por_sellar:,} (bin/sibis sellar_bitacora).")
        self.stdout.write(f"Ancla: {resultado.ancla or 'aún no hay'}")
