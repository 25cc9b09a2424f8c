"""Las páginas de revisión, dentro del panel y con su puerta."""

from django.contrib import admin
from django.urls import path, register_converter

from sibis.revision.direcciones import Folio
from sibis.revision.views import asunto, dialogo, dictamenes, tablero

register_converter(Folio, "folio")

app_name = "revision"
_del_panel = admin.site.admin_view

urlpatterns = [
    path("<int:pk>/", _del_panel(asunto.ver), name="asunto"),
    path("<int:pk>/paso/<slug:nombre>/", _del_panel(asunto.paso), name="paso"),
    path("<int:pk>/cotejo/", _del_panel(asunto.cotejo), name="cotejo"),
    path("<int:pk>/reasignar/", _del_panel(asunto.reasignar), name="reasignar"),
    path("<int:pk>/excepcion/", _del_panel(asunto.excepcion), name="excepcion"),
    path("<int:pk>/observar/", _del_panel(dialogo.observar), name="observar"),
    path("observacion/<int:pk>/responder/", _del_panel(dialogo.responder), name="responder"),
    path("observacion/<int:pk>/corregir/", _del_panel(dialogo.corregir), name="corregir"),
    path("observacion/<int:pk>/<slug:nombre>/", _del_panel(dialogo.mover), name="mover"),
    path("dictamen/<folio:folio>/", _del_panel(dictamenes.del_panel), name="dictamen"),
    path("tablero/", _del_panel(tablero.tablero), name="tablero"),
    path("tablero.csv", _del_panel(tablero.tablero_csv), name="tablero_csv"),
]
