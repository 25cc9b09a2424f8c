"""Los recordatorios: cuáles tocan hoy, a quién, y cada uno una sola vez.

Un recordatorio queda escrito en la misma transacción que su aviso. Si la máquina estuvo parada, el
último de los que tocaban dice cómo está el plazo hoy, y los anteriores quedan como dichos por él.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.agenda.models import Obligacion, Recordatorio, Vencimiento
from sibis.agenda.personas import Directorio, directorio
from sibis.avisos.servicios.avisar import avisar
from sibis.cuentas import roles
from sibis.formatos.fechas import fecha_larga

CLASE = "recordatorio"
_UN_ANIO = datetime.timedelta(days=366)


def recordar(*, hoy: datetime.date) -> int:
    """Cuántos recordatorios salieron. Se puede repetir y correr a la vez."""
    quienes = directorio(hoy)
    return sum(_recordar(pk, quienes, hoy) for pk in _con_algo_que_recordar(hoy))


def _con_algo_que_recordar(hoy: datetime.date) -> Iterator[int]:
    """Dos consultas, y ningún candado: quien lo va a decir vuelve a mirar con el suyo puesto."""
    cercanos = (
        Vencimiento.objects.por_cumplir()
        .filter(vence_el__lte=hoy + _UN_ANIO)
        .select_related("obligacion")
        .prefetch_related("recordatorios")
    )
    for v in cercanos:
        if pendientes(v, v.obligacion, _ya_dichos(v.recordatorios.all()), hoy):
            yield v.pk


def pendientes(
    v: Vencimiento,
    obligacion: Obligacion,
    ya: Collection[tuple[datetime.date, int]],
    hoy: datetime.date,
) -> list[int]:
    """Los días (negativos antes, positivos de retraso) que ya tocaron y nadie ha dicho, en orden."""
    tocan = [-d for d in obligacion.recordatorios] + list(obligacion.escala_dias)
    return sorted(
        d for d in set(tocan) if v.creado_el <= _cuando(v, d) <= hoy and (v.plazo, d) not in ya
    )


def _cuando(v: Vencimiento, dias: int) -> datetime.date:
    """Antes se cuenta hasta el plazo; el retraso, desde el último día a tiempo."""
    gracia = v.gracia_dias if dias > 0 else 0
    return v.plazo + datetime.timedelta(days=dias + gracia)


def _ya_dichos(recordatorios: Collection[Recordatorio]) -> set[tuple[datetime.date, int]]:
    return {(r.plazo, r.dias) for r in recordatorios}


@transaction.atomic
def _recordar(pk: int, quienes: Directorio, hoy: datetime.date) -> int:
    """Con el vencimiento apartado: si otro ya lo dijo, se cumplió o se prorrogó, no hay nada que decir."""
    v = (
        Vencimiento.objects.por_cumplir()
        .select_for_update(of=("self",))
        .select_related("obligacion", "dependencia")
        .filter(pk=pk)
        .first()
    )
    if v is None:
        return 0
    tocan = pendientes(v, v.obligacion, _ya_dichos(v.recordatorios.all()), hoy)
    if not tocan:
        return 0
    ultimo = tocan[-1]
    personas = _avisar(v, ultimo, quienes, hoy)
    Recordatorio.objects.bulk_create(
        Recordatorio(
            vencimiento=v,
            plazo=v.plazo,
            dias=dias,
            personas=personas if dias == ultimo else 0,
            lo_dijo_otro=dias != ultimo,
        )
        for dias in tocan
    )
    return 1


def _avisar(v: Vencimiento, dias: int, quienes: Directorio, hoy: datetime.date) -> int:
    return avisar(
        para=destinatarios(v, dias, quienes),
        clase=CLASE,
        hecho=f"vencimiento:{v.pk}:{v.plazo:%Y%m%d}:{dias:+d}",
        titulo=Truncator(f"{_cuanto(v, hoy)}: {v}").chars(200),
        texto=_texto(v),
        url=v.get_absolute_url(),
        urgente=False,
    )


def destinatarios(v: Vencimiento, dias: int, quienes: Directorio) -> list:
    """Cada escalón se suma a los anteriores. Si en la dependencia no hay nadie, se entera SIBISO."""
    ob = v.obligacion
    funciones = list(ob.recordar_a) if dias <= 0 else []
    if dias > 0:
        pares = zip(ob.escala_dias, ob.escala_a, strict=False)
        funciones = [funcion for dia, funcion in pares if dia <= dias]
    return quienes.con(v.dependencia_id, funciones) or quienes.con(
        v.dependencia_id, [roles.ValidacionSIBISO.clave]
    )


def _cuanto(v: Vencimiento, hoy: datetime.date) -> str:
    faltan = (v.plazo - hoy).days
    if faltan == 0:
        return _("Vence hoy")
    if faltan > 0:
        return ngettext("Vence mañana", "Vence en %(n)s días", faltan) % {"n": faltan}
    retraso = v.retraso_en(hoy)
    if retraso == 0:
        return _("En sus días de gracia")
    return ngettext("Un día de retraso", "%(n)s días de retraso", retraso) % {"n": retraso}


def _texto(v: Vencimiento) -> str:
    oraciones = [
        _("%(quien)s. El plazo es el %(dia)s.")
        % {"quien": v.dependencia.nombre_actual, "dia": fecha_larga(v.plazo)}
    ]
    if v.obligacion.fundamento:
        oraciones.append(_("Lo pide: %(norma)s.") % {"norma": v.obligacion.fundamento.rstrip(".")})
    return " ".join(oraciones)
