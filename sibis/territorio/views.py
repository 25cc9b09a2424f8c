"""Teselas públicas del mapa."""

from __future__ import annotations

import gzip

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sibis.territorio.consultas.teselas import CAPAS, huella_de_capa, tesela_mvt
from sibis.territorio.teselas import Tesela

TIPO_MVT = "application/vnd.mapbox-vector-tile"
_MINUTOS_EN_CACHE = 10
_UN_DIA = 86_400


@login_not_required
@require_safe
def tesela(request: HttpRequest, capa: str, z: int, x: int, y: int) -> HttpResponse:
    """Fuera de la Ciudad no hay nada que dibujar: 404 sin preguntar a la base."""
    lugar = Tesela(z, x, y)
    if capa not in CAPAS or not lugar.toca_la_ciudad:
        raise Http404(_("Esa parte del mapa no es de la Ciudad de México."))
    huella = f'W/"{huella_de_capa(capa)}"'
    respuesta = get_conditional_response(request, etag=huella)
    if respuesta is None:
        respuesta = _con_cuerpo(request, tesela_mvt(capa, lugar))
    respuesta["ETag"] = huella
    patch_vary_headers(respuesta, ["Accept-Encoding"])
    patch_cache_control(
        respuesta, public=True, max_age=_MINUTOS_EN_CACHE * 60, stale_while_revalidate=_UN_DIA
    )
    return respuesta


tesela.huella_propia = True  # type: ignore[attr-defined]  # la página condicional no la vuelve a calcular


def _con_cuerpo(request: HttpRequest, mvt: bytes) -> HttpResponse:
    """Comprimida si se pide: las cuentas por tipo se repiten mucho."""
    if mvt and "gzip" in request.headers.get("Accept-Encoding", ""):
        comprimida = gzip.compress(mvt, compresslevel=6, mtime=0)
        return HttpResponse(comprimida, content_type=TIPO_MVT, headers={"Content-Encoding": "gzip"})
    return HttpResponse(mvt, content_type=TIPO_MVT)
