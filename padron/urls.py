"""Direcciones públicas del padrón; el convertidor de ejercicio es el de programas."""

from django.urls import path

from padron.views import cuando_me_toca

app_name = "padron"
urlpatterns = [
    path(
        "programas/<slug:slug>/<ejercicio:ejercicio>/cuando-me-toca/",
        cuando_me_toca.pagina,
        name="cuando_me_toca",
    ),
]
