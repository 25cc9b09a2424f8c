"""Todo está cerrado salvo lo escrito aquí: abrir una página es una decisión que alguien lee."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.urls import reverse

from tests.arquitectura.direcciones import todas

PUBLICAS = {
    "",
    "ayuda/",
    "accesibilidad/",
    "privacidad/",
    "salud/",
    "salud/listo/",
    "robots.txt",
    "favicon.ico",
    "programas/",
    "programas/sugerencias.json",
    "programas/<slug:slug>/",
    "programas/<slug:slug>/<ejercicio:ejercicio>/",
    "programas/<slug:slug>/<ejercicio:ejercicio>/reglas/",
    "programas/<slug:slug>/<ejercicio:ejercicio>/cambios/",
    "programas/<slug:slug>/<ejercicio:ejercicio>/cuando-me-toca/",
    "programas/<slug:slug>/<ejercicio:ejercicio>/ficha.pdf",
    "programas/<slug:slug>/<ejercicio:ejercicio>/reglas.pdf",
    "programas/<slug:slug>/<ejercicio:ejercicio>/reglas.docx",
    "programas/<slug:slug>/<ejercicio:ejercicio>/calendario.ics",
    # Del sitio anterior: quien guardó la dirección sigue llegando.
    "detalle_publico/resumen/<tipo_de_antes:tipo>/<numero_de_antes:numero>/<clave_de_antes:clave>",
    "descarga-word/<numero_de_antes:numero>",
    "sitemap.xml",
    "sitemap-<slug:section>.xml",
    "presupuesto/",
    "presupuesto/<slug:slug>/",
    "padron/plantillas/",
    "padron/plantillas/<slug:slug>/<ejercicio:ejercicio>.<extension_de_tabla:extension>",
    "mir/<slug:slug>/<ejercicio:ejercicio>/",
    "mapa/",
    "mapa/cifras/",
    "mapa/lugares.json",
    "mapa/centros/<slug:slug>.json",
    "mapa/alcaldias.geojson",
    "teselas/<slug:capa>/<int:z>/<int:x>/<int:y>.mvt",
    "centros/",
    "historico/",
    "historico/<slug:slug>/",
    "historico/<slug:slug>/archivo/",
    "centros.geojson",
    # El dictamen de lo publicado se lee y se comprueba sin cuenta.
    "dictamenes/<folio:folio>/",
    "dictamenes/<folio:folio>.pdf",
    "centros/<slug:slug>/",
    # Qué padrones hay y con qué recibo; un recibo o un archivo se comprueban sin cuenta. Sin nombres.
    "padron/",
    "padron/verificar/",
    "padron/recibos/<recibo:folio>/",
    "padron/recibos/<recibo:folio>.pdf",
    "padron/recibos/<recibo:folio>.json",
    # Avisos sin cuenta: lo que autoriza es la llave que va en el enlace de cada correo.
    "avisos/",
    "avisos/revisa-tu-correo/",
    "avisos/confirmar/",
    "avisos/baja/",
    "avisos/administrar/",
    "avisos/navegador",
    "avisos/calendario.ics",
    # La agenda de una persona, para su calendario: lo que autoriza es la llave que va en la consulta.
    "agenda/calendario.ics",
    "avisos-sw.js",
    "calendario/",
    "calendario.ics",
    "datos/",
    "datos/catalogo.jsonld",
    "datos/diccionario.<slug:formato>",
    "datos/<slug:conjunto>/",
    "datos/<slug:conjunto>.<slug:formato>",
    "api/",
    "api/v1/",
    "api/v1/openapi.json",
    "api/v1/programas",
    "api/v1/programas/<clave>",
    "api/v1/reglas/<id>",
    "api/v1/convocatorias",
    "api/v1/centros",
    "api/v1/presupuesto",
    "api/v1/indicadores",
    "api/v1/cifras",
    "api/v1/cifras/<path:id>",
    "api/v1/catalogos",
    "api/v1/catalogos/<nombre>",
    "api/v1/<lo_que_sea:resto>",
    # Entrar y recuperar la contraseña: quien llega aún no tiene sesión.
    "cuenta/entrar/",
    "cuenta/salir/",
    "cuenta/suspendida/",
    "cuenta/codigo/",
    "cuenta/contrasena/olvidada/",
    "cuenta/contrasena/olvidada/enviada/",
    "cuenta/contrasena/lista/",
    "cuenta/^contrasena/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    "panel/login/",
}
ENTRADA = "/cuenta/entrar/"


def test_las_paginas_publicas_son_las_de_la_lista():
    assert {d.ruta for d in todas() if d.es_publica} == PUBLICAS


def test_ninguna_direccion_se_repite():
    rutas = [d.ruta for d in todas()]
    assert len(rutas) == len(set(rutas))


@pytest.mark.django_db
def test_sin_sesion_todo_lo_demas_manda_a_entrar_y_recuerda_a_donde_iba(visitante):
    """También con POST, y también lo que no existe dentro del panel: no se adivina qué hay."""
    cerradas = [d.muestra for d in todas() if not d.es_publica]
    assert len(cerradas) > 100
    for url in [*cerradas, "/panel/no-existe/", "/panel/programas/programa/999999/change/"]:
        for metodo in (visitante.get, visitante.post):
            respuesta = metodo(url)
            assert respuesta.status_code == 302, (url, respuesta.status_code)
            a_donde = respuesta["Location"]
            assert a_donde.startswith((f"{ENTRADA}?next=", "/panel/login/?next=")), (url, a_donde)


@pytest.mark.django_db
def test_del_panel_a_la_entrada_no_se_olvida_a_donde_iba(visitante):
    respuesta = visitante.get("/panel/programas/programa/", follow=True)

    llego = unquote(respuesta.redirect_chain[-1][0])
    assert llego == f"{ENTRADA}?next=/panel/programas/programa/"


@pytest.mark.django_db
def test_panel_login_no_pregunta_contrasena_y_manda_a_la_unica_entrada(visitante):
    respuesta = visitante.get(reverse("admin:login"), {"next": "https://malo.example/"})

    assert respuesta.status_code == 302
    assert respuesta["Location"].startswith(ENTRADA)
    assert "malo" not in respuesta["Location"]


def test_las_direcciones_van_en_minusculas_sin_acentos_y_con_guiones():
    trozos = {
        (d.ruta, trozo)
        for d in todas()
        if "(?P" not in d.ruta and not d.ruta.startswith(("panel/", "detalle_publico/"))
        for trozo in d.ruta.split("/")
        if "<" not in trozo
    }
    assert {t for t in trozos if t[1] != t[1].lower() or "_" in t[1] or not t[1].isascii()} == set()
