"""Lo que alguien cambia en el calendario de días, con su constancia."""

from __future__ import annotations

from django.db import transaction

from sibis.bitacora.registro import registrar
from sibis.calendario.models import DiaInhabil, PeriodoDeVeda
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import SinPermiso
from sibis.vigencia.restricciones import con_mensajes, validar


@transaction.atomic
def guardar_dia(dia: DiaInhabil, *, por: Usuario) -> DiaInhabil:
    """Desde aquí cuenta en todo plazo que se calcule; los vencimientos ya fechados no se mueven."""
    nuevo = _guardar(dia, por=por)
    registrar(
        "dia_inhabil.agregado" if nuevo else "dia_inhabil.corregido",
        dia,
        por=por,
        dia=dia.fecha.isoformat(),
        nombre_del_dia=dia.nombre,
        confirmado=dia.confirmado,
    )
    return dia


@transaction.atomic
def guardar_veda(veda: PeriodoDeVeda, *, por: Usuario) -> PeriodoDeVeda:
    nueva = _guardar(veda, por=por)
    registrar(
        "veda.declarada" if nueva else "veda.corregida",
        veda,
        por=por,
        veda=veda.nombre,
        desde=f"{veda.vigente_desde:%d/%m/%Y}" if veda.vigente_desde else "",
        hasta=f"{veda.vigente_hasta:%d/%m/%Y}" if veda.vigente_hasta else "",
    )
    return veda


def _guardar(objeto: DiaInhabil | PeriodoDeVeda, *, por: Usuario) -> bool:
    if not puede(por, Permiso.AGENDA_EDITAR):
        raise SinPermiso("Tu función no permite cambiar el calendario de días.")
    nuevo = objeto.pk is None
    validar(objeto)
    with con_mensajes(), transaction.atomic():
        objeto.save()
    return nuevo
