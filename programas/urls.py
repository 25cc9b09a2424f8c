"""Direcciones públicas; las del panel cuelgan del admin."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from programas.views import busqueda, centros, direcciones, documentos, historico, programas


class Ejercicio:
    regex = "20[0-9]{2}"

    def to_python(self, valor: str) -> int:
        return int(valor)

    def to_url(self, valor: int) -> str:
        return str(valor)


class TipoDeAntes(StringConverter):
    regex = "programa|accion"


class NumeroDeAntes(StringConverter):
    regex = "[0-9]{1,9}"


class ClaveDeAntes(StringConverter):
    regex = "[A-Za-z0-9_]{1,40}/?"

    def to_python(self, value: str) -> str:
        return value.rstrip("/")


register_converter(Ejercicio, "ejercicio")
register_converter(TipoDeAntes, "tipo_de_antes")
register_converter(NumeroDeAntes, "numero_de_antes")
register_converter(ClaveDeAntes, "clave_de_antes")

app_name = "programas"
urlpatterns = [
    path("programas/", busqueda.buscar, name="buscar"),
    path("programas/sugerencias.json", busqueda.sugerencias, name="sugerencias"),
    path("programas/<slug:slug>/", programas.programa, name="programa"),
    path(
        "programas/<slug:slug>/<ejercicio:ejercicio>/",
        programas.programa,
        name="programa_ejercicio",
    ),
    path("programas/<slug:slug>/<ejercicio:ejercicio>/reglas/", programas.reglas, name="reglas"),
    path("programas/<slug:slug>/<ejercicio:ejercicio>/cambios/", programas.cambios, name="cambios"),
    path(
        "programas/<slug:slug>/<ejercicio:ejercicio>/ficha.pdf",
        documentos.ficha_pdf,
        name="ficha_pdf",
    ),
    path(
        "programas/<slug:slug>/<ejercicio:ejercicio>/reglas.pdf",
        documentos.reglas_pdf,
        name="reglas_pdf",
    ),
    path(
        "programas/<slug:slug>/<ejercicio:ejercicio>/reglas.docx",
        documentos.reglas_docx,
        name="reglas_docx",
    ),
    path(
        "programas/<slug:slug>/<ejercicio:ejercicio>/calendario.ics",
        documentos.calendario,
        name="calendario_ics",
    ),
    path(
        "detalle_publico/resumen/<tipo_de_antes:tipo>/<numero_de_antes:numero>/<clave_de_antes:clave>",
        direcciones.del_sitio_anterior,
        name="del_sitio_anterior",
    ),
    path(
        "descarga-word/<numero_de_antes:numero>",
        direcciones.word_del_sitio_anterior,
        name="word_del_sitio_anterior",
    ),
    path("mapa/alcaldias.geojson", centros.suelo, name="suelo"),
    path("centros/", centros.lista, name="centros"),
    path("centros.geojson", centros.geojson, name="centros_geojson"),
    path("centros/<slug:slug>/", centros.centro, name="centro"),
    path("historico/", historico.buscar, name="historico"),
    path("historico/<slug:slug>/", historico.documento, name="documento"),
    path("historico/<slug:slug>/archivo/", historico.archivo, name="documento_archivo"),
]
