"""Las páginas de los mensajes, dentro del panel y con su puerta."""

from django.contrib import admin
from django.urls import path

from sibis.mensajes.views import conservacion, panel

app_name = "mensajes"
_del_panel = admin.site.admin_view

urlpatterns = [
    path("", _del_panel(panel.bandeja), name="bandeja"),
    path("nuevo/", _del_panel(panel.nuevo), name="nuevo"),
    path("<int:pk>/", _del_panel(panel.hilo), name="hilo"),
    path("<int:pk>/leido/", _del_panel(panel.leido), name="leido"),
    path("<int:pk>/cerrar/", _del_panel(panel.cerrar), name="cerrar"),
    path("<int:pk>/reabrir/", _del_panel(panel.reabrir), name="reabrir"),
    path("<int:pk>/exportar/", _del_panel(panel.exportar), name="exportar"),
    path("adjuntos/<int:pk>/", _del_panel(panel.adjunto), name="adjunto"),
    path("conservacion/", _del_panel(conservacion.lista), name="conservacion"),
    path("conservacion/<int:pk>/", _del_panel(conservacion.decidir), name="decidir"),
]
