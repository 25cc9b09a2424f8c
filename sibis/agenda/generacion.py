"""De las obligaciones y los hechos, los vencimientos: nace el que falta, cambia el que aún no vence.

Repetirlo no duplica. Un plazo que ya pasó no se mueve aunque cambie su regla; uno que ya nadie debe
queda sin efecto, y si vuelve a deberse, vuelve a contar.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from sibis.agenda.costuras import Sujeto, sujetos_de
from sibis.agenda.models import Obligacion, Vencimiento
from sibis.calendario.consultas import inhabiles
from sibis.expedientes.models import Expediente

Llave = tuple[int, int, int | None, int, str]
CLASE = "vencimiento"
_CANDADO = 0x0A6E4DA  # para pg_advisory_xact_lock: una generación a la vez


@dataclass
class Generado:
    nuevos: int = 0
    movidos: int = 0
    sin_efecto: int = 0
    deberes: dict[Llave, Vencimiento] = field(default_factory=dict, repr=False)


def ejercicios_de(hoy: datetime.date) -> list[int]:
    """El anterior, que se cierra este año; el corriente; y el que viene, que ya se prepara."""
    return [hoy.year - 1, hoy.year, hoy.year + 1]


@transaction.atomic
def generar(*, hoy: datetime.date, ejercicios: Iterable[int] | None = None) -> Generado:
    anios = list(ejercicios_de(hoy) if ejercicios is None else ejercicios)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CANDADO])
    hecho = Generado(deberes=_deberes(anios))
    existentes = {
        llave_de(v): v
        for v in Vencimiento.objects.filter(ejercicio__in=anios).select_for_update(of=("self",))
    }
    _crear([v for llave, v in hecho.deberes.items() if llave not in existentes], hoy, hecho)
    _poner_al_dia(existentes, hoy, hecho)
    return hecho


def llave_de(v: Vencimiento) -> Llave:
    return (v.obligacion_id, v.ejercicio, v.trimestre, v.dependencia_id, v.asunto_clave)


def _deberes(anios: list[int]) -> dict[Llave, Vencimiento]:
    """Todo lo que se debe de esos ejercicios, todavía sin guardar."""
    if not anios:
        return {}
    dias = inhabiles(datetime.date(min(anios) - 1, 1, 1), datetime.date(max(anios) + 4, 12, 31))
    desde = datetime.date.fromisoformat(settings.AGENDA_DESDE or "0001-01-01")
    deberes: dict[Llave, Vencimiento] = {}
    for obligacion in Obligacion.objects.all():
        for anio in anios:
            fechas = {
                t: vence
                for t in obligacion.periodos
                if obligacion.rige(
                    vence := obligacion.regla_de_fecha.vence(anio, t, inhabiles=dias)
                )
                and vence >= desde
            }
            for sujeto in sujetos_de(obligacion, anio) if fechas else []:
                for trimestre, vence in fechas.items():
                    v = _vencimiento(obligacion, anio, trimestre, sujeto, vence)
                    deberes[llave_de(v)] = v
    return deberes


def _vencimiento(
    obligacion: Obligacion,
    ejercicio: int,
    trimestre: int | None,
    sujeto: Sujeto,
    vence_el: datetime.date,
) -> Vencimiento:
    return Vencimiento(
        obligacion=obligacion,
        ejercicio=ejercicio,
        trimestre=trimestre,
        dependencia_id=sujeto.dependencia_id,
        asunto_clave=sujeto.asunto_clave,
        asunto_nombre=sujeto.asunto_nombre[:250],
        vence_el=vence_el,
        gracia_dias=obligacion.gracia_dias,
    )


def _crear(nuevos: list[Vencimiento], hoy: datetime.date, hecho: Generado) -> None:
    """Cada uno con su expediente, del que cuelgan sus mensajes."""
    for v in nuevos:
        v.creado_el = hoy
    carpetas = Expediente.objects.bulk_create(
        Expediente(clase=CLASE, dependencia_id=v.dependencia_id, titulo=str(v)[:300])
        for v in nuevos
    )
    for v, carpeta in zip(nuevos, carpetas, strict=True):
        v.expediente = carpeta
    Vencimiento.objects.bulk_create(nuevos)
    raiz, _hueco, cola = reverse("agenda:vencimiento", args=[0]).rpartition("0")
    llaves = [c.pk for c in carpetas]
    Expediente.objects.filter(pk__in=llaves).update(
        url=Concat(Value(raiz), Cast(_pk_del_vencimiento(), CharField()), Value(cola))
    )
    hecho.nuevos = len(nuevos)


def _pk_del_vencimiento() -> object:
    """El vencimiento de la carpeta que se está cambiando."""
    return Subquery(Vencimiento.objects.filter(expediente=OuterRef("pk")).values("pk")[:1])


def _poner_al_dia(
    existentes: dict[Llave, Vencimiento], hoy: datetime.date, hecho: Generado
) -> None:
    cambiados, rotulos = [], {}
    for llave, v in existentes.items():
        deber = hecho.deberes.get(llave)
        if deber is None:
            cambio = _dejar_sin_efecto(v, hoy)
            hecho.sin_efecto += cambio
        else:
            if v.asunto_nombre != deber.asunto_nombre:
                rotulos[v.expediente_id] = str(deber)[:300]
            cambio = _mover(v, deber, hoy)
            hecho.movidos += cambio
        if cambio:
            cambiados.append(v)
    Vencimiento.objects.bulk_update(
        cambiados, ["asunto_nombre", "vence_el", "gracia_dias", "sin_efecto_el"], batch_size=500
    )
    _rotular(rotulos)


def _rotular(rotulos: dict[int, str]) -> None:
    """El programa cambió de nombre: su carpeta también."""
    carpetas = list(Expediente.objects.filter(pk__in=rotulos))
    for carpeta in carpetas:
        carpeta.titulo = rotulos[carpeta.pk]
    Expediente.objects.bulk_update(carpetas, ["titulo"], batch_size=500)


def _dejar_sin_efecto(v: Vencimiento, hoy: datetime.date) -> bool:
    """Lo cumplido se queda: pasó."""
    if v.cumplido_que or v.sin_efecto_el:
        return False
    v.sin_efecto_el = hoy
    return True


def _mover(v: Vencimiento, deber: Vencimiento, hoy: datetime.date) -> bool:
    quiere = {"asunto_nombre": deber.asunto_nombre, "sin_efecto_el": None}
    if v.vence_el >= hoy and not v.cumplido_que and v.prorrogado_al is None:
        quiere |= {"vence_el": deber.vence_el, "gracia_dias": deber.gracia_dias}
    distintos = {campo: valor for campo, valor in quiere.items() if getattr(v, campo) != valor}
    for campo, valor in distintos.items():
        setattr(v, campo, valor)
    return bool(distintos)
