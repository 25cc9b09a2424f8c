"""Las delegaciones, dentro del panel y con su puerta."""

from django.contrib import admin
from django.urls import path

from sibis.cuentas.delegaciones import views

app_name = "delegaciones"
_del_panel = admin.site.admin_view

urlpatterns = [
    path("", _del_panel(views.lista), name="lista"),
    path("<int:pk>/retirar/", _del_panel(views.retirar), name="retirar"),
]
