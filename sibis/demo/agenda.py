"""La agenda de este año y del pasado: casi todo cumplido, algo tarde, y dos prórrogas.

Los plazos salen de las obligaciones, como en la vida; lo inventado es con qué se cumplieron.
"""

from __future__ import annotations

import datetime

from django.utils import timezone

from padron.consultas.inicio_de_padron import CUMPLE
from padron.models import Carga
from sibis.agenda import cumplimiento, generacion
from sibis.agenda.models import Prorroga, Vencimiento
from sibis.agenda.servicios import prorrogas
from sibis.cuentas.models import Usuario
from sibis.demo import cuentas
from sibis.demo.azar import azar
from sibis.demo.cuentas import CuentaDeDemo
from sibis.demo.sincronia import Balance

_CONSTANCIA = "Constancia inventada para la demostración"
_MOTIVO = "Demostración: el comité que aprueba el documento sesiona después del plazo."
_RAZON = "Demostración: se concede por única vez."
# De cada cien plazos pasados, cuántos siguen sin cumplirse y cuántos se cumplieron tarde.
_SIN_CUMPLIR, _TARDE = 6, 12


def sembrar(*, semilla: int, hoy: datetime.date) -> tuple[Balance, ...]:
    """Repetirlo no duplica ni pide otra vez lo que ya se pidió."""
    hecho = generacion.generar(hoy=hoy)
    cumplimiento.poner_al_dia(hoy=hoy)
    personal = cuentas.de_la_base()
    anotados = _cumplir_lo_pasado(semilla, hoy, por=personal[cuentas.VALIDA.usuario])
    pedidas = sum(
        (
            _pedir(cuentas.TITULAR_IZTAPALAPA, personal, hoy, concedida=True),
            _pedir(cuentas.TITULAR_STYFE, personal, hoy, concedida=False),
        )
    )
    total = Vencimiento.objects.vigentes().count()
    return (
        Balance("plazos", hecho.nuevos, anotados, max(0, total - hecho.nuevos - anotados)),
        Balance("prórrogas", pedidas, 0, Prorroga.objects.count() - pedidas),
    )


def _cumplir_lo_pasado(semilla: int, hoy: datetime.date, *, por: Usuario) -> int:
    """Lo que ya venció y ningún dato nuestro cumple: su suerte sale de la semilla y no cambia."""
    pasados = Vencimiento.objects.por_cumplir().filter(limite__lt=hoy, prorrogado_al__isnull=True)
    entregados = set(Carga.objects.values_list("programa__clave", "ejercicio"))
    cumplidos = []
    for v in pasados.select_related("obligacion", "dependencia").order_by("pk"):
        dado = azar(
            semilla, "plazo", v.obligacion.clave, v.periodo, v.dependencia.clave, v.asunto_clave
        )
        suerte = dado.randrange(100)
        if v.obligacion.cumple == CUMPLE and (v.asunto_clave, v.ejercicio) in entregados:
            continue  # de ésos sí hay dato: su carga dice en qué van
        if suerte < _SIN_CUMPLIR:
            continue
        tarde = suerte < _SIN_CUMPLIR + _TARDE
        dias = dado.randint(1, 25) if tarde else -dado.randint(0, 20)
        v.cumplido_el = min(hoy, v.limite + datetime.timedelta(days=dias))
        v.cumplido_que = _CONSTANCIA
        v.anotado_en, v.anotado_por = timezone.now(), por
        cumplidos.append(v)
    campos = ["cumplido_el", "cumplido_que", "anotado_en", "anotado_por"]
    return Vencimiento.objects.bulk_update(cumplidos, campos, batch_size=500)


def _pedir(
    titular: CuentaDeDemo, personal: dict[str, Usuario], hoy: datetime.date, *, concedida: bool
) -> int:
    """La primera por vencer de su dependencia, si ahí no se ha pedido ninguna."""
    suyos = Vencimiento.objects.filter(dependencia__clave=titular.dependencia)
    if suyos.filter(prorrogas__isnull=False).exists():
        return 0
    v = suyos.por_cumplir().filter(limite__gte=hoy).order_by("limite", "pk").first()
    if v is None:
        return 0
    hasta = v.plazo + datetime.timedelta(days=20)
    pedida = prorrogas.pedir(v, hasta=hasta, motivo=_MOTIVO, por=personal[titular.usuario])
    if concedida:
        prorrogas.conceder(pedida, razon=_RAZON, por=personal[cuentas.VALIDA.usuario])
    return 1
