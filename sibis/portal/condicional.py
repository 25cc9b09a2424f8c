"""Una visita repetida cuesta una consulta: 304, sin armar la página.

La versión de lo publicado sale de los contadores de PostgreSQL: cuántos renglones se han escrito en
las tablas que el portal enseña. Nadie tiene que acordarse de anunciar un cambio, y una tabla nueva
cuenta desde el primer día; las que se escriben sin que el portal cambie (sesiones, intentos,
bitácora) se descuentan por nombre. A los datos se suman el código, los estáticos, los ajustes que se
ven y la última hora en que algo abrió o cerró: «Abierto hoy» cambia sin que nadie escriba.

Los contadores llegan al terminar cada transacción, o hasta diez segundos después si la misma conexión
acababa de avisar (docs/adr/0017). Por eso una página se guarda más que eso, y quien escribe por la web avisa.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control

from sibis.portal.idiomas import sin_prefijo

# Se escriben a diario y ninguna página pública las enseña. Ante la duda, una tabla cuenta.
NO_SE_ENSENAN = (
    "account_%",
    "auth_%",
    "axes_%",
    "bitacora_%",
    "ciudadania_%",
    "cuentas_usuario",
    "django_%",
    "mfa_%",
    # De un padrón se enseñan su recibo y el estado de su carga; sus renglones entran de a millones.
    "padron_correccion",
    "padron_filaenespera",
    "padron_hallazgo",
    "padron_mapeorecordado",
    "padron_pasada",
    "padron_receta",
    "padron_registro%",
    "padron_tramo",
    "pghistory_%",
    "%event",  # la historia repite a su tabla
    "programas_borradordeseccion",
    "programas_busqueda%",
    "programas_camporevisado",
    "programas_ediciondeseccion",
)
# Lo que es de una persona; despliegue/nginx.conf dice los mismos.
PERSONALES = ("panel", "cuenta", "mi", "cuestionario", "avisos", "salud")
SE_GUARDA = 30  # segundos
SE_ENTREGA_VENCIDA = 60  # mientras se renueva por detrás

_ESCRITOS = " + ".join(
    f"pg_stat_get{cuales}_tuples_{acto}(t.oid)"
    for acto in ("inserted", "updated", "deleted")
    for cuales in ("", "_xact")  # los que ya llegaron y los que esta conexión aún no entrega
)
_VERSION = f"""
    SELECT current_setting('track_counts')::bool,
           pg_postmaster_start_time()::text || sum({_ESCRITOS}),
           (SELECT max(hora) FILTER (WHERE hora <= %(ahora)s) FROM horas),
           (SELECT min(hora) FILTER (WHERE hora > %(ahora)s) FROM horas)
    FROM pg_class t
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'm')
      AND t.relname NOT LIKE ALL (%(no)s)
"""  # noqa: S608
_HORAS = """
    WITH horas AS (
        SELECT abre AS hora FROM programas_convocatoria
        UNION ALL SELECT cierra FROM programas_convocatoria WHERE cierra IS NOT NULL
    )
"""


@dataclass(frozen=True, slots=True)
class Version:
    """Qué se está publicando en este momento, y hasta cuándo puede seguir igual."""

    huella: str
    cambia_en: float  # segundos: la próxima apertura o cierre, o la medianoche

    def etiqueta(self, request: HttpRequest) -> str:
        """Débil: el proxy puede comprimir la página y sigue siendo la misma."""
        partes = f"{self.huella}|{request.get_host()}|{request.get_full_path()}"
        return f'W/"{hashlib.sha256(partes.encode()).hexdigest()[:24]}"'


@cache
def version_del_codigo() -> str:
    """Lo que puede cambiar una página sin tocar los datos: una vez por proceso."""
    resumen = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for ruta in _archivos_del_codigo(settings.RAIZ):
        dato = ruta.stat()
        resumen.update(f"{ruta}{dato.st_size}{dato.st_mtime_ns}".encode())
    for ajuste in ("TEMA", "NOMBRE", "SUBTITULO", "TELEFONO", "DEMOSTRACION"):
        resumen.update(repr(getattr(settings, f"SIBIS_{ajuste}")).encode())
    return resumen.hexdigest()


def _archivos_del_codigo(raiz: Path) -> Iterator[Path]:
    propias = {aplicacion.split(".")[0] for aplicacion in settings.INSTALLED_APPS}
    for carpeta in sorted({*propias, "templates", "locale"}):
        for ruta in sorted((raiz / carpeta).rglob("*")):
            if ruta.suffix in {".py", ".html", ".txt", ".mo", ".json"} and ruta.is_file():
                yield ruta


def version_publicada(ahora: datetime | None = None) -> Version | None:
    """Nada si este PostgreSQL no lleva cuentas: entonces ninguna página promete seguir igual."""
    ahora = ahora or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_HORAS + _VERSION, {"ahora": ahora, "no": list(NO_SE_ENSENAN)})
        lleva_cuentas, datos, ultima, proxima = cursor.fetchone()
    if not lleva_cuentas:
        return None
    local = timezone.localtime(ahora)
    medianoche = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    cambia = min(filter(None, [proxima, medianoche]))
    huella = f"{version_del_codigo()}|{datos}|{ultima}|{local.date()}"
    return Version(huella, max(0.0, (cambia - ahora).total_seconds()))


class PaginaCondicionalMiddleware:
    """Va fuera de la sesión: ve las galletas que dejó la respuesta, y con ellas no se guarda nada."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        respuesta = self.siguiente(request)
        if not settings.PAGINAS_CONDICIONALES:
            return respuesta
        if request.method not in {"GET", "HEAD"}:
            _avisar_de_lo_escrito()
        elif version := getattr(request, "version_publicada", None):
            _guardable(request, respuesta, version)
        if _de_una_persona(request, respuesta):
            patch_cache_control(respuesta, private=True, no_store=True)
        return respuesta

    def process_view(
        self, request: HttpRequest, vista: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        if not settings.PAGINAS_CONDICIONALES or not _es_de_todos(request, vista):
            return None
        version = version_publicada()
        request.version_publicada = version  # type: ignore[attr-defined]
        if version is None or "HTTP_IF_NONE_MATCH" not in request.META:
            return None
        igual = get_conditional_response(request, etag=version.etiqueta(request))
        return igual if igual is not None and igual.status_code == 304 else None


def _es_de_todos(request: HttpRequest, vista: Callable[..., Any]) -> bool:
    """Pública, de lectura, y sin avisos pendientes para quien la pide."""
    return (
        not getattr(vista, "login_required", True)
        and request.method in {"GET", "HEAD"}
        and "messages" not in request.COOKIES
        and not getattr(vista, "huella_propia", False)  # ya sabe cuándo cambia, y le cuesta menos
        and not _es_personal(request)
    )


def _es_personal(request: HttpRequest) -> bool:
    return sin_prefijo(request.path_info).lstrip("/").partition("/")[0] in PERSONALES


def _de_una_persona(request: HttpRequest, respuesta: HttpResponseBase) -> bool:
    """Nada de esto queda en un equipo compartido ni en un intermediario."""
    if respuesta.has_header("Cache-Control"):
        return False
    return bool(respuesta.cookies) or _es_personal(request)


def _guardable(request: HttpRequest, respuesta: HttpResponseBase, version: Version) -> None:
    """Pone ETag y plazo a lo que es igual para todos; lo que ya trae los suyos, se respeta."""
    if (
        respuesta.status_code not in {200, 304}
        or respuesta.cookies
        or respuesta.streaming
        or respuesta.has_header("Cache-Control")
        or (respuesta.status_code == 200 and respuesta.has_header("ETag"))
    ):
        return
    respuesta.headers["ETag"] = version.etiqueta(request)
    if request.COOKIES:  # con sesión abierta se pregunta cada vez: quien publica lo ve enseguida
        patch_cache_control(respuesta, private=True, no_cache=True)
        return
    plazo = int(min(SE_GUARDA, version.cambia_en))
    patch_cache_control(respuesta, public=True, max_age=plazo)
    if plazo == SE_GUARDA:
        patch_cache_control(respuesta, stale_while_revalidate=SE_ENTREGA_VENCIDA)


def _avisar_de_lo_escrito() -> None:
    """Sin esto, los contadores de esta conexión podrían tardar diez segundos en llegar."""
    if connection.connection is not None and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_force_next_flush()")
