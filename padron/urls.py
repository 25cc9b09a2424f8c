"""Direcciones públicas del padrón; las del panel cuelgan del admin y de urls_panel."""

from django.urls import path, register_converter

from padron.direcciones import ExtensionDeTabla, FolioDeRecibo
from padron.views import comprobar, cuando_me_toca, plantillas, portal

register_converter(FolioDeRecibo, "recibo")
register_converter(ExtensionDeTabla, "extension_de_tabla")

app_name = "padron"
urlpatterns = [
    path("padron/", portal.inicio, name="inicio"),
    path("padron/verificar/", comprobar.verificar, name="verificar"),
    path("padron/recibos/<recibo:folio>/", portal.recibo, name="recibo"),
    path("padron/recibos/<recibo:folio>.pdf", portal.recibo_pdf, name="recibo_pdf"),
    path("padron/recibos/<recibo:folio>.json", portal.constancia, name="constancia"),
    path("padron/plantillas/", plantillas.lista, name="plantillas"),
    path(
        "padron/plantillas/<slug:slug>/<ejercicio:ejercicio>.<extension_de_tabla:extension>",
        plantillas.archivo,
        name="plantilla",
    ),
    path(
        "programas/<slug:slug>/<ejercicio:ejercicio>/cuando-me-toca/",
        cuando_me_toca.pagina,
        name="cuando_me_toca",
    ),
]
