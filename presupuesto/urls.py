"""Direcciones públicas de presupuesto."""

from django.urls import URLPattern

app_name = "presupuesto"
urlpatterns: list[URLPattern] = []
