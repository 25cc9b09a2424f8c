"""Direcciones públicas; las del panel cuelgan del admin."""

from django.urls import path, register_converter

from programas.views import centros, programas


class Ejercicio:
    regex = "20[0-9]{2}"

    def to_python(self, valor: str) -> int:
        return int(valor)

    def to_url(self, valor: int) -> str:
        return str(valor)


register_converter(Ejercicio, "ejercicio")

app_name = "programas"
urlpatterns = [
    path("programas/", programas.buscar, name="buscar"),
    path("programas/<slug:slug>/", programas.programa, name="programa"),
    path(
        "programas/<slug:slug>/<ejercicio:ejercicio>/",
        programas.programa,
        name="programa_ejercicio",
    ),
    path("programas/<slug:slug>/<ejercicio:ejercicio>/reglas/", programas.reglas, name="reglas"),
    path("mapa/", centros.mapa, name="mapa"),
    path("mapa/alcaldias.geojson", centros.suelo, name="suelo"),
    path("centros/", centros.lista, name="centros"),
    path("centros.geojson", centros.geojson, name="centros_geojson"),
    path("centros/<slug:slug>/", centros.centro, name="centro"),
]
