"""Lo que la gente lee de una jornada: la fecha y la sede que el portal, su calendario y los avisos ya enseñan.

Se reescribe siempre la misma fecha: así el calendario de quien la sigue la mueve en vez de duplicarla, y
los avisos cuentan el cambio de día o de lugar (ciudadania/consultas/hechos.py).
"""

from __future__ import annotations

import datetime

from padron.estados_de_entrega import EstadoJornada
from padron.models import JornadaDeEntrega
from programas.servicios.atencion import FechaPublica, poner_fecha, poner_sede


def poner_al_dia(jornada: JornadaDeEntrega) -> None:
    """Escribe las fechas públicas de una jornada publicada, o que lo estuvo y se canceló."""
    jornada.fecha_publica = poner_fecha(_fecha(jornada), en=jornada.fecha_publica)
    if jornada.tardia_desde is not None:
        jornada.fecha_tardia = poner_fecha(_fecha_tardia(jornada), en=jornada.fecha_tardia)
    elif jornada.fecha_tardia is not None:
        jornada.fecha_tardia, sobra = None, jornada.fecha_tardia
        sobra.delete()
    jornada.save(update_fields=["fecha_publica", "fecha_tardia"])
    if jornada.estado == EstadoJornada.PUBLICADA:
        for centro in filter(None, (jornada.centro_id, jornada.tardia_centro_id)):
            poner_sede(
                jornada.programa,
                ejercicio=jornada.ejercicio,
                centro=centro,
                es_demostracion=jornada.es_demostracion,
            )


def _fecha(jornada: JornadaDeEntrega) -> FechaPublica:
    concepto = f"Entrega de {jornada.que_se_entrega}{_cual(jornada)}{_de_quien(jornada)}"
    horas = _horas(jornada.hora_desde, jornada.hora_hasta)
    return _dicha(jornada, concepto, jornada.desde, jornada.hasta, f"{jornada.donde}{horas}")


def _fecha_tardia(jornada: JornadaDeEntrega) -> FechaPublica:
    concepto = (
        f"Entrega extemporánea de {jornada.que_se_entrega}{_cual(jornada)}{_de_quien(jornada)}"
    )
    if jornada.tardia_documento:
        concepto = f"{concepto}. Lleva además: {jornada.tardia_documento}"
    horas = _horas(jornada.tardia_hora_desde, jornada.tardia_hora_hasta)
    lugar = f"{jornada.donde_despues}{horas}"
    return _dicha(jornada, concepto, jornada.tardia_desde, jornada.tardia_hasta, lugar)


def _dicha(
    jornada: JornadaDeEntrega,
    concepto: str,
    desde: datetime.date | None,
    hasta: datetime.date | None,
    lugar: str,
) -> FechaPublica:
    assert desde is not None  # noqa: S101  (la ventana extemporánea solo se dice si existe)
    if jornada.estado == EstadoJornada.CANCELADA:
        concepto, lugar = f"Cancelada: {concepto}", jornada.motivo
    return FechaPublica(
        programa=jornada.programa,
        ejercicio=jornada.ejercicio,
        concepto=concepto,
        desde=desde,
        hasta=hasta,
        lugar=lugar,
        es_demostracion=jornada.es_demostracion,
    )


def _cual(jornada: JornadaDeEntrega) -> str:
    return f", ministración {jornada.ministracion}" if jornada.ministracion else ""


def _de_quien(jornada: JornadaDeEntrega) -> str:
    return "" if jornada.es_de_todas_las_letras else f": primer apellido de {jornada.letras}"


def _horas(desde: datetime.time | None, hasta: datetime.time | None) -> str:
    return f", de {desde:%H:%M} a {hasta:%H:%M}" if desde and hasta else ""
