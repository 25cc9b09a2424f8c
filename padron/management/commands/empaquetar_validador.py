"""bin/sibis empaquetar_validador: el validador que viaja, de un programa y ejercicio, en un solo archivo."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from padron.consultas.regla import hechos_de, programa_de, regla_vigente
from padron.consultas.validadores import nombre_de
from padron.viajero.empaque import (
    PLATAFORMAS,
    Empacado,
    Encargo,
    empacar,
    esta_plataforma,
)
from sibis.nucleo.errores import ErrorDeNegocio


class Command(BaseCommand):
    help = (
        "Hace el validador que una dependencia corre en su computadora, sin base y sin red. Con lo mismo "
        "sale lo mismo, byte por byte. docs/validador.md dice cómo hacerlo para otros sistemas."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programa", required=True, help="clave del programa")
        parser.add_argument("--ejercicio", required=True, type=int)
        parser.add_argument(
            "--plataforma", choices=PLATAFORMAS, default="", help="si se omite, la de este equipo"
        )
        parser.add_argument("--ruedas", type=Path, help="carpeta con las ruedas de la plataforma")
        parser.add_argument(
            "--salida",
            required=True,
            type=Path,
            help="el archivo .pyz, o la carpeta donde va con su nombre",
        )

    def handle(self, *args: str, **opciones: object) -> None:
        try:
            programa = programa_de(opciones["programa"])
            regla = hechos_de(regla_vigente(programa, opciones["ejercicio"]))
            empacado = empacar(
                Encargo(
                    regla=regla,
                    raiz=Path(settings.RAIZ),
                    empacado=timezone.localdate().isoformat(),
                    version=_version(),
                    plataforma=opciones["plataforma"],
                    ruedas=opciones["ruedas"],
                )
            )
        except ErrorDeNegocio as error:
            raise CommandError(str(error)) from error
        salida: Path = opciones["salida"]
        if salida.is_dir():
            plataforma = opciones["plataforma"] or esta_plataforma()
            salida = salida / nombre_de(programa, regla.ejercicio, plataforma)
        _escribir(salida, empacado)
        self.stdout.write(
            f"{salida}: {len(empacado.contenido) / 1e6:,.1f} MB, para {', '.join(empacado.equipos)}\n"
            f"SHA-256 {empacado.sha256}"
        )


def _escribir(salida: Path, empacado: Empacado) -> None:
    """Aparte y después a su nombre: quien lo descarga nunca encuentra medio archivo."""
    try:
        parcial = salida.with_name(f"{salida.name}.parcial")
        parcial.write_bytes(empacado.contenido)
        parcial.replace(salida)
        huella = salida.with_name(f"{salida.name}.sha256")
        huella.write_text(f"{empacado.sha256}  {salida.name}\n", encoding="ascii")
    except OSError as error:
        raise CommandError(
            f"No se pudo escribir {error.filename}: {error.strerror}. No se cambió lo que hubiera."
        ) from error


def _version() -> str:
    proyecto = (Path(settings.RAIZ) / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(proyecto)["project"]["version"])
