"""Cómo va la revisión de una carga, con números de la base: nada se adelanta ni se inventa."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from padron.estados import EN_MARCHA, PASADAS_ABIERTAS, EstadoCarga, EstadoPasada, PasoDePasada
from padron.models import Carga, Pasada

# Si nadie la ha tomado en este tiempo, se dice; si la tomaron, un paso largo puede callar más.
SIN_TOMAR = datetime.timedelta(seconds=3)
CALLADA = datetime.timedelta(seconds=60)
PASOS = tuple(PasoDePasada)


@dataclass(frozen=True, slots=True)
class Avance:
    """`acabada`: la página ya es otra. `en_espera`: hay trabajo y nadie lo toma todavía."""

    estado: str
    paso: int
    pasos: int
    que_hace: str
    hechas: int
    total: int
    segundos: int
    en_espera: bool
    en_pausa: bool
    acabada: bool
    error: str

    @property
    def frase(self) -> str:
        """Lo que lee una persona, y lo que se anuncia a quien no ve la barra."""
        if self.en_pausa:
            return _("En pausa en el paso %(n)s de %(de)s: %(que)s.") % self._paso
        if self.en_espera:
            return _("En espera de quien lo procese; puedes cerrar esta página.")
        return _("Paso %(n)s de %(de)s: %(que)s.") % self._paso

    @property
    def _paso(self) -> dict[str, object]:
        return {"n": self.paso, "de": self.pasos, "que": self.que_hace}

    @property
    def cuenta(self) -> str:
        """«412,000 de 1,500,000 renglones»; vacío mientras no se sepa cuántos son."""
        if not self.total:
            return ""
        return _("%(hechas)s de %(total)s renglones") % {
            "hechas": f"{self.hechas:,}",
            "total": f"{self.total:,}",
        }

    @property
    def tiempo(self) -> str:
        if self.segundos < 90:
            return ngettext("Lleva %(n)s segundo.", "Lleva %(n)s segundos.", self.segundos) % {
                "n": self.segundos
            }
        minutos = self.segundos // 60
        return ngettext("Lleva %(n)s minuto.", "Lleva %(n)s minutos.", minutos) % {"n": minutos}

    def a_json(self) -> dict[str, object]:
        """Textos ya escritos: el guion de la página solo los pone en su lugar."""
        return {
            "frase": self.frase,
            "cuenta": self.cuenta,
            "tiempo": self.tiempo,
            "paso": self.paso,
            "hechas": self.hechas,
            "total": self.total,
            "en_espera": self.en_espera,
            "en_pausa": self.en_pausa,
            "acabada": self.acabada,
            "estado": self.estado,
        }


def pasada_abierta(carga: Carga) -> Pasada | None:
    return (
        carga.pasadas.filter(estado__in=PASADAS_ABIERTAS)
        .exclude(motivo=Pasada.Motivo.SOMBRA)
        .order_by("-numero")
        .first()
    )


def avance_de(carga: Carga) -> Avance:
    """Una consulta. Sin pasada abierta, lo que la carga diga."""
    pasada = pasada_abierta(carga)
    acabada = carga.estado not in EN_MARCHA | {EstadoCarga.PAUSADA}
    if pasada is None:
        return Avance(
            carga.estado,
            1,
            len(PASOS),
            str(PASOS[0].label),
            0,
            0,
            0,
            not acabada,
            False,
            acabada,
            "",
        )
    paso = PasoDePasada(pasada.paso)
    en_pausa = pasada.estado == EstadoPasada.PAUSADA
    return Avance(
        estado=carga.estado,
        paso=PASOS.index(paso) + 1,
        pasos=len(PASOS),
        que_hace=str(paso.label),
        hechas=pasada.hechas,
        total=pasada.total,
        segundos=max(0, int((timezone.now() - pasada.empezada_en).total_seconds())),
        en_espera=not en_pausa and not acabada and _esta_callada(pasada),
        en_pausa=en_pausa,
        acabada=acabada,
        error=pasada.error,
    )


def _esta_callada(pasada: Pasada) -> bool:
    """Nadie la ha tomado, o quien la movía dejó de dar señal."""
    desde = pasada.latido or pasada.empezada_en
    return timezone.now() - desde > (CALLADA if pasada.intentos else SIN_TOMAR)
