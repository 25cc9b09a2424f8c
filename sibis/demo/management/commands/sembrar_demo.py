"""bin/sibis sembrar_demo: datos inventados, y marcados como tales, para enseñar el sistema."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from sibis.bitacora.registro import Via, por_via
from sibis.demo import archivo, permiso, siembra
from sibis.demo.siembra import Resultado
from sibis.nucleo.errores import ErrorDeNegocio

PERSONAS, SEMILLA = 3, 2026


class Command(BaseCommand):
    help = (
        "Siembra cuentas, convocatorias, fechas de entrega, centros y reglas inventadas. "
        "Repetirlo con la misma semilla no duplica ni cambia contraseñas."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--personas", type=int, default=PERSONAS, help="ciudadanas inventadas (%(default)s)"
        )
        parser.add_argument("--semilla", type=int, default=SEMILLA, help="del azar (%(default)s)")
        parser.add_argument(
            "--forzar", action="store_true", help="siembra aunque sea producción o haya capturas"
        )

    def handle(self, *args: str, **opciones: Any) -> None:
        empezo = time.monotonic()
        try:
            if not opciones["forzar"]:
                permiso.exigir_que_se_pueda()
            with por_via(Via.ORDEN):
                resultado = siembra.sembrar(
                    semilla=opciones["semilla"], cuantas_personas=max(0, opciones["personas"])
                )
        except ErrorDeNegocio as error:
            self.stderr.write(self.style.ERROR(str(error)))
            raise SystemExit(1) from error
        self._informar(resultado)
        self.stdout.write(_("Listo en %(s).1f s.") % {"s": time.monotonic() - empezo})

    def _informar(self, resultado: Resultado) -> None:
        for balance in resultado.balances:
            self.stdout.write(str(balance))
        self._tabla(resultado)
        if resultado.renovadas:
            self.stdout.write(
                _(
                    "Lo anotado en %(archivo)s faltaba o ya no abría estas cuentas; se les dio otra "
                    "contraseña y otro segundo factor: %(cuentas)s."
                )
                % {"archivo": archivo.ruta().name, "cuentas": ", ".join(resultado.renovadas)}
            )
        self.stdout.write(_("Contraseñas y segundos factores: %(ruta)s") % {"ruta": archivo.ruta()})

    def _tabla(self, resultado: Resultado) -> None:
        renglones = [(_("usuario"), _("función"), _("dependencia")), *resultado.renglones]
        anchos = [max(len(renglon[i]) for renglon in renglones) for i in range(3)]
        for renglon in renglones:
            celdas = (texto.ljust(ancho) for texto, ancho in zip(renglon, anchos, strict=True))
            self.stdout.write("  " + "  ".join(celdas).rstrip())
