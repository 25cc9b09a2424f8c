"""Lo anotado del apoyo de un registro en una jornada, y qué sigue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from padron.esperadas import cargas_de_antes
from padron.estados_de_entrega import FLUJO_ENTREGA, VIVAS
from padron.models import Entrega, JornadaDeEntrega, Registro
from sibis.nucleo.estados import Transicion


@dataclass(frozen=True, slots=True)
class Historia:
    jornada: JornadaDeEntrega
    registro: Registro
    ministracion: int
    anotaciones: tuple[Entrega, ...]
    recibida_con_otro_registro: bool

    @property
    def ultima(self) -> Entrega | None:
        return self.anotaciones[-1] if self.anotaciones else None

    @property
    def cuantas(self) -> int:
        return len(self.anotaciones)

    @property
    def estado(self) -> str:
        return str(self.ultima.estado) if self.ultima else ""

    @property
    def pasos(self) -> list[Transicion]:
        """Lo que se puede anotar ahora."""
        return FLUJO_ENTREGA.desde(self.estado)

    @property
    def monto(self) -> Decimal | None:
        """Cuánto toca: lo que dice la jornada o, si no dice, el padrón."""
        return self.jornada.monto if self.jornada.monto is not None else self.registro.monto or None

    @property
    def especie(self) -> str:
        dicho = self.jornada.especie or self.registro.apoyo or self.jornada.instrumento.nombre
        return dicho[:200]


def historia_de(jornada: JornadaDeEntrega, registro: Registro) -> Historia:
    ministracion = jornada.ministracion or registro.ministracion or 0
    anotaciones = Entrega.objects.de(registro).filter(
        ministracion=ministracion, apoyo=jornada.apoyo
    )
    anotaciones = anotaciones.select_related("anotada_por", "instrumento", "jornada")
    return Historia(
        jornada=jornada,
        registro=registro,
        ministracion=ministracion,
        anotaciones=tuple(anotaciones),
        recibida_con_otro_registro=_la_recibio_antes(jornada, registro, ministracion),
    )


def _la_recibio_antes(jornada: JornadaDeEntrega, registro: Registro, ministracion: int) -> bool:
    """Si con el registro de una carga sustituida ya se le entregó lo mismo y no lo devolvió."""
    antes = cargas_de_antes(jornada)
    if not antes or not (registro.curp or registro.folio):
        return False
    suyo = {"curp": registro.curp} if registro.curp else {"curp": None, "folio": registro.folio}
    viejos = list(
        Registro.objects.filter(
            ejercicio=registro.ejercicio, carga__in=antes, programa=registro.programa_id
        )
        .filter(
            **{
                c if v is not None else f"{c}__isnull": v if v is not None else True
                for c, v in suyo.items()
            }
        )
        .values_list("pk", flat=True)
    )
    hechas = Entrega.objects.filter(
        ejercicio=registro.ejercicio,
        registro_id__in=viejos,
        ministracion=ministracion,
        apoyo=jornada.apoyo,
    )
    ultimas = hechas.order_by("registro_id", F("orden").desc()).distinct("registro_id")
    return any(e.estado in VIVAS for e in ultimas)
