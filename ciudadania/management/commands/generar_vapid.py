"""La llave de las notificaciones del navegador."""

from typing import Any

from django.core.management.base import BaseCommand

from ciudadania.reparto import vapid


class Command(BaseCommand):
    help = "Crea, si falta, la clave de notificaciones en var/vapid.pem y muestra la pública."

    def handle(self, *args: Any, **opciones: Any) -> None:
        self.stdout.write(vapid.publica())
