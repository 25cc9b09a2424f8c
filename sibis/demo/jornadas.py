"""Jornadas de entrega inventadas y, si ya hay un padrón de demostración, lo que en ellas se anotó."""

from __future__ import annotations

import datetime
from typing import Any

from padron import esperadas
from padron.consultas.historia_de_entregas import historia_de
from padron.importacion import instrumentos
from padron.models import InstrumentoDeEntrega, JornadaDeEntrega, LoteDeEntregas, Registro
from padron.servicios import entregas, jornadas, lotes_de_entregas, portal_de_jornadas
from padron.servicios.entregas import Anotacion
from programas.models import FechaDeEntrega, Programa, ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.demo import cuentas
from sibis.demo.calendario import habil
from sibis.demo.sincronia import Balance

PROGRAMA, ENLACE = "iztapalas-jefas", cuentas.ENLACE_IZTAPALAPA
_UN_DIA = datetime.timedelta(days=1)
# Días contados desde hoy: dos que ya pasaron, dos por venir.
_TRAMOS = (("A", "F", -12), ("G", "L", -8), ("M", "R", 5), ("S", "Z", 8))
_NO_RECOGIO_UNO_DE_CADA = 6
_DEVUELTAS = 2


def sembrar(*, hoy: datetime.date) -> Balance:
    """Las planea y publica una vez; después, lo que alguien haya hecho con ellas se respeta."""
    regla = (
        ReglaOperacion.objects.publicadas()
        .filter(programa__clave=PROGRAMA)
        .select_related("programa")
        .order_by("-ejercicio")
        .first()
    )
    if regla is None:
        return Balance("jornadas de entrega", 0, 0, 0)
    suyas = JornadaDeEntrega.objects.filter(programa=regla.programa, es_demostracion=True)
    if suyas.exists():
        for jornada in suyas.publicadas().con_lugar().filter(fecha_publica=None):
            portal_de_jornadas.poner_al_dia(jornada)
        return Balance("jornadas de entrega", 0, 0, suyas.count())
    por = cuentas.de_la_base()[ENLACE.usuario]
    hechas = _planear(regla.programa, regla.ejercicio, hoy=hoy, por=por)
    for jornada in hechas:
        publicada = jornadas.publicar(jornada, por=por)
        if publicada.desde < hoy and publicada.esperadas:
            _anotar(publicada, por=por)
    return Balance("jornadas de entrega", len(hechas), 0, 0)


def fechas_publicas() -> list[FechaDeEntrega]:
    """Las que ya escribieron sus jornadas: el calendario inventado las deja como están."""
    suyas = JornadaDeEntrega.objects.filter(es_demostracion=True)
    pares = suyas.values_list("fecha_publica", "fecha_tardia")
    return list(FechaDeEntrega.objects.filter(pk__in=[pk for par in pares for pk in par if pk]))


def _planear(
    programa: Programa, ejercicio: int, *, hoy: datetime.date, por: Usuario
) -> list[JornadaDeEntrega]:
    instrumentos.cargar()  # sin repetir: lo que ya esté, queda
    tarde = habil(hoy + 20 * _UN_DIA)
    comun: dict[str, Any] = {
        "lugar": "Explanada inventada de Iztapalapa",  # los centros de demostración se rehacen
        "instrumento": InstrumentoDeEntrega.objects.get(clave="tarjeta"),
        "hora_desde": datetime.time(9),
        "hora_hasta": datetime.time(14),
        "notas": "Inventada para la demostración. Lleva una identificación con fotografía.",
        "tardia_desde": tarde,
        "tardia_hasta": tarde + _UN_DIA,
        "tardia_documento": "comprobante de domicilio",
        "es_demostracion": True,
    }
    dias = {letra: habil(hoy + desde_hoy * _UN_DIA) for letra, _a, desde_hoy in _TRAMOS}
    tramos = [(de, a, dias[de], dias[de]) for de, a, _desde_hoy in _TRAMOS]
    return jornadas.crear(programa, ejercicio=ejercicio, tramos=tramos, comun=comun, por=por)


def _anotar(jornada: JornadaDeEntrega, *, por: Usuario) -> None:
    """Casi todas recogieron, algunas no, y un par devolvió la tarjeta porque traía mal el nombre."""
    registros = list(
        Registro.objects.filter(
            ejercicio=jornada.ejercicio, carga__in=esperadas.cargas_vivas(jornada)
        )
        .exclude(folio=None)
        .order_by("id")
    )
    lote = lotes_de_entregas.preparar(
        jornada,
        que=LoteDeEntregas.Que.TODAS_MENOS,
        fecha=jornada.desde,
        claves=[str(r.folio).upper() for r in registros[::_NO_RECOGIO_UNO_DE_CADA]],
        por=por,
    )
    if not lote.por_anotar:
        return
    lotes_de_entregas.confirmar(lote, por=por)
    entregadas = [r for r in registros if historia_de(jornada, r).estado == "entregada"]
    dicho = Anotacion("devolver", jornada.desde + _UN_DIA, motivo="La tarjeta traía mal el nombre.")
    for registro in entregadas[:_DEVUELTAS]:
        entregas.anotar(jornada, registro, dicho=dicho, por=por)
