from typing import Any

from django.core.management.base import BaseCommand

from sibis.bitacora import sellado


class Command(BaseCommand):
    help = "Encadena los eventos que faltan y muestra el ancla: la última huella de la cadena."

    def handle(self, *args: Any, **opciones: Any) -> None:
        sellados = sellado.sellar(completo=True)
        self.stdout.write(
            f"Eventos sellados: {sellados:,}. Ancla: {sellado.ancla() or 'aún no hay'}"
        )
