"""Alcaldías, colonias y centros mínimos y válidos, sin cargar los límites de verdad."""

import datetime

import factory
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from sibis.territorio.models import (
    Alcaldia,
    CambioDeCentros,
    CeldaDeCentros,
    Centro,
    Colonia,
    TipoDeCentro,
    VersionDeCapa,
)

NOMBRES = {
    "09002": "Azcapotzalco",
    "09003": "Coyoacán",
    "09004": "Cuajimalpa de Morelos",
    "09005": "Gustavo A. Madero",
    "09006": "Iztacalco",
    "09007": "Iztapalapa",
    "09008": "La Magdalena Contreras",
    "09009": "Milpa Alta",
    "09010": "Álvaro Obregón",
    "09011": "Tláhuac",
    "09012": "Tlalpan",
    "09013": "Xochimilco",
    "09014": "Benito Juárez",
    "09015": "Cuauhtémoc",
    "09016": "Miguel Hidalgo",
    "09017": "Venustiano Carranza",
}
LADO = 0.04


def cuadro(lon: float, lat: float, lado: float = LADO) -> MultiPolygon:
    """Un cuadrado con su esquina suroeste en ese punto."""
    return MultiPolygon(Polygon.from_bbox((lon, lat, lon + lado, lat + lado)), srid=4326)


def esquina(clave: str) -> tuple[float, float]:
    """Cada alcaldía de prueba ocupa su casilla en una cuadrícula: ninguna se encima."""
    lugar = int(clave[2:]) - 2
    return round(-99.35 + 0.1 * (lugar % 4), 3), round(19.10 + 0.1 * (lugar // 4), 3)


def centro_de(clave: str) -> Point:
    lon, lat = esquina(clave)
    return Point(lon + LADO / 2, lat + LADO / 2, srid=4326)


class AlcaldiaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Alcaldia
        django_get_or_create = ("clave",)

    clave = factory.Sequence(lambda n: f"{9002 + n % 16:05}")
    nombre = factory.LazyAttribute(lambda a: NOMBRES[a.clave])
    geometria = factory.LazyAttribute(lambda a: cuadro(*esquina(a.clave)))
    punto_interior = factory.LazyAttribute(lambda a: centro_de(a.clave))


class ColoniaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Colonia

    fuente = "Fuente de prueba"
    clave = factory.Sequence(str)
    nombre = factory.Sequence(lambda n: f"Colonia {n}")
    alcaldia = factory.SubFactory(AlcaldiaFactory)
    geometria = factory.LazyAttribute(lambda c: cuadro(*esquina(c.alcaldia.clave), lado=0.01))


class TipoDeCentroFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TipoDeCentro
        django_get_or_create = ("clave",)

    clave = "pilares"
    nombre = factory.LazyAttribute(lambda t: t.clave.capitalize())
    plural = factory.LazyAttribute(lambda t: f"{t.nombre}s")
    icono = "libro"


class CentroFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Centro

    class Params:
        cerrado = factory.Trait(vigente_hasta="2019-12-31")
        demostracion = factory.Trait(es_demostracion=True, fuente="Demostración")

    nombre = factory.Sequence(lambda n: f"Centro {n}")
    clave = factory.Sequence(lambda n: f"centro-{n}")
    slug = factory.SelfAttribute("clave")
    tipo = factory.SubFactory(TipoDeCentroFactory)
    alcaldia = factory.SubFactory(AlcaldiaFactory)
    punto = factory.LazyAttribute(lambda c: centro_de(c.alcaldia.clave))
    fuente = "Fuente de prueba"


class CeldaDeCentrosFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CeldaDeCentros

    z = 13
    x = factory.Sequence(int)
    y = 0
    lugar = Point(0, 0, srid=3857)
    total = 2
    tipos = factory.LazyAttribute(lambda c: {"pilares": c.total})


class CambioDeCentrosFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CambioDeCentros
        django_get_or_create = ("transaccion",)

    transaccion = factory.Sequence(lambda n: n + 1)


class VersionDeCapaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VersionDeCapa
        django_get_or_create = ("capa",)

    capa = "centros"
    cambio = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
