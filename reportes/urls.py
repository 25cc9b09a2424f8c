"""Direcciones públicas de reportes: datos abiertos y la API."""

from django.urls import URLPattern, path

from reportes.api.aplicacion import direcciones
from reportes.views import api, datos

app_name = "reportes"
urlpatterns: list[URLPattern] = [
    path("datos/", datos.datos, name="datos"),
    path("datos/catalogo.jsonld", datos.catalogo, name="catalogo"),
    path("datos/diccionario.<slug:formato>", datos.diccionario, name="diccionario"),
    path("datos/<slug:conjunto>/", datos.conjunto, name="conjunto"),
    path("datos/<slug:conjunto>.<slug:formato>", datos.archivo, name="archivo"),
    path("api/", api.portada, name="api"),
    *direcciones(),
]
