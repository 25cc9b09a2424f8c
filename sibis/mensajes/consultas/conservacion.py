"""Los hilos con plazo cumplido, para quien decide sobre ellos aunque no los pueda leer."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito, puede
from sibis.mensajes.models import Disposicion, Hilo
from sibis.panel.colas import Cola, Pendiente

POR_PAGINA = 25
_EN_LA_COLA = 6


def puede_decidir(usuario: Usuario) -> bool:
    """Quien opera el sistema, y quien mantiene los catálogos de toda la Ciudad."""
    return puede(usuario, Permiso.SISTEMA_OPERAR) or ambito(usuario, Permiso.CATALOGO_EDITAR).todas


@dataclass(frozen=True, slots=True)
class PorDecidir:
    """El asunto solo se dice a quien puede leer el hilo; a los demás, su número y sus fechas."""

    disposicion: Disposicion
    asunto: str


@dataclass(frozen=True, slots=True)
class ListaDePlazos:
    renglones: tuple[PorDecidir, ...]
    pagina: Page


def por_decidir(usuario: Usuario, *, pagina: int) -> ListaDePlazos:
    pendientes = Disposicion.objects.filter(decision="").select_related(
        "regla", "hilo__expediente__dependencia"
    )
    hoja = Paginator(pendientes.defer("hilo__vector"), POR_PAGINA).get_page(pagina)
    renglones = list(hoja.object_list)
    visibles = set(
        Hilo.objects.visibles_para(usuario)
        .filter(pk__in=[r.hilo_id for r in renglones])
        .values_list("pk", flat=True)
    )
    return ListaDePlazos(
        tuple(PorDecidir(r, r.hilo.asunto if r.hilo_id in visibles else "") for r in renglones),
        hoja,
    )


def cola(usuario: Usuario) -> Cola | None:
    if not puede_decidir(usuario):
        return None
    pendientes = Disposicion.objects.filter(decision="").select_related("regla")
    url = reverse("mensajes:conservacion")
    return Cola(
        titulo=_("Hilos con plazo de conservación cumplido"),
        vacia=_("Ningún hilo espera que se decida su conservación."),
        total=pendientes.count(),
        pendientes=tuple(
            Pendiente(
                titulo=_("Hilo %(n)s") % {"n": d.hilo_id},
                detalle=_("Cumplió %(n)s años de cerrado") % {"n": d.regla.anios},
                url=f"{url}#hilo-{d.hilo_id}",
            )
            for d in pendientes[:_EN_LA_COLA]
        ),
        url_todos=url,
    )
