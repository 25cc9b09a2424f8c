"""Renglones de catálogo mínimos y válidos; pedir dos veces la misma clave da el mismo."""

from __future__ import annotations

import datetime

import factory

from programas import models as m


class _Catalogo(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True
        django_get_or_create = ("clave",)

    class Params:
        cerrado = factory.Trait(vigente_hasta=datetime.date(2019, 12, 31))

    nombre = factory.LazyAttribute(lambda c: c.clave.replace("-", " ").capitalize())


class DerechoSocialFactory(_Catalogo):
    class Meta:
        model = m.DerechoSocial

    clave = factory.Sequence(lambda n: f"derecho-{n}")


class GrupoPrioritarioFactory(_Catalogo):
    class Meta:
        model = m.GrupoPrioritario

    clave = factory.Sequence(lambda n: f"grupo-{n}")


class TipoDeApoyoFactory(_Catalogo):
    class Meta:
        model = m.TipoDeApoyo

    clave = "transferencia"


class ApartadoFactory(_Catalogo):
    class Meta:
        model = m.Apartado

    numeral = factory.Sequence(lambda n: str(n + 1))
    clave = factory.LazyAttribute(lambda a: f"rop-{a.numeral.replace('.', '-')}")


class LeyendaFactory(_Catalogo):
    class Meta:
        model = m.Leyenda

    clave = "caracter-publico"
    texto = "Este programa es de carácter público."


class ExigenciaFactory(_Catalogo):
    class Meta:
        model = m.Exigencia

    clave = "resumen"
    nombre = factory.LazyAttribute(lambda e: f"Falta {e.clave}.")
    momento = "enviar"

    class Params:
        al_publicar = factory.Trait(momento="publicar")


class AyudaDeCampoFactory(_Catalogo):
    class Meta:
        model = m.AyudaDeCampo

    clave = factory.Sequence(lambda n: f"ayuda-{n}")
    campo = "resumen"
    texto = "Una o dos oraciones."


class SinonimoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Sinonimo

    termino = factory.Sequence(lambda n: f"termino{n}")
    equivale_a = factory.List(["palabra"])
