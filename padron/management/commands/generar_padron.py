"""bin/sibis generar_padron: un padrón inventado del que se sabe todo, para probar la carga y el enlace."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from padron.consultas.reglamento import reglamento_de
from padron.generacion.archivo import Forma
from padron.generacion.generador import Pedido, Resumen, generar
from padron.generacion.reglamento import NEUTRO
from padron.generacion.tabla import SINONIMOS
from sibis.nucleo.errores import ErrorDeNegocio

SUCIO = 0.15
_SEPARADORES = {"coma": ",", "punto_y_coma": ";", "tabulador": "\t", "barra": "|"}


class Command(BaseCommand):
    help = (
        "Escribe un padrón inventado como lo mandaría una dependencia, y aparte la verdad de cada "
        "renglón: de quién es y qué defecto se le plantó. La misma semilla da los mismos bytes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--filas", type=int, required=True, help="renglones de personas")
        parser.add_argument("--semilla", type=int, required=True, help="del azar")
        parser.add_argument("--salida", type=Path, required=True, help="el padrón: .csv o .xlsx")
        parser.add_argument("--verdad", type=Path, required=True, help="fila,id_persona,defecto")
        parser.add_argument(
            "--sucio", type=float, default=SUCIO, help="parte con defectos (%(default)s)"
        )
        parser.add_argument("--limpio", action="store_true", help="lo mismo que --sucio 0")
        parser.add_argument("--programa", help="clave del programa cuya regla obedecen las filas")
        parser.add_argument("--ejercicio", type=int, help="año de esa regla")
        parser.add_argument(
            "--ampliado",
            action="store_true",
            help="con edad, correo, CLABE, tipo de persona y tutor",
        )
        parser.add_argument(
            "--solo", default="", help="planta solo estos códigos, separados por coma"
        )
        parser.add_argument(
            "--patron",
            action="append",
            default=[],
            metavar="CODIGO=FILAS",
            help="además, tantas filas con ese defecto: fecha_corta=3214",
        )
        parser.add_argument(
            "--dobles", type=float, default=0.0, help="parte escrita otra vez, para medir el enlace"
        )
        parser.add_argument("--forma", choices=[f.value for f in Forma], default=Forma.NORMAL.value)
        parser.add_argument("--separador", choices=_SEPARADORES, default="coma")
        parser.add_argument("--codificacion", default="utf-8", help="la del CSV (%(default)s)")

    def handle(self, *args: str, **opciones: Any) -> None:
        empezo = time.monotonic()
        try:
            resumen = generar(_pedido(opciones))
        except ErrorDeNegocio as error:
            raise CommandError(error.mensaje) from error
        except OSError as error:
            raise CommandError(
                _("No se pudo escribir: %(razon)s. No quedó ningún archivo a medias.")
                % {"razon": error.strerror or error}
            ) from error
        self._informar(resumen, time.monotonic() - empezo)

    def _informar(self, resumen: Resumen, segundos: float) -> None:
        self.stdout.write(
            _("%(filas)s filas en %(s).1f s.") % {"filas": f"{resumen.filas:,}", "s": segundos}
        )
        for codigo, cuantas in sorted(resumen.por_defecto.items()):
            self.stdout.write(f"  {codigo:32}{cuantas:>10,}")


def _pedido(opciones: dict[str, Any]) -> Pedido:
    programa, ejercicio = opciones["programa"], opciones["ejercicio"]
    if bool(programa) != bool(ejercicio):
        raise ErrorDeNegocio(_("--programa y --ejercicio van juntos."))
    reglamento = reglamento_de(programa, ejercicio) if programa else NEUTRO
    return Pedido(
        filas=opciones["filas"],
        semilla=opciones["semilla"],
        salida=opciones["salida"],
        verdad=opciones["verdad"],
        sucio=0.0 if opciones["limpio"] else opciones["sucio"],
        solo=frozenset(_codigo(c) for c in opciones["solo"].split(",") if c.strip()),
        patrones=dict(map(_patron, opciones["patron"])),
        dobles=opciones["dobles"],
        # Sin las columnas del tutor, un padrón limpio de menores no lo sería.
        ampliado=opciones["ampliado"] or reglamento.admite_menores,
        forma=Forma(opciones["forma"]),
        reglamento=reglamento,
        separador=_SEPARADORES[opciones["separador"]],
        codificacion=_codificacion(opciones["codificacion"]),
    )


def _codigo(texto: str) -> str:
    return SINONIMOS.get(texto.strip(), texto.strip())


def _patron(texto: str) -> tuple[str, int]:
    codigo, _igual, cuantas = texto.partition("=")
    if not cuantas.isdecimal():
        raise ErrorDeNegocio(_("Un patrón se pide así: fecha_corta=3214."))
    return _codigo(codigo), int(cuantas)


def _codificacion(nombre: str) -> str:
    try:
        "ñ".encode(nombre)
    except (LookupError, UnicodeError) as error:
        raise ErrorDeNegocio(
            _("La codificación «%(nombre)s» no existe o no tiene ñ.") % {"nombre": nombre}
        ) from error
    return nombre
