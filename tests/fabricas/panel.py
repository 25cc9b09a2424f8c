"""Vistas guardadas, lotes e importaciones mínimos y válidos."""

from __future__ import annotations

import factory

from sibis.panel.models import Importacion, Lote, RenglonDeLote, VistaGuardada
from tests.fabricas.archivos import ArchivoFactory
from tests.fabricas.cuentas import UsuarioFactory


class VistaGuardadaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VistaGuardada

    usuario = factory.SubFactory(UsuarioFactory)
    modelo = "programas.documento"
    nombre = factory.Sequence(lambda n: f"Vista {n}")
    consulta = "clase__exact=regla"


class LoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lote

    accion = "ocultar-documentos"
    titulo = "Retirar del portal"
    modelo = "programas.documento"
    usuario = factory.SubFactory(UsuarioFactory)


class RenglonDeLoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RenglonDeLote

    lote = factory.SubFactory(LoteFactory)
    objeto = factory.Sequence(lambda n: n + 1)
    nombre = factory.Sequence(lambda n: f"Documento {n}")
    previsto = "Se retira."


class ImportacionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Importacion

    modelo = "programas.sinonimo"
    archivo = factory.SubFactory(ArchivoFactory)
    usuario = factory.SubFactory(UsuarioFactory)
