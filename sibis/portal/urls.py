"""Rutas del armazón público. Las de datos viven en su propia aplicación."""

from django.conf import settings
from django.urls import path

from sibis.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("ayuda/", views.ayuda, name="ayuda"),
    path("accesibilidad/", views.accesibilidad, name="accesibilidad"),
    path("privacidad/", views.privacidad, name="privacidad"),
    path("salud/", views.salud, name="salud"),
    path("salud/listo/", views.salud_listo, name="salud_listo"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.mapas_del_sitio, name="mapas_del_sitio"),
    path("sitemap-<slug:section>.xml", views.mapa_del_sitio, name="mapa_del_sitio"),
    path("favicon.ico", views.favicon, name="favicon"),
]

if settings.DEBUG:
    urlpatterns.append(path("componentes/", views.galeria, name="galeria"))
