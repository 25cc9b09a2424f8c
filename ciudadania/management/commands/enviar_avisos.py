"""A mano, lo que el reloj hace solo; y otro intento a lo que se dio por perdido."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from ciudadania.reparto import entrega, preparacion


class Command(BaseCommand):
    help = "Prepara los avisos de hoy y reparte lo que toca; con --reintentar, también lo agotado."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reintentar", action="store_true")

    def handle(self, *args: Any, **opciones: Any) -> None:
        if opciones["reintentar"]:
            self.stdout.write(f"De vuelta a la fila: {entrega.repetir_agotados()}")
        hechos = preparacion.preparar(hoy=timezone.localdate())
        cuenta = entrega.repartir()
        self.stdout.write(
            f"Hechos de hoy: {hechos}. Entregados: {cuenta.entregados}. "
            f"Sin salir: {cuenta.fallidos}.{' Quedan más: repita.' if cuenta.quedan else ''}"
        )
