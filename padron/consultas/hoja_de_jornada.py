"""La página de una jornada: cuántas se esperan, cuántas van, y qué puede hacer quien la mira. Sin nombres."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from padron import letras
from padron.estados_de_entrega import FLUJO_JORNADA, EstadoJornada
from padron.models import Entrega, JornadaDeEntrega, LoteDeEntregas
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.estados import Transicion

ULTIMAS = 20


@dataclass(frozen=True, slots=True)
class HojaDeJornada:
    jornada: JornadaDeEntrega
    por_letra: tuple[tuple[str, int], ...]
    ultimas: tuple[Entrega, ...]
    lotes: tuple[LoteDeEntregas, ...]
    pasos: tuple[Transicion, ...]
    captura: bool
    ve_personas: bool

    @property
    def url(self) -> str:
        return url_de(self.jornada)

    @property
    def se_anota(self) -> bool:
        return self.captura and self.jornada.estado == EstadoJornada.PUBLICADA

    @property
    def se_cambia(self) -> bool:
        return self.captura and self.jornada.estado != EstadoJornada.CANCELADA

    @property
    def tope_por_letra(self) -> int:
        return max((n for _letra, n in self.por_letra), default=0)


def url_de(jornada: JornadaDeEntrega) -> str:
    return reverse("admin:padron_jornadadeentrega_change", args=[jornada.pk])


def hoja_de(jornada: JornadaDeEntrega, *, quien: Usuario) -> HojaDeJornada:
    """El mismo número de consultas con mil entregas que con un millón."""
    en = jornada.dependencia_id
    captura = puede(quien, Permiso.PADRON_CARGAR, en=en)
    ultimas = (
        Entrega.objects.filter(jornada=jornada, ejercicio=jornada.ejercicio)
        .select_related("anotada_por")
        .order_by("-id")[:ULTIMAS]
    )
    lotes = jornada.lotes.select_related("preparado_por").order_by("-pk")[:ULTIMAS]
    por_letra = sorted(jornada.esperadas_por_letra.items(), key=lambda par: letras.lugar(par[0]))
    return HojaDeJornada(
        jornada=jornada,
        por_letra=tuple(por_letra),
        ultimas=tuple(ultimas),
        lotes=tuple(lotes),
        pasos=tuple(FLUJO_JORNADA.desde(jornada.estado)) if captura else (),
        captura=captura,
        ve_personas=puede(quien, Permiso.DATOS_PERSONALES_VER, en=en),
    )
