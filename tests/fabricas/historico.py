"""Documentos del archivo histórico, sus páginas y sus enlaces."""

from __future__ import annotations

from typing import Any

import factory

from programas import models as m
from programas.importacion.texto_de_documentos import indexar, leer
from sibis.demo.pdf_sencillo import pdf
from tests.fabricas.archivos import ArchivoFactory


class DocumentoFactory(factory.django.DjangoModelFactory):
    """Una referencia sin archivo; con `paginas=["texto", …]` trae su PDF ya leído."""

    class Meta:
        model = m.Documento

    clase = "regla"
    titulo = factory.Sequence(lambda n: f"Reglas de prueba {n}")
    ejercicio = 2016
    fuente = "Gaceta Oficial de prueba"

    @classmethod
    def _create(cls, model_class: type, *args: Any, **valores: Any) -> m.Documento:
        paginas = valores.pop("paginas", None)
        archivo = valores.pop("archivo", None)
        documento = model_class(*args, **valores)
        if paginas is not None:
            archivo = ArchivoFactory(contenido=pdf([p.splitlines() for p in paginas]))
        if archivo is not None:
            documento.cambiar_archivo(archivo)
        documento.clean()
        documento.save()
        indexar([documento.pk])
        if paginas is not None:
            leer(documento)
            documento.refresh_from_db()
        return documento


class PaginaDeDocumentoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.PaginaDeDocumento

    documento = factory.SubFactory(DocumentoFactory)
    numero = factory.Sequence(lambda n: n + 1)
    texto = "Una página de prueba"


class EnlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Enlace

    url = factory.Sequence(lambda n: f"https://ejemplo.mx/{n}")
