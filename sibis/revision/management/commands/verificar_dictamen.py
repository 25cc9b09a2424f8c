import hashlib
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sibis.documentos import firma
from sibis.formatos.fechas import fecha_larga
from sibis.revision.consultas.dictamen import direccion_publica
from sibis.revision.consultas.verificacion import por_huella


class Command(BaseCommand):
    help = (
        "Dice si un PDF es uno de nuestros dictámenes, si está intacto y quién lo firmó. Sale con 0 si "
        "lo es, con 1 si no lo es o está alterado, y con 2 si no se puede leer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path, metavar="ARCHIVO")

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
        dictamen = por_huella(sha256)
        self.stdout.write(f"SHA-256: {sha256}")
        if dictamen is not None and comprobada.es_valida:
            self.stdout.write(self.style.SUCCESS(f"Intacto: es el dictamen {dictamen.folio}."))
            self.stdout.write(f"Sentido: {dictamen.get_sentido_display()}.")
            self.stdout.write(f"Sobre: {dictamen.expediente.titulo}.")
            dia = fecha_larga(timezone.localdate(dictamen.emitido_en))
            self.stdout.write(f"Lo emitió {dictamen.emitido_por} ({dictamen.organo}) el {dia}.")
            self.stdout.write(f"Firma digital de {comprobada.firmante}.")
            self.stdout.write(f"Página: {direccion_publica(dictamen)}")
            return 0
        self.stdout.write(self.style.ERROR(_por_que_no(comprobada, esta=dictamen is not None)))
        return 1


def _por_que_no(comprobada: firma.Comprobacion, *, esta: bool) -> str:
    if esta:
        return "Está guardado y su firma no se pudo comprobar con los certificados de esta instalación."
    if not comprobada.firmado:
        return "No es un dictamen: no es un PDF, o no lleva una firma digital que se pueda leer."
    if not comprobada.es_nuestra:
        return f"No es nuestro: lo firmó «{comprobada.firmante}»."
    if not comprobada.intacto:
        return "ALTERADO: lleva nuestra firma y cambió después de firmarse."
    return "Lleva nuestra firma y no es ninguno de los dictámenes guardados aquí."
