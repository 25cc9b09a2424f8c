from __future__ import annotations

import datetime
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import Storage
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.archivos import servicios
from sibis.archivos.models import Archivo, ruta_de
from sibis.bitacora.registro import Via, por_via

_HUELLA = re.compile(r"[0-9a-f]{64}")
DIAS = 7


class Command(BaseCommand):
    help = (
        "Quita los archivos que nada cita y los contenidos sin registro, si llevan días guardados. "
        "Sin --aplicar solo los cuenta."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--aplicar", action="store_true", help="quitarlos de verdad")
        parser.add_argument(
            "--dias", type=int, default=DIAS, help="los guardados hace más de (%(default)s)"
        )

    def handle(self, *args: str, aplicar: bool, dias: int, **opciones: Any) -> None:
        antes_de = timezone.now() - datetime.timedelta(days=max(0, dias))
        with por_via(Via.ORDEN):
            sin_uso = sum(_sin_uso(a, aplicar) for a in _viejos(antes_de))
            sueltos = sum(_suelto(sha256, aplicar) for sha256 in _sueltos(antes_de))
        self.stdout.write(
            _("Archivos que nada cita: %(archivos)s. Contenidos sin registro: %(sueltos)s.")
            % {"archivos": sin_uso, "sueltos": sueltos}
        )
        if not aplicar and (sin_uso or sueltos):
            self.stdout.write(_("No se quitó nada. Para quitarlos: --aplicar."))


def _viejos(antes_de: datetime.datetime) -> Iterator[Archivo]:
    yield from Archivo.objects.filter(guardado_en__lt=antes_de).iterator()


def _sin_uso(archivo: Archivo, aplicar: bool) -> bool:
    if not aplicar:
        return not servicios.esta_en_uso(archivo)
    with transaction.atomic():
        return servicios.quitar(archivo)


def _sueltos(antes_de: datetime.datetime) -> Iterator[str]:
    """Contenidos con nombre de huella y sin renglón: los dejó una transacción que se deshizo."""
    almacen = servicios.almacen()
    for ruta, nombre in _todos(almacen):
        viejo = almacen.get_modified_time(ruta) < antes_de
        if viejo and not Archivo.objects.filter(sha256=nombre).exists():
            yield nombre


def _todos(almacen: Storage) -> Iterator[tuple[str, str]]:
    if not almacen.exists(""):
        return
    for primera in almacen.listdir("")[0]:
        for segunda in almacen.listdir(primera)[0]:
            for nombre in almacen.listdir(f"{primera}/{segunda}")[1]:
                if _HUELLA.fullmatch(nombre):
                    yield f"{primera}/{segunda}/{nombre}", nombre


def _suelto(sha256: str, aplicar: bool) -> bool:
    if not aplicar:
        return True
    with transaction.atomic():
        servicios.apartar(sha256)
        if Archivo.objects.filter(sha256=sha256).exists():
            return False
        servicios.almacen().delete(ruta_de(sha256))
    return True
