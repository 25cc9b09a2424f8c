"""bin/sibis aplicar_carga FOLIO --por USUARIO: la segunda persona confirma una carga."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from padron.models import Carga
from padron.servicios.decisiones import aplicar
from sibis.bitacora.registro import Via, por_via
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio

NO_SE_PERMITE = 4


class Command(BaseCommand):
    help = "Aplica una carga revisada; la confirma otra persona. 0 quedó aplicada; 4 no se permite."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folio")
        parser.add_argument("--por", required=True, metavar="USUARIO")

    def handle(self, *args: str, folio: str, por: str, **opciones: Any) -> None:
        carga = Carga.objects.filter(folio=folio.strip().upper()).first()
        quien = Usuario.objects.filter(username=por).first()
        if carga is None or quien is None:
            self._negar(_("No hay esa carga, o no hay esa cuenta. No se aplicó nada."))
        try:
            with por_via(Via.ORDEN):
                carga = aplicar(carga, por=quien)
        except ErrorDeNegocio as error:
            self._negar(str(error))
        self.stdout.write(
            _("%(folio)s aplicada: %(n)s registros entraron al padrón.")
            % {"folio": carga.folio, "n": carga.validas}
        )

    def _negar(self, porque: str) -> None:
        self.stderr.write(self.style.ERROR(porque))
        raise SystemExit(NO_SE_PERMITE)
