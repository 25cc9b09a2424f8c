"""Lo que una lista muestra, como archivo: renglón a renglón, sin que la memoria crezca.

Todo es texto y ninguna celda es una fórmula: ni en CSV (defusedcsv) ni en hoja de cálculo.
"""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterator
from typing import IO, Any

import xlsxwriter
from defusedcsv import csv
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from sibis.panel.listas import columnas
from sibis.panel.textos import en_texto

# Más renglones que estos salen solo en CSV, que se escribe mientras se descarga.
TOPE_DE_HOJA = 20_000
TANDA = 500
LARGO_DE_CELDA = 32_767
MARCA_UTF8 = "\ufeff"  # sin ella Excel lee mal los acentos
_EXCEL_CERO = datetime.datetime(1980, 1, 1)  # noqa: DTZ001  (fecha fija: lo mismo da el mismo archivo)
# Un control al principio esconde una fórmula a quien la busca; dentro, no se ve y estorba.
_CONTROLES = re.compile(r"^[\t\r\n]+|[\x00-\x08\x0b\x0c\x0e-\x1f]")


def encabezado(vista: ChangeList) -> list[str]:
    return [
        en_texto(label_for_field(columna, vista.model, vista.model_admin)).capitalize()
        for columna in columnas(vista)
    ]


def renglones(vista: ChangeList) -> Iterator[list[str]]:
    """En el orden de la pantalla; la consulta se lee por tandas con un cursor de la base."""
    consulta = vista.queryset
    if consulta._prefetch_related_lookups:
        objetos = consulta.iterator(chunk_size=TANDA)
    else:
        objetos = consulta.iterator(TANDA)
    nombres = columnas(vista)
    for objeto in objetos:
        yield [_celda(objeto, nombre, vista) for nombre in nombres]


def _celda(objeto: models.Model, nombre: Any, vista: ChangeList) -> str:
    try:
        campo, _atributo, valor = lookup_field(nombre, objeto, vista.model_admin)
    except ObjectDoesNotExist:
        return ""
    if campo is not None:
        if getattr(campo, "flatchoices", None):
            valor = dict(campo.flatchoices).get(valor, valor)
        elif isinstance(campo.remote_field, models.ManyToOneRel):
            valor = getattr(objeto, campo.name)
    return _CONTROLES.sub("", en_texto(valor))[:LARGO_DE_CELDA]


class Eco:
    """Lo que el escritor de CSV escribe sale tal cual: nada se acumula."""

    def write(self, texto: str) -> str:
        return texto


def en_csv(vista: ChangeList) -> Iterator[str]:
    escritor = csv.writer(Eco())
    yield MARCA_UTF8 + escritor.writerow(encabezado(vista))
    for renglon in renglones(vista):
        yield escritor.writerow(renglon)


def en_hoja(vista: ChangeList) -> IO[bytes]:
    """Un archivo temporal, listo para leerse. Quien llama ya vio que cabe."""
    archivo = tempfile.TemporaryFile()  # noqa: SIM115  (lo cierra la respuesta que lo entrega)
    libro = xlsxwriter.Workbook(archivo, {"constant_memory": True, "strings_to_urls": False})
    libro.set_properties({"created": _EXCEL_CERO})
    hoja = libro.add_worksheet("lista")
    negrita = libro.add_format({"bold": True, "bottom": 1})
    for i, titulo in enumerate(encabezado(vista)):
        hoja.set_column(i, i, max(12, min(40, len(titulo) + 6)))
        hoja.write_string(0, i, titulo, negrita)
    hoja.freeze_panes(1, 0)
    for n, renglon in enumerate(renglones(vista), 1):
        for i, celda in enumerate(renglon):
            if celda:
                hoja.write_string(n, i, celda)
    libro.close()
    archivo.seek(0)
    return archivo
