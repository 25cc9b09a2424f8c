"""Renglones de la página de un programa: apoyos, convocatorias y dinero, ya en palabras."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format

from programas.consultas import redaccion
from programas.models import Apoyo, Convocatoria, Fuente, MetaFisica, ReglaOperacion


@dataclass(frozen=True, slots=True)
class RenglonApoyo:
    modalidad: str
    tipo: str
    monto_texto: str
    base_texto: str
    ministraciones: str
    periodicidad: str
    personas: int | None
    descripcion: str
    para: str
    para_facilitadoras: bool
    fuente: Fuente | None


@dataclass(frozen=True, slots=True)
class RenglonConvocatoria:
    nombre: str
    abre: datetime.datetime
    cierra: datetime.datetime | None
    estado: str
    estado_texto: str
    como: str
    enlace: str
    demostracion: bool


@dataclass(frozen=True, slots=True)
class Cifra:
    """Un número con su unidad y su fuente: ninguno se muestra sin ella."""

    cantidad_texto: str
    unidad: str
    fuente: Fuente | None


@dataclass(frozen=True, slots=True)
class Dinero:
    aprobado_texto: str
    ejercido_texto: str
    trimestres: tuple[str, ...]
    fuente: Fuente | None


def renglon_apoyo(apoyo: Apoyo, general: Fuente | None) -> RenglonApoyo:
    monto = redaccion.monto_de_apoyo(apoyo)
    return RenglonApoyo(
        modalidad=apoyo.modalidad,
        tipo=str(apoyo.tipo),
        monto_texto=monto,
        base_texto=redaccion.cada_cuando(apoyo) if monto else "",
        ministraciones=redaccion.ministraciones_en_palabras(apoyo),
        periodicidad=apoyo.get_periodicidad_display() if apoyo.periodicidad else "",
        personas=apoyo.personas,
        descripcion=apoyo.descripcion,
        para=apoyo.get_para_display(),
        para_facilitadoras=apoyo.para == Apoyo.Para.FACILITADORAS,
        fuente=apoyo.fuente or general,
    )


def renglon_convocatoria(
    convocatoria: Convocatoria, ahora: datetime.datetime
) -> RenglonConvocatoria:
    estado = convocatoria.estado(ahora)
    futura = convocatoria.abre if convocatoria.abre > ahora else None
    return RenglonConvocatoria(
        nombre=convocatoria.nombre,
        abre=convocatoria.abre,
        cierra=convocatoria.cierra,
        estado=estado,
        estado_texto=redaccion.estado_en_palabras(estado, cierra=convocatoria.cierra, abre=futura),
        como=convocatoria.como,
        enlace=convocatoria.enlace,
        demostracion=convocatoria.es_demostracion,
    )


def renglon_meta(meta: MetaFisica, general: Fuente | None) -> Cifra:
    cantidad = number_format(meta.cantidad, force_grouping=True)
    return Cifra(cantidad, meta.unidad, meta.fuente or general)


def dinero(regla: ReglaOperacion, general: Fuente | None) -> Dinero | None:
    if regla.presupuesto_aprobado is None and regla.presupuesto_ejercido is None:
        return None

    def texto(monto: Decimal | None) -> str:
        return redaccion.pesos(monto) if monto is not None else ""

    return Dinero(
        texto(regla.presupuesto_aprobado),
        texto(regla.presupuesto_ejercido),
        tuple(texto(m) for m in regla.presupuesto_trimestres or ()),
        next((f for f in regla.fuentes.all() if f.clave == regla.presupuesto_fuente), general),
    )
