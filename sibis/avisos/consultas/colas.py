"""Lo que espera a quien opera el sistema: correos al personal que no salieron."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.avisos.estados import Cuando
from sibis.avisos.models import Aviso, CorreoDeAviso
from sibis.avisos.models.correo import SE_TARDA
from sibis.correo.estados import POR_SALIR
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.formatos.fechas import fecha_corta
from sibis.panel.colas import Cola, Pendiente, Seccion

A_LA_VISTA = 8
RECIENTES = timedelta(days=30)


def colas(usuario: Usuario) -> list[Cola]:
    if not puede(usuario, Permiso.SISTEMA_OPERAR):
        return []
    hallados = CorreoDeAviso.objects.atorados().filter(creado_en__gte=timezone.now() - RECIENTES)
    detenidos, total = olvidados().count(), hallados.count()
    aviso = (_detenido(detenidos),) if detenidos else ()
    lista = reverse("admin:avisos_correodeaviso_changelist")
    return [
        Cola(
            titulo=_("Avisos al personal que no salieron"),
            vacia=_("Todo ha salido."),
            total=total + len(aviso),
            pendientes=(*aviso, *(_pendiente(c) for c in hallados[:A_LA_VISTA])),
            url_todos=f"{lista}?atorados=si",
            seccion=Seccion.ATRASADO,
        )
    ]


def olvidados() -> QuerySet[Aviso]:
    """Los que nadie ha puesto en un correo y no esperan a otro de esa persona: el reparto murió."""
    hace_poco = timezone.now() - SE_TARDA
    en_camino = CorreoDeAviso.objects.filter(
        Q(estado__in=POR_SALIR) | Q(creado_en__gte=hace_poco) | Q(enviado_en__gte=hace_poco),
        para=OuterRef("para"),
    )
    return Aviso.objects.sin_repartir().filter(
        ~Exists(en_camino), por_correo=Cuando.AL_MOMENTO, creado_en__lt=hace_poco
    )


def _detenido(cuantos: int) -> Pendiente:
    return Pendiente(
        titulo=_("El reparto de avisos está detenido"),
        detalle=ngettext(
            "%(n)s aviso espera desde hace más de 15 minutos. Revisa que el trabajador corra.",
            "%(n)s avisos esperan desde hace más de 15 minutos. Revisa que el trabajador corra.",
            cuantos,
        )
        % {"n": cuantos},
        url=reverse("admin:avisos_correodeaviso_changelist"),
    )


def _pendiente(correo: CorreoDeAviso) -> Pendiente:
    dia = fecha_corta(timezone.localdate(correo.creado_en), hoy=timezone.localdate())
    return Pendiente(
        titulo=_("Correo #%(numero)s") % {"numero": correo.pk},
        detalle=_("%(falla)s. Intentos: %(intentos)s, desde el %(dia)s")
        % {"falla": correo.falla or "—", "intentos": correo.intentos, "dia": dia},
        url=reverse("admin:avisos_correodeaviso_change", args=[correo.pk]),
        estado=correo.get_estado_display(),
    )
