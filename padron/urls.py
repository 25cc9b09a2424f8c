"""Direcciones públicas del padrón."""

from django.urls import path, register_converter

from padron.direcciones import FolioDeRecibo
from padron.views import comprobar, portal

register_converter(FolioDeRecibo, "recibo")

app_name = "padron"
urlpatterns = [
    path("padron/", portal.inicio, name="inicio"),
    path("padron/verificar/", comprobar.verificar, name="verificar"),
    path("padron/recibos/<recibo:folio>/", portal.recibo, name="recibo"),
    path("padron/recibos/<recibo:folio>.pdf", portal.recibo_pdf, name="recibo_pdf"),
    path("padron/recibos/<recibo:folio>.json", portal.constancia, name="constancia"),
]
