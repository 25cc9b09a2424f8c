"""Lo que espera a quien opera el sistema: lo que no salió."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ciudadania.models import Envio
from programas.consultas.redaccion import fecha_corta
from sibis.correo.estados import NO_SALIERON, POR_SALIR
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.panel.colas import Cola, Pendiente, Seccion

A_LA_VISTA = 8


def atorados() -> QuerySet[Envio]:
    """Los que se dieron por perdidos, y los que ya fallaron al menos una vez y siguen intentando."""
    perdidos = Q(estado__in=NO_SALIERON)
    return Envio.objects.filter(perdidos | Q(estado__in=POR_SALIR, intentos__gt=0))


def colas(usuario: Usuario) -> list[Cola]:
    if not puede(usuario, Permiso.SISTEMA_OPERAR):
        return []
    hallados = atorados().order_by("-creado_en")
    lista = reverse("admin:ciudadania_envio_changelist")
    return [
        Cola(
            titulo=_("Correos y notificaciones que no salieron"),
            vacia=_("Todo ha salido."),
            total=hallados.count(),
            pendientes=tuple(_pendiente(e) for e in hallados[:A_LA_VISTA]),
            url_todos=f"{lista}?atorados=si",
            seccion=Seccion.ATRASADO,
        )
    ]


def _pendiente(envio: Envio) -> Pendiente:
    dia = fecha_corta(timezone.localdate(envio.creado_en), hoy=timezone.localdate())
    return Pendiente(
        titulo=f"{envio.get_clase_display()} #{envio.pk}".capitalize(),
        detalle=_("%(falla)s; %(intentos)s intentos desde el %(dia)s")
        % {"falla": envio.falla or "—", "intentos": envio.intentos, "dia": dia},
        url=reverse("admin:ciudadania_envio_change", args=[envio.pk]),
        estado=envio.get_estado_display(),
    )
