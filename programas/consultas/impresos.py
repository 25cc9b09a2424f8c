"""Los documentos de un programa: ficha y reglas en PDF, y reglas en Word."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from programas.consultas.documento import aviso_de_origen, escrito, pie
from programas.consultas.ficha import Ficha, ficha
from programas.consultas.publicas import reglas_para_leer
from programas.estados import FUERON_PUBLICOS
from sibis.documentos.escrito import Escrito
from sibis.documentos.tipos import DE_ESCRITO_A_WORD, DE_HTML_A_PDF, TipoDeDocumento

FICHA, REGLAS, REGLAS_WORD = "programas-ficha", "programas-reglas", "programas-reglas-word"
BORRADOR, BORRADOR_WORD = "programas-borrador", "programas-borrador-word"
TODOS = (FICHA, REGLAS, REGLAS_WORD)
_ESTATICOS = ("css/impreso.css", "fuentes/source-sans-3-latin-wght-normal.woff2")


def _ficha(regla: int) -> Ficha:
    """Levanta DoesNotExist si esa regla nunca fue pública."""
    suya = reglas_para_leer().get(pk=regla, estado__in=FUERON_PUBLICOS)
    return ficha(suya, con_apartados=False)


def _html_de_ficha(regla: int) -> str:
    suya = _ficha(regla)
    contexto = {
        "ficha": suya,
        "pie": pie(suya),
        "aviso": aviso_de_origen(suya),
        "sitio_nombre": settings.SIBIS_NOMBRE,
        "telefono": settings.SIBIS_TELEFONO,
    }
    return render_to_string("programas/impresos/ficha.html", contexto)


def _html_de_reglas(regla: int) -> str:
    contexto = {"escrito": escrito(_ficha(regla)), "sitio_nombre": settings.SIBIS_NOMBRE}
    return render_to_string("documentos/escrito.html", contexto)


def _json_de_reglas(regla: int) -> str:
    return escrito(_ficha(regla)).como_json()


def _borrador(regla: int) -> Escrito:
    """El documento de lo que aún no se publica: lo dice en cada hoja y no da enlace permanente."""
    suya = ficha(
        reglas_para_leer().exclude(estado__in=FUERON_PUBLICOS).get(pk=regla), con_apartados=False
    )
    hecho = escrito(suya)
    return replace(
        hecho,
        marca=_("Borrador"),
        aviso=_("Borrador sin publicar. No es el documento oficial y puede cambiar."),
        pie=tuple(par for par in hecho.pie if "://" not in par[1]),
    )


def _html_de_borrador(regla: int) -> str:
    contexto = {"escrito": _borrador(regla), "sitio_nombre": settings.SIBIS_NOMBRE}
    return render_to_string("documentos/escrito.html", contexto)


def _json_de_borrador(regla: int) -> str:
    return _borrador(regla).como_json()


TIPOS = [
    TipoDeDocumento(FICHA, "pdf", _html_de_ficha, DE_HTML_A_PDF, _ESTATICOS),
    TipoDeDocumento(REGLAS, "pdf", _html_de_reglas, DE_HTML_A_PDF, _ESTATICOS),
    TipoDeDocumento(BORRADOR, "pdf", _html_de_borrador, DE_HTML_A_PDF, _ESTATICOS),
    TipoDeDocumento(BORRADOR_WORD, "docx", _json_de_borrador, DE_ESCRITO_A_WORD),
    TipoDeDocumento(REGLAS_WORD, "docx", _json_de_reglas, DE_ESCRITO_A_WORD),
]
