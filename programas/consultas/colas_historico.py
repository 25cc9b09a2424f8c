"""Lo que espera en el archivo histórico: enlaces que ya no responden y archivos que no se leyeron."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from programas.consultas.redaccion import fecha_corta
from programas.models import Documento, Enlace, EstadoDeTexto, Fuente
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Ambito, Permiso, ambito
from sibis.panel.colas import Cola, Pendiente

A_LA_VISTA = 8
_NO_SE_LEYERON = (EstadoDeTexto.ILEGIBLE, EstadoDeTexto.CIFRADO)


def colas(usuario: Usuario) -> list[Cola]:
    """Para quien mantiene documentos, sobre los de su ámbito."""
    donde = ambito(usuario, Permiso.DOCUMENTO_EDITAR)
    return [_enlaces_rotos(donde), _sin_leer(donde)] if donde else []


def _enlaces_rotos(donde: Ambito) -> Cola:
    rotos = enlaces_rotos(donde)
    lista = reverse("admin:programas_enlace_changelist")
    return Cola(
        titulo=_("Enlaces que ya no responden"),
        vacia=_("Todos los enlaces revisados responden."),
        total=rotos.count(),
        pendientes=tuple(_enlace(e) for e in rotos.order_by("-revisado_en")[:A_LA_VISTA]),
        url_todos=f"{lista}?{urlencode({'estado__exact': Enlace.Estado.ROTO})}",
    )


def enlaces_rotos(donde: Ambito) -> QuerySet[Enlace]:
    """Los que cita algún documento, o alguna fuente de las reglas, de ese ámbito."""
    de_documentos = Documento.objects.visibles().filter(donde.filtro(), enlace=OuterRef("url"))
    de_fuentes = Fuente.objects.filter(donde.filtro("regla__dependencia"), url=OuterRef("url"))
    return Enlace.objects.filter(Exists(de_documentos) | Exists(de_fuentes)).filter(
        estado=Enlace.Estado.ROTO
    )


def _enlace(enlace: Enlace) -> Pendiente:
    return Pendiente(
        titulo=enlace.url,
        detalle=_("%(motivo)s; se revisó el %(dia)s")
        % {"motivo": enlace.motivo, "dia": _dia(enlace.revisado_en)},
        url=reverse("admin:programas_enlace_change", args=[enlace.pk]),
        estado=enlace.get_estado_display(),
    )


def _sin_leer(donde: Ambito) -> Cola:
    suyos = Documento.objects.filter(donde.filtro(), texto_estado__in=_NO_SE_LEYERON)
    lista = reverse("admin:programas_documento_changelist")
    return Cola(
        titulo=_("Archivos que no se pudieron leer"),
        vacia=_("Todos los archivos se leyeron."),
        total=suyos.count(),
        pendientes=tuple(_documento(d) for d in suyos.order_by("pk")[:A_LA_VISTA]),
        url_todos=f"{lista}?{urlencode({'texto_estado__in': ','.join(_NO_SE_LEYERON)})}",
    )


def _documento(documento: Documento) -> Pendiente:
    return Pendiente(
        titulo=str(documento),
        detalle=str(documento.get_texto_estado_display()),
        url=reverse("admin:programas_documento_change", args=[documento.pk]),
    )


def _dia(momento: object) -> str:
    hoy = timezone.localdate()
    return fecha_corta(timezone.localdate(momento), hoy=hoy) if momento else "—"  # type: ignore[arg-type]
