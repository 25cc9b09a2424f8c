"""Archivos ya guardados, con su contenido en el almacén."""

from __future__ import annotations

import io
from typing import Any

import factory

from sibis.archivos import servicios
from sibis.archivos.models import Archivo
from sibis.demo.pdf_sencillo import pdf


class ArchivoFactory(factory.django.DjangoModelFactory):
    """`ArchivoFactory(contenido=b"…")`; si no se dice, un PDF distinto cada vez."""

    class Meta:
        model = Archivo

    contenido = factory.Sequence(lambda n: pdf([[f"Documento {n}", "Una página de prueba"]]))

    @classmethod
    def _create(cls, model_class: type, *args: Any, contenido: bytes, **valores: Any) -> Archivo:
        return servicios.guardar(io.BytesIO(contenido), por=None, limite=10_000_000)
