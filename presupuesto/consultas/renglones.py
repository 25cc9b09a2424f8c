"""Cada programa del presupuesto con todo lo que se sabe de él: dinero, avance físico y lo que dicen sus reglas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from presupuesto.consultas import fisico
from presupuesto.consultas.fisico import Fisico
from presupuesto.consultas.montos import Filtros, Grupo, Montos
from presupuesto.models import Certeza, CorteDeEgresos, VinculoPresupuestal
from programas.models import FichaPublica, ReglaOperacion
from sibis.nucleo.cifras import Origen
from sibis.nucleo.normalizacion import clave_comparable


@dataclass(frozen=True, slots=True)
class Enlace:
    """Un programa del sitio que paga esa clave, y qué tan seguro es."""

    programa: int
    nombre: str
    slug: str
    dependencia: str
    certeza: str
    confirmado: bool

    @property
    def url(self) -> str:
        """Se arma al pintarse: la tabla ordena cientos de renglones y enseña veinticinco."""
        return reverse("presupuesto:programa", args=[self.slug])

    @property
    def certeza_texto(self) -> str:
        return str(Certeza(self.certeza).label)


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un renglón de la tabla. Sin clave presupuestaria, solo se sabe lo que dicen sus reglas."""

    clave: str
    nombre: str
    montos: Montos = field(default_factory=Montos)
    enlaces: tuple[Enlace, ...] = ()
    fisico: Fisico | None = None
    segun_reglas: Decimal | None = None
    origen_de_reglas: Origen | None = None

    @property
    def url(self) -> str:
        return self.enlaces[0].url if self.enlaces else ""

    @property
    def certeza(self) -> str:
        """La menos segura de las que intervienen."""
        orden = list(Certeza.values)
        return max((e.certeza for e in self.enlaces), key=orden.index, default="")

    @property
    def difieren(self) -> bool:
        """¿Las reglas dicen otra cosa que el archivo de egresos?"""
        dichos = (self.segun_reglas, self.montos.aprobado)
        return None not in dichos and dichos[0] != dichos[1]

    @property
    def aprobado(self) -> Decimal | None:
        return self.montos.aprobado if self.clave else self.segun_reglas


ORDENES: dict[str, object] = {
    "aprobado": _("Más dinero aprobado"),
    "modificado": _("Más dinero modificado"),
    "ejercido": _("Más dinero ejercido"),
    "avance": _("Mayor avance del gasto"),
    "fisico": _("Mayor avance físico"),
    "nombre": _("Por nombre"),
}
_VALOR: dict[str, Callable[[Renglon], Decimal | None]] = {
    "aprobado": lambda r: r.aprobado,
    "modificado": lambda r: r.montos.modificado,
    "ejercido": lambda r: r.montos.ejercido,
    "avance": lambda r: r.montos.avance,
    "fisico": lambda r: r.fisico.avance if r.fisico else None,
}


def ordenar(renglones: list[Renglon], orden: str) -> list[Renglon]:
    """De más a menos; lo que no se sabe, al final. Entre iguales, por nombre."""
    por_nombre = sorted(renglones, key=lambda r: clave_comparable(r.nombre))
    if orden == "nombre":
        return por_nombre
    valor = _VALOR[orden]
    return sorted(por_nombre, key=lambda r: (valor(r) is None, -(valor(r) or Decimal(0))))


def renglones(
    grupos: tuple[Grupo, ...],
    corte: CorteDeEgresos | None,
    filtros: Filtros,
    ejercicio: int,
    *,
    con_fuentes: bool = True,
) -> list[Renglon]:
    """Los del archivo, con su programa, y los que solo conocen las reglas de ese año.

    Las fuentes de las reglas solo las dice el CSV: la página no las pide.
    """
    enlaces = _enlaces(corte) if corte else {}
    reglas = {} if filtros.capitulo else _segun_reglas(ejercicio, filtros, con_fuentes=con_fuentes)
    enlazados = {e.programa for g in grupos for e in enlaces.get(g.clave, ())}
    avances = fisico.del_ejercicio(ejercicio, sorted(enlazados | set(reglas)))
    del_archivo = [
        _con_lo_demas(
            Renglon(g.clave, g.nombre, g.montos, tuple(enlaces.get(g.clave, ()))), reglas, avances
        )
        for g in grupos
    ]
    solo_reglas = [
        replace(renglon, fisico=avances.get(programa))
        for programa, renglon in reglas.items()
        if programa not in enlazados
    ]
    return del_archivo + solo_reglas


def _con_lo_demas(
    renglon: Renglon, reglas: dict[int, Renglon], avances: dict[int, Fisico]
) -> Renglon:
    """Meta y reglas solo si la clave es de un programa y nada más: si es de varios, no se reparte."""
    if len(renglon.enlaces) != 1:
        return renglon
    suyo = renglon.enlaces[0].programa
    regla = reglas.get(suyo)
    return replace(
        renglon,
        fisico=avances.get(suyo),
        segun_reglas=regla.segun_reglas if regla else None,
        origen_de_reglas=regla.origen_de_reglas if regla else None,
    )


_DE_VINCULO = (
    "programa_presupuestario",
    "certeza",
    "estado",
    "programa__nombre",
    "programa__slug",
    "programa__dependencia__siglas",
)
_DE_REGLA = (
    "programa_id",
    "nombre",
    "presupuesto_aprobado",
    "presupuesto_ejercido",
    "presupuesto_fuente",
    "programa__slug",
    "dependencia__siglas",
)


def _enlaces(corte: CorteDeEgresos) -> dict[str, list[Enlace]]:
    """Los programas publicados que paga cada clave; lo dudoso espera a que alguien lo confirme."""
    vinculos = (
        VinculoPresupuestal.objects.filter(Q(ejercicio=corte.ejercicio) | Q(ejercicio__isnull=True))
        .filter(Q(estado="confirmado") | Q(estado="propuesto") & ~Q(certeza=Certeza.DUDOSA))
        .filter(Exists(FichaPublica.objects.filter(programa=OuterRef("programa"))))
        .select_related("programa__dependencia")
        .only(*_DE_VINCULO)
        .order_by("programa__nombre")
    )
    halladas: dict[str, dict[int, Enlace]] = defaultdict(dict)
    for v in vinculos:
        halladas[v.programa_presupuestario].setdefault(
            v.programa_id,
            Enlace(
                v.programa_id,
                v.programa.nombre,
                v.programa.slug,
                v.programa.dependencia.siglas,
                v.certeza,
                v.estado == VinculoPresupuestal.Estado.CONFIRMADO,
            ),
        )
    return {clave: list(suyos.values()) for clave, suyos in halladas.items()}


def _segun_reglas(ejercicio: int, filtros: Filtros, *, con_fuentes: bool) -> dict[int, Renglon]:
    """Lo que cada regla publicada dice que se aprobó; con su fuente si se va a decir."""
    reglas = (
        ReglaOperacion.objects.publicadas()
        .filter(ejercicio=ejercicio, presupuesto_aprobado__isnull=False)
        .select_related("programa", "dependencia")
        .only(*_DE_REGLA)
    )
    if con_fuentes:
        reglas = reglas.prefetch_related("fuentes")
    if filtros.dependencia:
        reglas = reglas.filter(dependencia__clave=filtros.dependencia)
    if filtros.alcaldia:
        reglas = reglas.filter(dependencia__clave_inegi=filtros.alcaldia)
    return {
        r.programa_id: Renglon(
            clave="",
            nombre=r.nombre,
            montos=Montos(ejercido=r.presupuesto_ejercido),
            enlaces=(
                Enlace(
                    r.programa_id,
                    r.nombre,
                    r.programa.slug,
                    r.dependencia.siglas,
                    Certeza.SEGURA,
                    True,
                ),
            ),
            segun_reglas=r.presupuesto_aprobado,
            origen_de_reglas=origen_de_regla(r) if con_fuentes else None,
        )
        for r in reglas
    }


def origen_de_regla(regla: ReglaOperacion) -> Origen:
    """La fuente de su presupuesto o, si no la distingue, la primera."""
    fuentes = list(regla.fuentes.all())
    suya = next((f for f in fuentes if f.clave == regla.presupuesto_fuente), None)
    fuente = suya or (fuentes[0] if fuentes else None)
    return Origen(fuente.texto, fuente.url) if fuente else Origen("")
