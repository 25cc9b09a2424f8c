"""Catálogos en archivo, como los haría una persona."""

import csv
import datetime
import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from sibis.panel.models import Importacion

APOYOS = "/panel/listas/programas/tipodeapoyo/archivo/"
SINONIMOS = "/panel/listas/programas/sinonimo/archivo/"
TITULOS = ["clave", "nombre", "descripción", "norma", "orden", "vigente desde", "vigente hasta"]


def descargar(client, ruta: str) -> list[list[str]]:
    crudo = b"".join(client.post(ruta + "csv/").streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(crudo)))


def en_csv(*renglones: list[str], letra: str = "utf-8", separador: str = ",") -> bytes:
    salida = io.StringIO()
    csv.writer(salida, delimiter=separador).writerows(renglones)
    return salida.getvalue().encode(letra)


def en_hoja(*renglones: list[object]) -> bytes:
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida, {"in_memory": True, "remove_timezone": True})
    fecha = libro.add_format({"num_format": "yyyy-mm-dd"})
    hoja = libro.add_worksheet()
    for n, renglon in enumerate(renglones):
        for i, valor in enumerate(renglon):
            hoja.write(n, i, valor, fecha if isinstance(valor, datetime.date) else None)
    libro.close()
    return salida.getvalue()


def subir(client, ruta: str, contenido: bytes):
    """La página a la que se llega: la vista previa, o el formulario con su porqué."""
    archivo = SimpleUploadedFile("catalogo.csv", contenido)
    return client.post(ruta, {"archivo": archivo}, follow=True)


def aplicar(client):
    return client.post(f"/panel/importaciones/{Importacion.objects.latest('pk').pk}/", follow=True)
