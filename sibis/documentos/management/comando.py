"""Lo que comparten las órdenes que comprueban un PDF firmado: qué dicen y con qué código terminan."""

from __future__ import annotations

import hashlib
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from sibis.documentos import firma


class ComandoQueComprueba(BaseCommand):
    """0 es nuestro y está intacto, 1 no lo es o está alterado, 2 no se puede leer."""

    que = "documento"  # en minúsculas y masculino: «dictamen», «recibo»

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path, metavar="ARCHIVO")

    def lo_que_es(self, sha256: str) -> Iterable[str] | None:
        """Los renglones que dicen cuál es; None si ese archivo no está guardado aquí."""
        raise NotImplementedError

    def handle(self, *args: Any, archivo: Path, **opciones: Any) -> None:
        try:
            contenido = archivo.read_bytes()
        except OSError as error:
            self.stderr.write(f"No se pudo leer «{archivo.name}»: {error.strerror}.")
            sys.exit(2)
        sys.exit(self._decir(contenido))

    def _decir(self, contenido: bytes) -> int:
        sha256 = hashlib.sha256(contenido).hexdigest()
        comprobada = firma.comprobar(contenido)
        renglones = self.lo_que_es(sha256)
        self.stdout.write(f"SHA-256: {sha256}")
        if renglones is None or not comprobada.es_valida:
            por_que = self._por_que_no(comprobada, esta=renglones is not None)
            self.stdout.write(self.style.ERROR(por_que))
            return 1
        primero, *demas = renglones
        self.stdout.write(self.style.SUCCESS(f"Intacto: {primero}"))
        for renglon in demas:
            self.stdout.write(renglon)
        self.stdout.write(f"Firma digital de {comprobada.firmante}.")
        return 0

    def _por_que_no(self, comprobada: firma.Comprobacion, *, esta: bool) -> str:
        if esta:
            return (
                "Está guardado y su firma no se pudo comprobar con los certificados de esta "
                "instalación."
            )
        if not comprobada.firmado:
            return f"No es un {self.que}: no es un PDF, o no lleva una firma digital que se pueda leer."
        if not comprobada.es_nuestra:
            return f"No es nuestro: lo firmó «{comprobada.firmante}»."
        if not comprobada.intacto:
            return "ALTERADO: lleva nuestra firma y cambió después de firmarse."
        return f"Lleva nuestra firma y no es ningún {self.que} guardado aquí."
