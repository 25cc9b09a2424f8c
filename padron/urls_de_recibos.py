"""El recibo dentro del panel: el de una carga del ámbito de quien lo pide."""

from django.contrib import admin
from django.urls import path

from padron.urls import FolioDeRecibo as FolioDeRecibo  # registra «recibo»
from padron.views import panel_recibos

app_name = "padron_recibos"
urlpatterns = [
    path("<recibo:folio>.pdf", admin.site.admin_view(panel_recibos.pdf), name="pdf"),
]
