"""Cada campo de una sección con todo lo que su página dice de él."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from programas.consultas.conversacion import Hilo
from programas.consultas.copiado import Cotejada
from programas.forms.captura.pagina import Control, Pagina
from programas.models import AplicaA, AyudaDeCampo, ReglaOperacion
from programas.requisitos import Faltante
from sibis.nucleo.diferencias import Cambio
from sibis.revision.retratos import Campo


@dataclass(frozen=True, slots=True)
class CampoDePagina:
    clave: str
    control: Control
    ayuda: AyudaDeCampo | None
    faltas: tuple[Faltante, ...]
    hilos: tuple[Hilo, ...]
    cambios: tuple[Cambio, ...]
    guardado: Campo | None  # lo que dice la regla guardada
    esta_sin_revisar: bool
    revisado_por: str
    guia: str = ""  # de un numeral, qué se espera que diga

    @property
    def observaciones(self) -> list[Hilo]:
        return [hilo for hilo in self.hilos if not hilo.es_comentario]

    @property
    def comentarios(self) -> list[Hilo]:
        return [hilo for hilo in self.hilos if hilo.es_comentario]

    @property
    def sustento(self) -> str:
        """La norma que lo pide: la de su ayuda o, si falta, la de la exigencia."""
        if self.ayuda is not None and self.ayuda.sustento:
            return self.ayuda.sustento
        return next((f.norma for f in self.faltas if f.norma), "")


def ayudas_de(regla: ReglaOperacion, campos: Sequence[str]) -> dict[str, AyudaDeCampo]:
    """La vigente de cada campo; la de su tipo gana a la que vale para ambos."""
    suyas = AyudaDeCampo.objects.vigentes().filter(
        campo__in=campos, aplica_a__in=[regla.programa.tipo, AplicaA.AMBOS]
    )
    ordenadas = sorted(suyas, key=lambda a: a.aplica_a != AplicaA.AMBOS)
    return {ayuda.campo: ayuda for ayuda in ordenadas}


def campos_de(
    pagina: Pagina,
    cotejada: Cotejada,
    *,
    faltantes: Sequence[Faltante],
    hilos: Mapping[str, Sequence[Hilo]],
) -> list[CampoDePagina]:
    ayudas = ayudas_de(pagina.regla, pagina.seccion.campos)
    guias = {a.clave: a.ayuda for a in pagina.seccion.apartados}
    return [
        CampoDePagina(
            clave=clave,
            control=control,
            ayuda=ayudas.get(clave),
            faltas=tuple(f for f in faltantes if f.campo == clave),
            hilos=tuple(hilos.get(clave, ())),
            cambios=tuple(cotejada.cambios.get(clave, ())),
            guardado=cotejada.campos.get(clave),
            esta_sin_revisar=clave in cotejada.sin_revisar,
            revisado_por=cotejada.revisados.get(clave, "") if clave in cotejada.iguales else "",
            guia=guias.get(clave, ""),
        )
        for clave, control in pagina.controles.items()
    ]
