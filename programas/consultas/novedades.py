"""Lo que alguien mandó y dónde va, y qué cambió en lo que le toca. Siempre con las mismas consultas."""

from __future__ import annotations

import datetime

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programas.estados import EDITABLES, EN_CURSO, EstadoRegla
from programas.models import ReglaOperacion
from sibis.bitacora.models import Evento
from sibis.bitacora.presentadores import frase
from sibis.cuentas.models import Dependencia, Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.panel.colas import Cola, Pendiente, Seccion

A_LA_VISTA = 8
DIAS = 30

E = EstadoRegla

# Los que alguien tiene en sus manos y no es quien la escribe.
EN_CAMINO = tuple(estado for estado in EstadoRegla if estado in EN_CURSO - EDITABLES)
_DONDE_ESTA = {
    E.ENVIADO: gettext_lazy("espera que la tome la Secretaría de Bienestar"),
    E.EN_REVISION: gettext_lazy("la revisa la Secretaría de Bienestar"),
    E.VALIDADO: gettext_lazy("validada; espera su dictamen"),
    E.EN_DICTAMEN: gettext_lazy("la dictamina EVALÚA"),
    E.APROBADO: gettext_lazy("aprobada; espera su publicación en la Gaceta"),
}


def colas(usuario: Usuario) -> list[Cola]:
    presenta = ambito(usuario, Permiso.REGLA_ENVIAR) or ambito(usuario, Permiso.REGLA_CAPTURAR)
    halladas = [_enviadas(usuario)] if presenta else []
    if ambito(usuario, Permiso.REGLA_VER):
        halladas.append(_cambios(usuario))
    return halladas


def _enviadas(usuario: Usuario) -> Cola:
    """Las de su dependencia que ya salieron y no han vuelto, la que más lleva primero."""
    de_su_funcion = (Permiso.REGLA_ENVIAR, Permiso.REGLA_CAPTURAR)
    donde = next(d for d in (ambito(usuario, p) for p in de_su_funcion) if d)
    suyas = (
        ReglaOperacion.objects.filter(donde.filtro("dependencia"), estado__in=EN_CAMINO)
        .select_related("dependencia")
        .annotate(desde=Coalesce("validado_en", "enviado_en", "actualizado_en"))
        .order_by("desde", "pk")
    )
    lista = reverse("admin:programas_reglaoperacion_changelist")
    return Cola(
        titulo=_("Reglas en revisión"),
        vacia=_("No tienes reglas en revisión."),
        total=suyas.count(),
        pendientes=tuple(_enviada(r) for r in suyas[:A_LA_VISTA]),
        url_todos=f"{lista}?{urlencode({'estado__in': ','.join(EN_CAMINO)})}",
        seccion=Seccion.ENVIASTE,
    )


def _enviada(regla: ReglaOperacion) -> Pendiente:
    desde = timezone.localdate(regla.desde)  # type: ignore[attr-defined]
    return Pendiente(
        titulo=str(regla),
        detalle=_("%(quien)s: %(donde)s, %(hace)s")
        % {
            "quien": regla.dependencia.siglas,
            "donde": _DONDE_ESTA.get(E(regla.estado), regla.get_estado_display()),
            "hace": _hace(desde),
        },
        url=reverse("admin:programas_reglaoperacion_change", args=[regla.pk]),
        estado=regla.get_estado_display(),
        desde=desde,
    )


def _hace(desde: datetime.date) -> str:
    dias = (timezone.localdate() - desde).days
    if dias <= 0:
        return _("hoy")
    return _("hace un día") if dias == 1 else _("hace %(n)s días") % {"n": dias}


def _cambios(usuario: Usuario) -> Cola:
    """Lo último que otros hicieron con las reglas de su ámbito, como lo diría una persona."""
    eventos = Evento.objects.filter(
        objeto_tipo=ReglaOperacion._meta.label_lower,
        momento__gte=timezone.now() - datetime.timedelta(days=DIAS),
    ).exclude(por_id=usuario.pk, por_id__isnull=False)
    donde = ambito(usuario, Permiso.REGLA_VER)
    if not donde.todas:
        suyas = Dependencia.objects.filter(pk__in=donde.dependencias).values("clave")
        eventos = eventos.filter(dependencia__in=suyas)
    recientes = eventos.exclude(tipo="regla.guardada").order_by("-id")[: A_LA_VISTA * 8]
    de_cada_regla: dict[str, Evento] = {}
    for evento in recientes:  # de cada regla, solo lo último: lo anterior está en su página
        de_cada_regla.setdefault(evento.objeto_id, evento)
    ultimos = list(de_cada_regla.values())[:A_LA_VISTA]
    reglas = ReglaOperacion.objects.filter(donde.filtro("dependencia")).in_bulk(
        [int(e.objeto_id) for e in ultimos if e.objeto_id.isdigit()]
    )
    return Cola(
        titulo=_("En las reglas"),
        vacia=_("En el último mes nadie más movió tus reglas."),
        total=None,
        pendientes=tuple(_cambio(e, reglas.get(int(e.objeto_id))) for e in ultimos),
        url_todos="",
        seccion=Seccion.CAMBIO,
    )


def _cambio(evento: Evento, regla: ReglaOperacion | None) -> Pendiente:
    """El enlace solo si la regla sigue en su ámbito."""
    return Pendiente(
        titulo=str(regla) if regla else _("Una regla"),
        detalle=frase(evento, objeto=str(regla or "")),
        url=reverse("admin:programas_reglaoperacion_change", args=[regla.pk]) if regla else "",
        desde=timezone.localdate(evento.momento),
    )
