"""Direcciones públicas de reportes."""

from django.urls import URLPattern

app_name = "reportes"
urlpatterns: list[URLPattern] = []
