"""Aprobado, modificado y ejercido: el único lugar que los suma. Páginas, cifras y API leen de aquí."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from presupuesto.models import (
    Certeza,
    CorteDeEgresos,
    DescripcionDeClave,
    ResumenDeEgresos,
    VinculoPresupuestal,
)

# Clasificador por objeto del gasto (CONAC), para los archivos que no traen la descripción.
CAPITULOS = {
    "1000": _("Servicios personales"),
    "2000": _("Materiales y suministros"),
    "3000": _("Servicios generales"),
    "4000": _("Transferencias, subsidios y otras ayudas"),
    "5000": _("Bienes muebles e inmuebles"),
    "6000": _("Inversión pública"),
    "7000": _("Inversiones financieras"),
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


_SUMAS = {m: Sum(m) for m in ("aprobado", "modificado", "ejercido")}


def montos_de(fila: Mapping[str, Decimal | None]) -> Montos:
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
    return montos_de(social([corte], filtros).aggregate(**_SUMAS))


def totales_por_corte(cortes: Iterable[CorteDeEgresos], filtros: Filtros) -> dict[int, Montos]:
    """El total de varios cortes en una sola consulta."""
    filas = social(cortes, filtros).values("corte").annotate(**_SUMAS).order_by("corte")
    return {fila["corte"]: montos_de(fila) for fila in filas}


def por_programa(corte: CorteDeEgresos, filtros: Filtros) -> tuple[Grupo, ...]:
    filas = social([corte], filtros).values("programa_presupuestario").annotate(**_SUMAS)
    nombres = _descripciones(corte, "programa_presupuestario")
    return _ordenados(
        Grupo(
            f["programa_presupuestario"],
            presentable(nombres.get(f["programa_presupuestario"], f["programa_presupuestario"])),
            montos_de(f),
        )
        for f in filas
    )


def por_capitulo(corte: CorteDeEgresos, filtros: Filtros) -> tuple[Grupo, ...]:
    filas = social([corte], filtros).exclude(capitulo="").values("capitulo").annotate(**_SUMAS)
    nombres = {**CAPITULOS, **_descripciones(corte, "capitulo")}
    return tuple(
        Grupo(
            f["capitulo"], presentable(str(nombres.get(f["capitulo"], f["capitulo"]))), montos_de(f)
        )
        for f in filas.order_by("capitulo")
    )


def por_alcaldia(corte: CorteDeEgresos, filtros: Filtros) -> tuple[Grupo, ...]:
    """Lo que gastan las alcaldías. El archivo no dice dónde se gasta lo de las demás."""
    filas = (
        social([corte], filtros)
        .filter(dependencia__clave_inegi__isnull=False)
        .values("dependencia__clave_inegi", "dependencia__nombre")
        .annotate(**_SUMAS)
    )
    return _ordenados(
        Grupo(
            f["dependencia__clave_inegi"],
            f["dependencia__nombre"].removeprefix("Alcaldía "),
            montos_de(f),
        )
        for f in filas
    )


def por_dependencia(corte: CorteDeEgresos, filtros: Filtros) -> tuple[Grupo, ...]:
    """Las unidades que el sitio no conoce salen con el nombre que les da el archivo."""
    filas = (
        social([corte], filtros)
        .exclude(unidad_responsable="")
        .values("dependencia__clave", "dependencia__nombre", "unidad_responsable")
        .annotate(**_SUMAS)
    )
    nombres = _descripciones(corte, "unidad_responsable")
    juntas: dict[tuple[str, str], list[Montos]] = defaultdict(list)
    for f in filas:
        unidad = f["unidad_responsable"]
        clave = f["dependencia__clave"] or unidad
        nombre = f["dependencia__nombre"] or presentable(nombres.get(unidad, unidad))
        juntas[clave, nombre].append(montos_de(f))
    return _ordenados(Grupo(c, n, sumar(montos)) for (c, n), montos in juntas.items())


POR = {
    "programa": por_programa,
    "dependencia": por_dependencia,
    "alcaldia": por_alcaldia,
    "capitulo": por_capitulo,
}


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
