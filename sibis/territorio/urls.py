"""Direcciones públicas del territorio: sus teselas."""

from django.urls import URLPattern

app_name = "territorio"
urlpatterns: list[URLPattern] = []
