"""Lo que espera a quien opera el sistema: correos al personal que no salieron."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.avisos.estados import Cuando
from sibis.avisos.models import Aviso, CorreoDeAviso
from sibis.avisos.models.correo import SE_TARDA
from sibis.correo.estados import POR_SALIR
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.panel.colas import Cola, Pendiente

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
        )
    ]


def olvidados() -> QuerySet[Aviso]:
    """Los que nadie ha puesto en un correo, sin que la persona tenga otro por salir: el reparto murió."""
    por_salir = CorreoDeAviso.objects.filter(para=OuterRef("para"), estado__in=POR_SALIR)
    return Aviso.objects.sin_repartir().filter(
        ~Exists(por_salir),
        por_correo=Cuando.AL_MOMENTO,
        creado_en__lt=timezone.now() - SE_TARDA,
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
    dia = date_format(timezone.localtime(correo.creado_en), "j \\d\\e F")
    return Pendiente(
        titulo=_("Correo #%(numero)s") % {"numero": correo.pk},
        detalle=_("%(falla)s; %(intentos)s intentos desde el %(dia)s")
        % {"falla": correo.falla or "—", "intentos": correo.intentos, "dia": dia},
        url=reverse("admin:avisos_correodeaviso_change", args=[correo.pk]),
        estado=correo.get_estado_display(),
    )
