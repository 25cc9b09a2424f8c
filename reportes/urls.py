"""Direcciones públicas de reportes: datos abiertos, la API y el mapa."""

from django.urls import URLPattern, path

from reportes.api.aplicacion import direcciones
from reportes.views import api, datos, mapa

app_name = "reportes"
urlpatterns: list[URLPattern] = [
    path("datos/", datos.datos, name="datos"),
    path("datos/catalogo.jsonld", datos.catalogo, name="catalogo"),
    path("datos/diccionario.<slug:formato>", datos.diccionario, name="diccionario"),
    path("datos/<slug:conjunto>/", datos.conjunto, name="conjunto"),
    path("datos/<slug:conjunto>.<slug:formato>", datos.archivo, name="archivo"),
    path("api/", api.portada, name="api"),
    path("mapa/", mapa.mapa, name="mapa"),
    path("mapa/cifras/", mapa.cifras, name="mapa_cifras"),
    path("mapa/lugares.json", mapa.lugares, name="lugares"),
    path("mapa/centros/<slug:slug>.json", mapa.resumen_de_centro, name="resumen_de_centro"),
    *direcciones(),
]
