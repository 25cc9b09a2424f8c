"""Las direcciones de las páginas que corrigen una carga; cuelgan de su lista."""

from __future__ import annotations

from django.contrib.admin import ModelAdmin
from django.urls import URLPattern, path

from padron.views import arreglos_filas, arreglos_hoja, arreglos_patron


def rutas(modelo_admin: ModelAdmin) -> list[URLPattern]:
    vista, suyo = modelo_admin.admin_site.admin_view, {"modelo_admin": modelo_admin}
    return [
        path(
            "<int:pk>/arreglar/",
            vista(arreglos_patron.arreglar_patron),
            suyo,
            name="padron_arreglar_patron",
        ),
        path("<int:pk>/arreglos/", vista(arreglos_patron.arreglos), suyo, name="padron_arreglos"),
        path("<int:pk>/filas/", vista(arreglos_filas.filas), suyo, name="padron_filas"),
        path("<int:pk>/fallidas/", vista(arreglos_hoja.fallidas), suyo, name="padron_fallidas"),
        path(
            "<int:pk>/fallidas/subir/",
            vista(arreglos_hoja.subir),
            suyo,
            name="padron_subir_fallidas",
        ),
        path(
            "<int:pk>/fallidas/<int:hoja>/",
            vista(arreglos_hoja.hoja_corregida),
            suyo,
            name="padron_hoja_corregida",
        ),
    ]
