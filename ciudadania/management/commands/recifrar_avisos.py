"""Después de rotar la clave secreta."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ciudadania.cifrado import Ilegible
from ciudadania.reparto import limpieza


class Command(BaseCommand):
    help = "Cifra con la clave secreta de hoy lo que se cifró con las anteriores."

    def handle(self, *args: Any, **opciones: Any) -> None:
        try:
            self.stdout.write(f"Suscripciones al día: {limpieza.recifrar_todo()}")
        except Ilegible as error:
            raise CommandError(
                "Hay direcciones cifradas con una clave que no está en SIBIS_CLAVES_ANTERIORES. "
                "Póngala ahí y repita; no se perdió nada."
            ) from error
