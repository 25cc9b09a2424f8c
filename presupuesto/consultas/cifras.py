"""Las cifras del presupuesto: las mismas sumas que muestran las páginas, con nombre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from presupuesto.consultas import cortes as de_cortes
from presupuesto.consultas import montos
from presupuesto.consultas.montos import Filtros, Montos
from sibis.nucleo.cifras import Calculo, DefinicionDeCifra, Fila, Peticion

DIMENSIONES = tuple(montos.POR)
FILTROS = (*montos.POR, "momento")


def _valor(que: str) -> Callable[[Montos], Decimal | None]:
    return lambda m: getattr(m, que)


def _calcular(que: str) -> Callable[[Peticion], Calculo]:
    valor = _valor(que)

    def calcular(peticion: Peticion) -> Calculo:
        filtros = _filtros(peticion)
        cortes = de_cortes.de_la_ciudad()
        ejercicio = peticion.ejercicio or de_cortes.ultimo(de_cortes.por_ejercicio(cortes))
        corte = de_cortes.elegido(cortes, ejercicio=ejercicio, momento=filtros.momento)
        if corte is None:
            return Calculo((), None, ejercicio)
        pedido = replace(filtros, ejercicio=ejercicio)
        if peticion.por:
            grupos = montos.POR[peticion.por](corte, pedido)
            filas = tuple(Fila(g.clave, g.nombre, valor(g.montos)) for g in grupos)
        else:
            filas = (Fila("", "", valor(montos.total(corte, pedido))),)
        nota = str(_NOTA_DE_DEMOSTRACION) if corte.es_demostracion else ""
        return Calculo(filas, corte.fecha_corte, ejercicio, (de_cortes.origen(corte),), nota)

    return calcular


_NOTA_DE_DEMOSTRACION = _("Demostración: este presupuesto es inventado.")


def _filtros(peticion: Peticion) -> Filtros:
    """Solo los que se entienden; quien resuelve la cifra ya rechazó los demás."""
    return Filtros(**{f: v for f, v in peticion.filtros.items() if f in FILTROS})


def _definir(
    clave: str, nombre: object, unidad: str, descripcion: object, que: str
) -> DefinicionDeCifra:
    return DefinicionDeCifra(
        clave=clave,
        nombre=nombre,  # type: ignore[arg-type]
        unidad=unidad,
        descripcion=descripcion,  # type: ignore[arg-type]
        dimensiones=DIMENSIONES,
        calcular=_calcular(que),
        filtros=FILTROS,
    )


CIFRAS: tuple[DefinicionDeCifra, ...] = (
    _definir(
        "presupuesto_aprobado",
        _("Presupuesto social aprobado"),
        "pesos",
        _("Subsidios (modalidades S y U) y claves que pagan programas de este sitio, aprobados."),
        "aprobado",
    ),
    _definir(
        "presupuesto_modificado",
        _("Presupuesto social modificado"),
        "pesos",
        _("Lo mismo, después de los ajustes del año."),
        "modificado",
    ),
    _definir(
        "presupuesto_ejercido",
        _("Presupuesto social ejercido"),
        "pesos",
        _("Lo mismo, ya gastado hasta el corte."),
        "ejercido",
    ),
    _definir(
        "avance_financiero",
        _("Avance del gasto social"),
        "por ciento",
        _("Ejercido entre modificado; si el archivo no trae modificado, entre aprobado."),
        "avance",
    ),
)
