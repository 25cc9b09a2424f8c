"""bin/sibis comparar_padrones: vuelve a revisar en sombra lo ya entregado y dice qué cambiaría."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from padron.consultas.regla import hechos_de, programa_de, regla_vigente
from padron.consultas.sombra import comparables, comparar, filas
from padron.estados import EstadoPasada
from padron.importacion import avance
from padron.models import Carga, Pasada
from padron.servicios.sombra import revisar_en_sombra
from padron.validacion.version import huella_de_comprobaciones
from programas.models import ReglaOperacion
from sibis.bitacora.registro import Via, por_via
from sibis.nucleo.errores import ErrorDeNegocio

_CAMBIARIA = 1


class Command(BaseCommand):
    help = (
        "Después de cambiar una regla o una comprobación: revisa otra vez, sin efecto, las cargas de un "
        "programa y dice qué filas cambiarían. 0 nada cambiaría; 1 algo cambiaría; 2 no se pudo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programa", required=True)
        parser.add_argument("--ejercicio", required=True, type=int)
        parser.add_argument(
            "--regla", type=int, metavar="VERSION", help="versión de la regla; si no, la vigente"
        )
        parser.add_argument(
            "--solo-viejas",
            action="store_true",
            help="solo las revisadas con otra versión de las comprobaciones",
        )

    def handle(self, *args: str, **opciones: Any) -> None:
        try:
            regla = _regla(opciones)
        except ErrorDeNegocio as error:
            self.stderr.write(self.style.ERROR(str(error)))
            raise SystemExit(2) from error
        cambia = False
        for carga in comparables(regla):
            if opciones["solo_viejas"] and _es_de_hoy(carga):
                continue
            cambia = self._comparar(carga, regla) or cambia
        raise SystemExit(_CAMBIARIA if cambia else 0)

    def _comparar(self, carga: Carga, regla: ReglaOperacion) -> bool:
        with por_via(Via.ORDEN):
            sombra = revisar_en_sombra(carga, por=None, regla=regla, en_cola=False)
        while avance.avanzar(sombra.pk, segundos=3_600):
            pass
        sombra.refresh_from_db()
        if sombra.estado != EstadoPasada.TERMINADA:
            self.stderr.write(self.style.ERROR(f"{carga.folio}: {sombra.error}"))
            return True
        return self._decir(carga, sombra, regla)

    def _decir(self, carga: Carga, sombra: Pasada, regla: ReglaOperacion) -> bool:
        hechos = hechos_de(regla)
        comparacion = comparar(carga, sombra, hechos)
        self.stdout.write(
            _(
                "%(folio)s: dejarían de entrar %(menos)s filas, entrarían %(mas)s y %(otras)s cambian de "
                "aviso."
            )
            % {
                "folio": carga.folio,
                "menos": f"{comparacion.dejarian:,}",
                "mas": f"{comparacion.entrarian:,}",
                "otras": f"{comparacion.cambiarian:,}",
            }
        )
        for codigo in comparacion.codigos:
            self.stdout.write(f"  {codigo.antes:>9,} → {codigo.despues:<9,} {codigo.mensaje}")
        for fila in filas(carga, sombra, hechos)[:5]:
            self.stdout.write(f"  fila {fila.fila:,}: {fila.clase}")
        return not comparacion.sin_cambios


def _es_de_hoy(carga: Carga) -> bool:
    return carga.pasada.huella_de_comprobaciones == huella_de_comprobaciones()


def _regla(opciones: dict[str, Any]) -> ReglaOperacion:
    programa, ejercicio = programa_de(opciones["programa"]), opciones["ejercicio"]
    if opciones["regla"] is None:
        return regla_vigente(programa, ejercicio)
    regla = ReglaOperacion.objects.filter(
        programa=programa, ejercicio=ejercicio, version=opciones["regla"]
    ).first()
    if regla is None:
        raise ErrorDeNegocio(_("Esa regla no tiene esa versión."))
    return regla
