"""Lo que se hace una vez por proceso ya está hecho cuando llega la primera visita."""

from __future__ import annotations

import gc
from datetime import timedelta
from types import SimpleNamespace

from django.template import engines
from gunicorn.config import Config

from sibis.portal.arranque import calentar
from sibis.portal.condicional import version_del_codigo
from sibis.settings import servidor_web  # noqa: TID251  (la configuración de gunicorn)


def test_al_arrancar_se_compilan_las_plantillas_sin_tocar_la_base():
    (cargador,) = engines["django"].engine.template_loaders
    cargador.reset()
    version_del_codigo.cache_clear()

    calentar()

    for plantilla in ("portal/inicio.html", "programas/buscar.html", "programas/programa.html"):
        assert plantilla in cargador.get_template_cache
    assert version_del_codigo.cache_info().currsize == 1


def test_lo_cargado_al_arrancar_no_se_revisa_en_busca_de_basura():
    try:
        servidor_web.when_ready(None)
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_una_visita_no_escribe_otro_renglon_ni_los_datos_de_nadie():
    registro = servidor_web.RegistroDeVisitas(Config())
    entorno = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": "/x\n[ayer] GET /\x00/GARC800101HDFRRL09/ana@ejemplo.mx/",
    }
    respuesta = SimpleNamespace(status="404 Not Found", sent=0, headers=[])

    ruta = registro.atoms(respuesta, SimpleNamespace(headers=[]), entorno, timedelta())["U"]

    assert ruta == r"/x\n[ayer] GET /\x00/[CURP]/[correo]/"
