"""Todas las direcciones, en una pantalla."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("sibis.portal.urls")),
    path("", include("programas.urls")),
    path("", include("sibis.territorio.urls")),
    path("", include("presupuesto.urls")),
    path("", include("ciudadania.urls")),
    path("", include("reportes.urls")),
    path("cuenta/", include("sibis.cuentas.urls")),
    path("panel/", admin.site.urls),
]

handler400 = "sibis.portal.views.error_400"
handler403 = "sibis.portal.views.error_403"
handler404 = "sibis.portal.views.error_404"
handler500 = "sibis.portal.views.error_500"
