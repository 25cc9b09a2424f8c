"""Direcciones públicas de ciudadania."""

from django.urls import path

from ciudadania.views import avisos, calendario, navegador

app_name = "ciudadania"
urlpatterns = [
    path("avisos/", avisos.avisos, name="avisos"),
    path("avisos/revisa-tu-correo/", avisos.revisa, name="revisa"),
    path("avisos/confirmar/", avisos.confirmar, name="confirmar"),
    path("avisos/baja/", avisos.baja, name="baja"),
    path("avisos/administrar/", avisos.administrar, name="administrar"),
    path("avisos/calendario.ics", calendario.propio, name="calendario_propio"),
    path("avisos/navegador", navegador.navegador, name="navegador"),
    path("avisos-sw.js", navegador.guion, name="guion_de_servicio"),
    path("calendario/", calendario.pagina, name="calendario"),
    path("calendario.ics", calendario.publico, name="calendario_ics"),
]
