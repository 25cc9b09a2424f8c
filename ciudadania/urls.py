"""Direcciones públicas de ciudadania."""

from django.urls import URLPattern

app_name = "ciudadania"
urlpatterns: list[URLPattern] = []
