"""Direcciones públicas de presupuesto; el convertidor de ejercicio es el de programas."""

from django.urls import path

from presupuesto.views import portal

app_name = "presupuesto"
urlpatterns = [
    path("presupuesto/", portal.vista_general, name="panorama"),
    path("presupuesto/<slug:slug>/", portal.programa, name="programa"),
    path("mir/<slug:slug>/<ejercicio:ejercicio>/", portal.matriz, name="mir"),
]
