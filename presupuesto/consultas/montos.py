"""Aprobado, modificado y ejercido: el único lugar que los suma. Páginas, cifras y API leen de aquí."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from presupuesto.models import (
    Certeza,
    CorteDeEgresos,
    DescripcionDeClave,
    ResumenDeEgresos,
    TotalDeLoSocial,
    VinculoPresupuestal,
)

# Clasificador por objeto del gasto (CONAC). Con su nombre oficial, para que se pueda traducir.
CAPITULOS = {
    "1000": _("Servicios personales"),
    "2000": _("Materiales y suministros"),
    "3000": _("Servicios generales"),
    "4000": _("Transferencias, asignaciones, subsidios y otras ayudas"),
    "5000": _("Bienes muebles, inmuebles e intangibles"),
    "6000": _("Inversión pública"),
    "7000": _("Inversiones financieras y otras provisiones"),
    "8000": _("Participaciones y aportaciones"),
    "9000": _("Deuda pública"),
}


@dataclass(frozen=True, slots=True)
class Montos:
    """Tres importes; None es «la fuente no lo dice»."""

    aprobado: Decimal | None = None
    modificado: Decimal | None = None
    ejercido: Decimal | None = None

    @property
    def base(self) -> Decimal | None:
        """Contra qué se mide el avance: lo modificado si se sabe; si no, lo aprobado."""
        return self.modificado if self.modificado is not None else self.aprobado

    @property
    def avance(self) -> Decimal | None:
        """Ejercido entre lo autorizado, en por ciento."""
        if self.ejercido is None or not self.base:
            return None
        return round(self.ejercido / self.base * 100, 1)

    @property
    def hay(self) -> bool:
        return any(m is not None for m in (self.aprobado, self.modificado, self.ejercido))


@dataclass(frozen=True, slots=True)
class Grupo:
    clave: str
    nombre: str
    montos: Montos


@dataclass(frozen=True, slots=True)
class Filtros:
    """Qué parte del presupuesto social: vacío es todo."""

    ejercicio: int | None = None
    momento: str = ""
    dependencia: str = ""
    alcaldia: str = ""
    capitulo: str = ""
    programa: str = ""

    @property
    def hay(self) -> bool:
        return bool(self.dependencia or self.alcaldia or self.capitulo or self.programa)

    def sin(self, dimension: str) -> Filtros:
        return replace(self, **{dimension: ""})


Dimension = TotalDeLoSocial.Dimension
Fila = dict[str, Any]
_DE_DEPENDENCIA = ("dependencia__clave", "dependencia__nombre")
_SUMAS = {m: Sum(m) for m in ("aprobado", "modificado", "ejercido")}


def montos_de(fila: Mapping[str, Any]) -> Montos:
    return Montos(fila["aprobado"], fila["modificado"], fila["ejercido"])


def _vinculadas(ejercicio: int) -> QuerySet:
    """Claves que se sabe, o es probable, que pagan un programa del sitio."""
    return (
        VinculoPresupuestal.objects.filter(Q(ejercicio=ejercicio) | Q(ejercicio__isnull=True))
        .filter(Q(estado="confirmado") | Q(estado="propuesto") & ~Q(certeza=Certeza.DUDOSA))
        .values("programa_presupuestario")
    )


def _de_lo_social(corte: CorteDeEgresos) -> Q:
    """Subsidios (modalidades S y U) y lo que paga programas de este sitio, en un corte."""
    return Q(corte=corte) & (
        Q(es_social=True) | Q(programa_presupuestario__in=_vinculadas(corte.ejercicio))
    )


def social(cortes: Iterable[CorteDeEgresos], filtros: Filtros) -> QuerySet[ResumenDeEgresos]:
    """Lo social de uno o varios cortes, con esos filtros."""
    condicion = Q(pk__in=[])
    for corte in cortes:
        condicion |= _de_lo_social(corte)
    resumen = ResumenDeEgresos.objects.filter(condicion)
    if filtros.dependencia:
        resumen = resumen.filter(
            Q(dependencia__clave=filtros.dependencia)
            | Q(dependencia__isnull=True, unidad_responsable=filtros.dependencia)
        )
    if filtros.alcaldia:
        resumen = resumen.filter(dependencia__clave_inegi=filtros.alcaldia)
    if filtros.capitulo:
        resumen = resumen.filter(capitulo=filtros.capitulo)
    if filtros.programa:
        resumen = resumen.filter(programa_presupuestario=filtros.programa)
    return resumen


def total(corte: CorteDeEgresos, filtros: Filtros) -> Montos:
    return totales_por_corte([corte], filtros).get(corte.pk, Montos())


def totales_por_corte(cortes: Iterable[CorteDeEgresos], filtros: Filtros) -> dict[int, Montos]:
    """El total de varios cortes en una sola consulta."""
    if filtros.hay:
        filas = social(cortes, filtros).values("corte").annotate(**_SUMAS).order_by("corte")
    else:
        filas = _guardados(Q(corte__in=list(cortes), dimension=Dimension.TOTAL))
    return {fila["corte"]: montos_de(fila) for fila in filas}


def repartos(
    corte: CorteDeEgresos, cortes: Iterable[CorteDeEgresos], filtros: Filtros
) -> tuple[dict[str, tuple[Grupo, ...]], dict[int, Montos]]:
    """Un corte por cada dimensión y el total de varios; sin filtros es una sola consulta."""
    if filtros.hay:
        return {d: de(corte, filtros) for d, de in POR.items()}, totales_por_corte(cortes, filtros)
    de_cada_uno = Q(corte__in=list(cortes), dimension=Dimension.TOTAL)
    filas: dict[str, list[Fila]] = defaultdict(list)
    for fila in _guardados(Q(corte=corte) | de_cada_uno):
        filas[fila["dimension"]].append(fila)
    totales = {f["corte"]: montos_de(f) for f in filas[Dimension.TOTAL]}
    return {d: en_grupos(filas[d]) for d, en_grupos in _EN_GRUPOS.items()}, totales


def _guardados(condicion: Q) -> QuerySet[TotalDeLoSocial, Fila]:
    """Lo social sin filtros ya está sumado: lo mantiene `proyeccion.refrescar`."""
    return TotalDeLoSocial.objects.filter(condicion).values(
        "corte", "dimension", "clave", "nombre", *_DE_DEPENDENCIA, *_SUMAS
    )


def _por(dimension: str, corte: CorteDeEgresos, filtros: Filtros) -> tuple[Grupo, ...]:
    if filtros.hay:
        filas: Iterable[Fila] = _con_filtros(dimension, corte, filtros)
    else:
        filas = _guardados(Q(corte=corte, dimension=dimension))
    return _EN_GRUPOS[dimension](filas)


def _con_filtros(dimension: str, corte: CorteDeEgresos, filtros: Filtros) -> list[Fila]:
    """Las mismas filas que se guardan, sumadas ahora de lo que dejan los filtros."""
    columna = _COLUMNA[dimension]
    suyas = social([corte], filtros).filter(**{f"{columna}__isnull": False})
    if dimension != Dimension.PROGRAMA:
        suyas = suyas.exclude(**{columna: ""})
    de_quien = _DE_DEPENDENCIA if dimension in ("dependencia", "alcaldia") else ()
    nombres = {} if dimension == Dimension.ALCALDIA else _descripciones(corte, columna)
    filas = suyas.values(*de_quien, clave=F(columna)).annotate(**_SUMAS).order_by()
    return [{**fila, "nombre": nombres.get(fila["clave"], "")} for fila in filas]


def _de_programas(filas: Iterable[Fila]) -> tuple[Grupo, ...]:
    return _ordenados(
        Grupo(f["clave"], presentable(f["nombre"] or f["clave"]), montos_de(f)) for f in filas
    )


def _de_capitulos(filas: Iterable[Fila]) -> tuple[Grupo, ...]:
    return tuple(
        Grupo(
            f["clave"],
            presentable(str(CAPITULOS.get(f["clave"]) or f["nombre"] or f["clave"])),
            montos_de(f),
        )
        for f in sorted(filas, key=lambda f: f["clave"])
    )


def _de_alcaldias(filas: Iterable[Fila]) -> tuple[Grupo, ...]:
    """Lo que gastan las alcaldías. El archivo no dice dónde se gasta lo de las demás."""
    return _ordenados(
        Grupo(f["clave"], (f["dependencia__nombre"] or "").removeprefix("Alcaldía "), montos_de(f))
        for f in filas
    )


def _de_dependencias(filas: Iterable[Fila]) -> tuple[Grupo, ...]:
    """Las unidades que el sitio no conoce salen con el nombre que les da el archivo."""
    juntas: dict[tuple[str, str], list[Montos]] = defaultdict(list)
    for f in filas:
        clave = f["dependencia__clave"] or f["clave"]
        nombre = f["dependencia__nombre"] or presentable(f["nombre"] or f["clave"])
        juntas[clave, nombre].append(montos_de(f))
    return _ordenados(Grupo(c, n, sumar(montos)) for (c, n), montos in juntas.items())


_COLUMNA = {
    "programa": "programa_presupuestario",
    "dependencia": "unidad_responsable",
    "alcaldia": "dependencia__clave_inegi",
    "capitulo": "capitulo",
}
_EN_GRUPOS: dict[str, Callable[[Iterable[Fila]], tuple[Grupo, ...]]] = {
    "programa": _de_programas,
    "dependencia": _de_dependencias,
    "alcaldia": _de_alcaldias,
    "capitulo": _de_capitulos,
}
POR = {dimension: partial(_por, dimension) for dimension in _EN_GRUPOS}


def sumar(varios: Iterable[Montos]) -> Montos:
    """Sin ningún dato la suma es «no se sabe», no cero."""
    lista = list(varios)

    def de(campo: str) -> Decimal | None:
        conocidos = [v for m in lista if (v := getattr(m, campo)) is not None]
        return sum(conocidos, Decimal(0)) if conocidos else None

    return Montos(de("aprobado"), de("modificado"), de("ejercido"))


def presentable(nombre: str) -> str:
    """«MI BECA PARA EMPEZAR» se lee mejor como «Mi beca para empezar»."""
    return nombre.capitalize() if nombre.isupper() else nombre


def _descripciones(corte: CorteDeEgresos, clasificador: str) -> dict[str, str]:
    return dict(
        DescripcionDeClave.objects.filter(corte=corte, clasificador=clasificador).values_list(
            "clave", "descripcion"
        )
    )


def _ordenados(grupos: Iterable[Grupo]) -> tuple[Grupo, ...]:
    """De más a menos dinero."""
    return tuple(
        sorted(grupos, key=lambda g: (-(g.montos.base or g.montos.ejercido or 0), g.nombre))
    )
