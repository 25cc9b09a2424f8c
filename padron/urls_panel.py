"""Páginas del panel sobre los padrones que no cuelgan de una lista."""

from django.contrib import admin
from django.urls import path

from padron.views import sombra

app_name = "padron_panel"
_del_panel = admin.site.admin_view

urlpatterns = [
    path("regla/<int:pk>/", _del_panel(sombra.regla), name="comparar_regla"),
    path("carga/<int:pk>/", _del_panel(sombra.carga), name="comparar_carga"),
    path("carga/<int:pk>/revisar/", _del_panel(sombra.revisar), name="revisar_en_sombra"),
]
