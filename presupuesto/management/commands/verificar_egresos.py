"""bin/sibis verificar_egresos: lo guardado sigue sumando lo que decía cada archivo."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from presupuesto.importacion.egresos import descuadres


class Command(BaseCommand):
    help = "Coteja renglones y resumen con las sumas de control. 0 todo cuadra; 1 algo no."

    def handle(self, *args: str, **opciones: object) -> None:
        hallados = descuadres()
        for hallado in hallados:
            self.stdout.write(self.style.ERROR(hallado))
        if not hallados:
            self.stdout.write(_("Todo cuadra."))
        raise SystemExit(1 if hallados else 0)
