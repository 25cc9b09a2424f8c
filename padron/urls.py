"""Direcciones públicas del padrón; las del panel cuelgan del admin."""

from django.urls import path, register_converter

from padron.views import plantillas


class ExtensionDeTabla:
    regex = "xlsx|csv"

    def to_python(self, valor: str) -> str:
        return valor

    def to_url(self, valor: str) -> str:
        return valor


register_converter(ExtensionDeTabla, "extension_de_tabla")

app_name = "padron"
urlpatterns = [
    path("padron/plantillas/", plantillas.lista, name="plantillas"),
    path(
        "padron/plantillas/<slug:slug>/<ejercicio:ejercicio>.<extension_de_tabla:extension>",
        plantillas.archivo,
        name="plantilla",
    ),
]
