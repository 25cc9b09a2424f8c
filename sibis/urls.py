"""Todas las direcciones, en una pantalla. Las páginas, además, en cada idioma (`/en/…`)."""

from django.contrib import admin
from django.urls import include, path

from sibis.portal.idiomas import en_cada_idioma

urlpatterns = [
    en_cada_idioma("sibis.portal.urls"),
    en_cada_idioma("programas.urls"),
    en_cada_idioma("sibis.territorio.urls"),
    en_cada_idioma("presupuesto.urls"),
    en_cada_idioma("padron.urls"),
    en_cada_idioma("sibis.revision.urls_publicas"),
    en_cada_idioma("ciudadania.urls"),
    en_cada_idioma("reportes.urls"),
    path("cuenta/", include("sibis.cuentas.urls")),
    path("", include("sibis.agenda.urls")),
    path("panel/avisos/", include("sibis.avisos.urls")),
    path("panel/delegaciones/", include("sibis.cuentas.delegaciones.urls")),
    path("panel/historia/", include("sibis.expedientes.urls")),
    path("panel/revision/", include("sibis.revision.urls")),
    path("panel/padron/comparar/", include("padron.urls_panel")),
    path("panel/recibos/", include("padron.urls_de_recibos")),
    path("panel/mensajes/", include("sibis.mensajes.urls")),
    path("panel/", admin.site.urls),
]

handler400 = "sibis.portal.views.error_400"
handler403 = "sibis.portal.views.error_403"
handler404 = "sibis.portal.views.error_404"
handler500 = "sibis.portal.views.error_500"
