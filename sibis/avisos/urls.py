"""Las páginas de los avisos, dentro del panel y con su puerta."""

from django.contrib import admin
from django.urls import path

from sibis.avisos import views

app_name = "avisos"
_del_panel = admin.site.admin_view

urlpatterns = [
    path("", _del_panel(views.bandeja), name="bandeja"),
    path("leidos/", _del_panel(views.marcar_todos), name="marcar_todos"),
    path("preferencias/", _del_panel(views.preferencias), name="preferencias"),
    path("<int:pk>/abrir/", _del_panel(views.abrir), name="abrir"),
    path("<int:pk>/leido/", _del_panel(views.marcar), name="marcar"),
]
