"""Direcciones públicas del territorio: sus teselas."""

from django.urls import path

from sibis.territorio import views

app_name = "territorio"
urlpatterns = [
    path("teselas/<slug:capa>/<int:z>/<int:x>/<int:y>.mvt", views.tesela, name="tesela"),
]
