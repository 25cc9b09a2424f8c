"""El hilo completo en PDF, para integrarlo a su expediente."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sibis.documentos.tipos import DE_HTML_A_PDF, TipoDeDocumento
from sibis.mensajes.consultas.hilo import con_todo
from sibis.mensajes.models import Hilo

HILO = "mensajes-hilo"
_ESTATICOS = ("css/impreso.css", "fuentes/source-sans-3-latin-wght-normal.woff2")


def _html_de_hilo(hilo: int) -> str:
    """Todos los mensajes en orden, con la huella de cada adjunto: con ella se coteja el archivo."""
    suyo = (
        Hilo.objects.select_related("expediente__dependencia", "creado_por", "cerrado_por")
        .prefetch_related("participantes__dependencia", "participantes__usuario")
        .get(pk=hilo)
    )
    contexto = {
        "hilo": suyo,
        "mensajes": con_todo(suyo).order_by("pk"),
        "sitio_nombre": settings.SIBIS_NOMBRE,
        "pie": [
            (_("Hilo"), str(suyo.pk)),
            (_("Dirección"), f"{settings.URL_PUBLICA}{suyo.get_absolute_url()}"),
        ],
    }
    return render_to_string("mensajes/impresos/hilo.html", contexto)


TIPOS = [TipoDeDocumento(HILO, "pdf", _html_de_hilo, DE_HTML_A_PDF, _ESTATICOS)]
