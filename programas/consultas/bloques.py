"""Lo capturado por secciones, como bloques del documento, y en qué numeral va cada uno."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programas.consultas import redaccion
from programas.consultas.ficha import Ficha
from programas.consultas.renglones import RenglonApoyo
from programas.models import Fuente
from sibis.documentos.escrito import Bloque, Punto, ancla_de
from sibis.formatos.fechas import fecha_larga

_TRIMESTRES = (
    gettext_lazy("Enero a marzo"),
    gettext_lazy("Abril a junio"),
    gettext_lazy("Julio a septiembre"),
    gettext_lazy("Octubre a diciembre"),
)
_NO_DICE = "—"


def _con_mayuscula(texto: str) -> str:
    return texto[:1].upper() + texto[1:]


def _miles(numero: int | None) -> str:
    return _NO_DICE if numero is None else f"{numero:,}"


def _fuentes(fuentes: tuple[Fuente, ...]) -> str:
    return _("Fuente: %(fuentes)s") % {"fuentes": "; ".join(map(str, fuentes))} if fuentes else ""


def _texto(valor: str) -> Bloque:
    return Bloque(parrafos=(valor,) if valor else ())


def nombre(ficha: Ficha) -> Bloque:
    return _texto(ficha.nombre)


def dependencia(ficha: Ficha) -> Bloque:
    return _texto(ficha.dependencia_entonces)


def area(ficha: Ficha) -> Bloque:
    return _texto(ficha.regla.unidad_responsable)


def objetivo(ficha: Ficha) -> Bloque:
    return _texto(ficha.regla.objetivo)


def solicitud(ficha: Ficha) -> Bloque:
    return _texto(ficha.regla.como_solicitar)


def queja(ficha: Ficha) -> Bloque:
    return _texto(ficha.regla.queja)


def alineacion(ficha: Ficha) -> Bloque:
    return Bloque(
        titulos=(_("Instrumento"), _("A qué contribuye")),
        filas=tuple((a.instrumento, a.texto) for a in ficha.regla.alineaciones.all()),
    )


def derechos(ficha: Ficha) -> Bloque:
    puntos = tuple(Punto(_con_mayuscula(d.nombre)) for d in ficha.regla.derechos.all())
    return Bloque(rotulo=_("Derechos que garantiza"), puntos=puntos)


def poblaciones(ficha: Ficha) -> Bloque:
    filas = tuple(
        (
            _con_mayuscula(str(p.get_clase_display())),
            _miles(p.total),
            _miles(p.mujeres),
            _miles(p.hombres),
            p.edad_texto or _NO_DICE,
            p.territorio or _NO_DICE,
        )
        for p in ficha.poblaciones
    )
    titulos = (
        _("Población"),
        _("Total"),
        _("Mujeres"),
        _("Hombres"),
        _("Edades"),
        _("Territorio"),
    )
    return Bloque(titulos=titulos, filas=filas, fuente=_fuentes(ficha.fuentes_de_poblaciones))


def a_quien(ficha: Ficha) -> Bloque:
    return _texto(ficha.regla.a_quien)


def condiciones(ficha: Ficha) -> Bloque:
    """Edad, residencia y territorio: lo que decide si alguien entra."""
    pares = (
        (_("Personas"), _con_mayuscula(ficha.quien)),
        (_("Residencia"), _con_mayuscula(ficha.residencia_texto)),
        (_("Territorio"), ficha.territorio),
        (_("Grupos"), ", ".join(g.nombre for g in ficha.regla.grupos.all())),
    )
    filas = tuple((titulo, valor) for titulo, valor in pares if valor)
    return Bloque(titulos=(_("Condición"), _("Qué se pide")), filas=filas)


def metas(ficha: Ficha) -> Bloque:
    filas = [(m.unidad, m.cantidad_texto) for m in ficha.metas]
    if ficha.regla.facilitadores_total:
        filas.append((_("Personas facilitadoras"), _miles(ficha.regla.facilitadores_total)))
    return Bloque(
        titulos=(_("Unidad de medida"), _("Meta")),
        filas=tuple(filas),
        fuente=_fuentes(tuple(f for f in ficha.fuentes_de_metas)),
    )


def presupuesto(ficha: Ficha) -> Bloque:
    dinero = ficha.presupuesto
    if dinero is None:
        return Bloque()
    filas = [
        (titulo, valor)
        for titulo, valor in (
            (_("Presupuesto aprobado"), dinero.aprobado_texto),
            (_("Presupuesto ejercido"), dinero.ejercido_texto),
        )
        if valor
    ]
    filas += [(str(t), monto) for t, monto in zip(_TRIMESTRES, dinero.trimestres, strict=False)]
    if ficha.regla.facilitadores_monto is not None:
        monto = redaccion.pesos(ficha.regla.facilitadores_monto)
        filas.append((_("Monto para personas facilitadoras"), monto))
    return Bloque(
        titulos=(_("Concepto"), _("Monto")),
        filas=tuple(filas),
        fuente=_fuentes((dinero.fuente,) if dinero.fuente else ()),
    )


def _cuanto(apoyo: RenglonApoyo) -> str:
    return f"{apoyo.monto_texto} {apoyo.base_texto}".strip() or _NO_DICE


def apoyos(ficha: Ficha) -> Bloque:
    filas = tuple(
        (
            _con_mayuscula(a.modalidad or a.tipo),
            a.descripcion or _con_mayuscula(a.tipo),
            a.para,
            _cuanto(a),
            a.ministraciones or a.periodicidad or _NO_DICE,
            _miles(a.personas),
        )
        for a in ficha.apoyos
    )
    titulos = (
        _("Modalidad"),
        _("En qué consiste"),
        _("Para"),
        _("Monto"),
        _("Cuántas veces"),
        _("Apoyos"),
    )
    return Bloque(
        rotulo=_("Apoyos que se entregan"),
        titulos=titulos,
        filas=filas,
        fuente=_fuentes(ficha.fuentes_de_apoyos),
    )


def _puntos(requisitos: tuple[Any, ...]) -> tuple[Punto, ...]:
    return tuple(
        Punto(r.texto, r.numeral, ancla_de(r.numeral) if r.numeral else "") for r in requisitos
    )


def requisitos(ficha: Ficha) -> Bloque:
    return Bloque(rotulo=_("Requisitos"), puntos=_puntos(ficha.requisitos))


def documentos(ficha: Ficha) -> Bloque:
    return Bloque(rotulo=_("Documentos"), puntos=_puntos(ficha.documentos))


def compatibilidad(ficha: Ficha) -> Bloque:
    """¿Se puede tener junto con otro apoyo?"""
    puntos = tuple(
        Punto(f"{c.get_clase_display()}: {c.programa or c.nombre}. {c.condicion}".strip())
        for c in ficha.compatibilidades
    )
    texto = ficha.acceso_simultaneo_texto
    return Bloque(parrafos=(f"{texto}.",) if texto else (), puntos=puntos)


def fechas(ficha: Ficha) -> Bloque:
    pares = ((_("Inicio"), ficha.regla.fecha_inicio), (_("Término"), ficha.regla.fecha_fin))
    filas = tuple((titulo, fecha_larga(dia)) for titulo, dia in pares if dia)
    return Bloque(titulos=(_("Momento"), _("Fecha")), filas=filas)


# Clave del apartado (programas/datos/catalogos.json) → lo que se imprime en él.
BLOQUES: dict[str, tuple[Callable[[Ficha], Bloque], ...]] = {
    "rop-1-1": (nombre,),
    "rop-1-2": (dependencia,),
    "rop-1-3": (area,),
    "rop-2": (derechos, alineacion),
    "rop-3-4": (poblaciones,),
    "rop-3-5": (compatibilidad,),
    "rop-4-1": (objetivo,),
    "rop-5": (a_quien, condiciones),
    "rop-6": (metas,),
    "rop-7": (presupuesto, apoyos),
    "rop-8-2": (requisitos, documentos),
    "rop-8-3": (solicitud,),
    "rop-11": (queja,),
    "accion-1": (nombre,),
    "accion-2": (apoyos,),
    "accion-3": (dependencia, area),
    "accion-5": (objetivo, derechos),
    "accion-6": (a_quien, condiciones, poblaciones),
    "accion-7": (metas,),
    "accion-8": (presupuesto,),
    "accion-9": (fechas,),
    "accion-10": (requisitos, documentos, solicitud),
    "accion-11": (compatibilidad,),
    "accion-14": (queja,),
}
