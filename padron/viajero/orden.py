"""Lo que hace el validador ya abierto: revisar un archivo, o enseñar su página si no se le dio ninguno."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from padron.validacion import por_corregir
from padron.validacion.archivo import Revisado, escribir_json
from padron.validacion.resumen import lineas
from padron.viajero.informe_html import informe
from padron.viajero.pagina import servir
from padron.viajero.revision import Viajero
from sibis.nucleo.errores import ErrorDeNegocio

ILEGIBLE = 2


def principal(argumentos: list[str]) -> int:
    """0 nada bloquea; 1 hay filas que esperan; 2 el archivo no se puede leer."""
    viajero = Viajero.de()
    opciones = _lector(viajero).parse_args(argumentos)
    if opciones.archivo is None:
        return servir(viajero, abrir=not opciones.sin_navegador)
    with tempfile.TemporaryDirectory(prefix="validar-", ignore_cleanup_errors=True) as carpeta:
        try:
            revisado = viajero.revisar(opciones.archivo, trabajo=Path(carpeta), hoja=opciones.hoja)
            _escribir(viajero, revisado, opciones)
        except ErrorDeNegocio as error:
            sys.stderr.write(f"{error}\n")
            return ILEGIBLE
        except OSError as error:
            sys.stderr.write(
                f"No se pudo escribir el informe en {error.filename}: {error.strerror}. "
                "El archivo revisado no se tocó.\n"
            )
            return ILEGIBLE
        for linea in lineas(revisado.lectura, revisado.mapeo, revisado.resultado):
            sys.stdout.write(f"{linea}\n")
    return revisado.codigo_de_salida


def _lector(viajero: Viajero) -> argparse.ArgumentParser:
    lector = argparse.ArgumentParser(
        prog="validador.pyz",
        description=f"Revisa un padrón de «{viajero.de_que}» con las mismas comprobaciones y mensajes "
        "de una carga. El archivo no sale de este equipo.",
        epilog="Sin ARCHIVO abre una página en el navegador de este equipo. Termina con 0 si nada "
        "bloquea, 1 si hay filas que esperan y 2 si el archivo no se puede leer.",
    )
    lector.add_argument(
        "archivo", nargs="?", type=Path, metavar="ARCHIVO", help="CSV u hoja de cálculo"
    )
    lector.add_argument("--hoja", help="nombre o número de la hoja")
    lector.add_argument(
        "--json", type=Path, metavar="SALIDA", help="el informe completo, para programas"
    )
    lector.add_argument("--html", type=Path, metavar="SALIDA", help="el informe, para leerse")
    lector.add_argument(
        "--xlsx", type=Path, metavar="SALIDA", help="las filas por corregir, con su motivo"
    )
    lector.add_argument(
        "--sin-navegador", action="store_true", help="dice la dirección de la página y no la abre"
    )
    return lector


def _escribir(viajero: Viajero, revisado: Revisado, opciones: argparse.Namespace) -> None:
    if opciones.json:
        escribir_json(opciones.json, revisado)
    if opciones.html:
        opciones.html.write_text(informe(viajero, revisado), encoding="utf-8", newline="\n")
    if opciones.xlsx:
        por_corregir.escribir(opciones.xlsx, revisado)
