"""Lo que cada quien tiene en su bandeja."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from sibis.avisos.estados import Cuando
from sibis.avisos.models import Aviso, PreferenciaDeAvisos
from sibis.cuentas.models import Usuario

POR_PAGINA = 25


@dataclass(frozen=True, slots=True)
class Bandeja:
    """Una página de avisos, con lo que no se ha leído contado aparte."""

    pagina: Page
    no_leidos: int
    solo_no_leidos: bool
    hasta: (
        int  # el aviso más nuevo que existía al mirar: «marcar todos» no alcanza a los de después
    )


def no_leidos(usuario: Usuario) -> int:
    return Aviso.objects.filter(para=usuario).no_leidos().count()


def bandeja(usuario: Usuario, *, solo_no_leidos: bool = False, pagina: int = 1) -> Bandeja:
    """Primero lo que no ha leído. Una página que no existe da la última."""
    suyos = Aviso.objects.filter(para=usuario)
    vistos = suyos.no_leidos() if solo_no_leidos else suyos
    return Bandeja(
        pagina=Paginator(vistos.primero_los_no_leidos(), POR_PAGINA).get_page(pagina),
        no_leidos=suyos.no_leidos().count(),
        solo_no_leidos=solo_no_leidos,
        hasta=suyos.order_by("-pk").values_list("pk", flat=True).first() or 0,
    )


def contador(usuario: Usuario) -> tuple[str, int, str] | None:
    """Para la cabecera del panel: siempre está, para llegar a la bandeja."""
    return _("Avisos"), no_leidos(usuario), reverse("avisos:bandeja")


def preferencia_de(usuario: Usuario) -> str:
    """Lo que eligió; si nunca eligió, al momento."""
    elegida = PreferenciaDeAvisos.objects.filter(usuario=usuario).values_list("correo", flat=True)
    return elegida.first() or Cuando.AL_MOMENTO
