"""Calendarios inventados de entrega, con los pasos que de verdad tiene cada tipo de apoyo."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

from django.utils.formats import date_format

from programas.models import Apoyo, FechaDeEntrega
from sibis.demo.azar import azar
from sibis.demo.calendario import en, en_otro_mes, habil
from sibis.demo.catalogo import EnPortal
from sibis.demo.sincronia import Balance, igualar

CUANTOS_PROGRAMAS = 32
_EN_LOS_CENTROS = "En los centros que se listan en esta página"
_EN_TU_TARJETA = "Depósito en la tarjeta del programa"
_EN_EL_MODULO = "En el módulo de atención que te asignen"
_LETRAS = ("A a F", "G a L", "M a R", "S a Z")
_CADA_CUANTOS_MESES = {
    Apoyo.Periodicidad.MENSUAL: 1,
    Apoyo.Periodicidad.BIMESTRAL: 2,
    Apoyo.Periodicidad.TRIMESTRAL: 3,
    Apoyo.Periodicidad.CUATRIMESTRAL: 4,
    Apoyo.Periodicidad.SEMESTRAL: 6,
}
_SIN_PERIODICIDAD = 2
_A_VIERNES = 4

# Concepto, desde, hasta (o el mismo día) y lugar; los días cuentan a partir de hoy.
Paso = tuple[str, int, int | None, str]


def sembrar(
    programas: list[EnPortal],
    *,
    semilla: int,
    hoy: datetime.date,
    ademas: Sequence[FechaDeEntrega] = (),
) -> Balance:
    """Calendario para los primeros programas cuyo apoyo se sabe cómo se entrega."""
    con_calendario = [(p, receta) for p in programas if (receta := _receta(p)) is not None]
    deseadas = [
        _entrega(p, paso, hoy)
        for p, receta in con_calendario[:CUANTOS_PROGRAMAS]
        for paso in receta(p, azar(semilla, "entrega", p.clave).randint(4, 24), hoy)
    ]
    return igualar(
        [*deseadas, *ademas],
        modelo=FechaDeEntrega,
        asunto="fechas de entrega",
        llave=("programa_id", "ejercicio", "concepto"),
    )


def _entrega(p: EnPortal, paso: Paso, hoy: datetime.date) -> FechaDeEntrega:
    concepto, desde, hasta, lugar = paso
    empieza = habil(en(hoy, desde))
    return FechaDeEntrega(
        programa=p.programa,
        ejercicio=p.ejercicio,
        concepto=concepto,
        desde=empieza,
        hasta=habil(max(en(hoy, hasta), empieza)) if hasta is not None else None,
        lugar=lugar,
        es_demostracion=True,
    )


def _un_lunes(dias: int, hoy: datetime.date) -> int:
    """Los días que hay de hoy al lunes de esa semana."""
    return dias - en(hoy, dias).weekday()


def _depositos(p: EnPortal, dia: int, hoy: datetime.date) -> Iterator[Paso]:
    """El anterior, y los tres que siguen, el mismo día de cada mes que toca."""
    cada = _CADA_CUANTOS_MESES.get(p.periodicidad, _SIN_PERIODICIDAD)
    for numero in range(-1, 3):
        cuando = en_otro_mes(hoy, 1 + numero * cada, dia=dia)
        mes = date_format(cuando, r"F \d\e Y").lower()
        yield f"Depósito de {mes}", (cuando - hoy).days, None, _EN_TU_TARJETA


def _tarjetas_y_depositos(p: EnPortal, dia: int, hoy: datetime.date) -> Iterator[Paso]:
    """Una semana por grupo de letras; el que no llegó, al final y con un documento más."""
    lunes = _un_lunes(dia - 14, hoy)
    for semana, letras in enumerate(_LETRAS):
        cuando = lunes + 7 * semana
        concepto = f"Entrega de tarjetas: primer apellido de {letras}"
        yield concepto, cuando, cuando + _A_VIERNES, _EN_LOS_CENTROS
    yield (
        "Entrega extemporánea de tarjetas: lleva además un comprobante de domicilio",
        lunes + 28,
        lunes + 35 + _A_VIERNES,
        _EN_EL_MODULO,
    )
    yield "Primer depósito", lunes + 30, None, _EN_TU_TARJETA
    yield "Segundo depósito", lunes + 91, None, _EN_TU_TARJETA


def _despensas(p: EnPortal, dia: int, hoy: datetime.date) -> Iterator[Paso]:
    zonas = ("norte", "centro", "sur")
    lunes = _un_lunes(dia - 14, hoy)
    for fase, zona in enumerate(zonas, start=1):
        cuando = lunes + 7 * (fase - 1)
        concepto = f"Entrega en especie, fase {fase} de {len(zonas)}: colonias del {zona}"
        yield concepto, cuando, cuando + _A_VIERNES, _EN_LOS_CENTROS
    yield (
        "Entrega a domicilio para personas que no pueden salir",
        lunes + 21,
        lunes + 28 + _A_VIERNES,
        "En tu casa",
    )
    yield "Para quien no pudo acudir en su fase", lunes + 35, lunes + 37, _EN_EL_MODULO


def _vales(p: EnPortal, dia: int, hoy: datetime.date) -> Iterator[Paso]:
    lunes = _un_lunes(dia - 7, hoy)
    for semana, letras in enumerate(_LETRAS):
        concepto = f"Entrega de vales: primer apellido de {letras}"
        cuando = lunes + 7 * semana
        yield concepto, cuando, cuando + _A_VIERNES, _EN_LOS_CENTROS
    yield "Último día para usar los vales", lunes + 70, None, "En los comercios inscritos"


def _creditos(p: EnPortal, dia: int, hoy: datetime.date) -> Iterator[Paso]:
    yield "Lista de solicitudes aprobadas", dia - 12, None, "En esta página"
    yield "Taller previo, obligatorio", dia, dia + 4, _EN_EL_MODULO
    yield "Firma y entrega del recurso", dia + 14, dia + 25, _EN_EL_MODULO


def _proyectos(p: EnPortal, dia: int, hoy: datetime.date) -> Iterator[Paso]:
    yield "Lista de proyectos aprobados", dia - 9, None, "En esta página"
    yield "Firma de convenio con los grupos aprobados", dia + 5, dia + 9, _EN_EL_MODULO
    yield "Primera ministración al grupo", dia + 20, dia + 24, "Depósito a la cuenta del grupo"
    yield (
        "Segunda ministración, con el informe del grupo entregado",
        dia + 80,
        dia + 84,
        "Depósito a la cuenta del grupo",
    )


def _cursos(p: EnPortal, dia: int, hoy: datetime.date) -> Iterator[Paso]:
    yield "Inscripción a cursos y talleres", dia - 14, dia - 1, _EN_LOS_CENTROS
    yield "Inicio de cursos y talleres", dia + 3, None, _EN_LOS_CENTROS
    yield "Pago a personas facilitadoras, primer periodo", dia + 33, None, _EN_TU_TARJETA
    yield "Pago a personas facilitadoras, segundo periodo", dia + 63, None, _EN_TU_TARJETA


def _atencion(p: EnPortal, dia: int, hoy: datetime.date) -> Iterator[Paso]:
    yield "Jornada de información en tu colonia", dia - 4, dia - 2, _EN_LOS_CENTROS
    yield "Atención con cita", dia + 1, dia + 60, _EN_LOS_CENTROS


Receta = Callable[[EnPortal, int, datetime.date], Iterator[Paso]]

# El primer apoyo de la lista que tenga el programa decide su calendario.
_RECETAS: tuple[tuple[str, Receta], ...] = (
    ("facilitacion", _cursos),
    ("vales", _vales),
    ("especie", _despensas),
    ("credito", _creditos),
    ("capital-semilla", _creditos),
    ("proyecto-colectivo", _proyectos),
    ("servicios", _atencion),
)


def _receta(p: EnPortal) -> Receta | None:
    if "transferencia" in p.apoyos:
        # Quien recibe dinero en la primera entrega antes necesita la tarjeta.
        return _tarjetas_y_depositos if p.es_de_toda_la_ciudad else _depositos
    return next((receta for apoyo, receta in _RECETAS if apoyo in p.apoyos), None)
