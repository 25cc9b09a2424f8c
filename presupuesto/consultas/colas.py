"""Lo que espera a Finanzas (vínculos sin revisar) y a quien escribe, firma o revisa informes."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from presupuesto.consultas import colas_de_informes
from presupuesto.models import VinculoPresupuestal
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.panel.colas import Cola, Pendiente

MOSTRADOS = 5


def colas(usuario: Usuario) -> list[Cola]:
    return [*_de_vinculos(usuario), *colas_de_informes.colas(usuario)]


def _de_vinculos(usuario: Usuario) -> list[Cola]:
    if not puede(usuario, Permiso.PRESUPUESTO_CAPTURAR):
        return []
    propuestos = VinculoPresupuestal.objects.filter(estado="propuesto")
    primeros = propuestos.select_related("programa").order_by("-puntaje", "-ejercicio")[:MOSTRADOS]
    lista = reverse("admin:presupuesto_vinculopresupuestal_changelist")
    return [
        Cola(
            titulo=_("Vínculos con el presupuesto por revisar"),
            vacia=_("No hay vínculos por revisar."),
            total=propuestos.count(),
            pendientes=tuple(_pendiente(v) for v in primeros),
            url_todos=f"{lista}?estado__exact=propuesto",
        )
    ]


def _pendiente(vinculo: VinculoPresupuestal) -> Pendiente:
    return Pendiente(
        titulo=f"{vinculo.programa_presupuestario} → {vinculo.programa.nombre}",
        detalle=f"{vinculo.ejercicio or ''} · {vinculo.get_certeza_display()} · "
        f"{vinculo.get_metodo_display()}",
        url=reverse("admin:presupuesto_vinculopresupuestal_change", args=[vinculo.pk]),
        estado=vinculo.estado,
    )
