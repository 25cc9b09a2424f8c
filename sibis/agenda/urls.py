"""Las páginas de la agenda, dentro del panel y con su puerta; y el archivo que lee un calendario."""

from django.contrib import admin
from django.urls import path

from sibis.agenda.views import actos, agenda, calendario

app_name = "agenda"
_del_panel = admin.site.admin_view
_EN_EL_PANEL = "panel/agenda/"

urlpatterns = [
    path("agenda/calendario.ics", calendario.archivo, name="ics"),
    path(_EN_EL_PANEL, _del_panel(agenda.agenda), name="agenda"),
    path(f"{_EN_EL_PANEL}atrasos/", _del_panel(agenda.atrasos), name="atrasos"),
    path(f"{_EN_EL_PANEL}atrasos.csv", _del_panel(agenda.atrasos_csv), name="atrasos_csv"),
    path(f"{_EN_EL_PANEL}calendario/", _del_panel(calendario.direccion), name="direccion"),
    path(f"{_EN_EL_PANEL}calendario/renovar/", _del_panel(calendario.renovar), name="renovar"),
    path(f"{_EN_EL_PANEL}calendario/cerrar/", _del_panel(calendario.cerrar), name="cerrar"),
    path(f"{_EN_EL_PANEL}<int:pk>/", _del_panel(agenda.vencimiento), name="vencimiento"),
    path(f"{_EN_EL_PANEL}<int:pk>/prorroga/", _del_panel(actos.pedir), name="pedir"),
    path(f"{_EN_EL_PANEL}<int:pk>/anotar/", _del_panel(actos.anotar), name="anotar"),
    path(f"{_EN_EL_PANEL}<int:pk>/desanotar/", _del_panel(actos.desanotar), name="desanotar"),
    path(
        f"{_EN_EL_PANEL}prorroga/<int:pk>/<slug:nombre>/",
        _del_panel(actos.decidir),
        name="decidir",
    ),
]
