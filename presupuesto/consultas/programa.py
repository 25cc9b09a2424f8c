"""El presupuesto de un programa a través de los años, con su avance físico al lado."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from presupuesto.consultas import cortes as de_cortes
from presupuesto.consultas import dibujos, fisico, informes_aprobados
from presupuesto.consultas.dibujos import Grafica
from presupuesto.consultas.fisico import Fisico
from presupuesto.consultas.informes_aprobados import InformePublico
from presupuesto.consultas.montos import Grupo, Montos
from presupuesto.consultas.renglones import origen_de_regla
from presupuesto.models import (
    DE_TODA_LA_CIUDAD,
    Certeza,
    CorteDeEgresos,
    Disposicion,
    Indicador,
    MontoDePrograma,
    VinculoPresupuestal,
)
from programas.models import Programa, ReglaOperacion
from sibis.nucleo.cifras import Origen

_TRIMESTRE = {"t1": 1, "t2": 2, "t3": 3, "t4": 4, "cp": 4}


@dataclass(frozen=True, slots=True)
class Dicho:
    """Lo que una fuente dice de un año. Si dos difieren, se muestran las dos."""

    que: str
    montos: Montos
    origen: Origen
    certeza: str = ""
    confirmado: bool = True
    claves: str = ""
    demostracion: bool = False
    trimestre: int | None = None  # hasta cuándo acumula, si se puede comparar con otro


@dataclass(frozen=True, slots=True)
class Anio:
    ejercicio: int
    dichos: tuple[Dicho, ...]
    fisico: Fisico | None
    tiene_mir: bool
    url_mir: str
    otro_fisico: tuple[Fisico, ...] = ()  # otra fuente que dice otra cosa de la misma meta
    informe: InformePublico | None = None

    @property
    def principal(self) -> Dicho | None:
        return self.dichos[0] if self.dichos else None

    @property
    def difieren(self) -> bool:
        """¿Dos fuentes no coinciden en lo aprobado, o en lo ejercido del mismo corte?"""
        aprobados = {d.montos.aprobado for d in self.dichos if d.montos.aprobado is not None}
        ejercidos = {
            d.montos.ejercido
            for d in self.dichos
            if d.montos.ejercido is not None and d.trimestre is not None
        }
        return len(aprobados) > 1 or len(ejercidos) > 1


@dataclass(frozen=True)
class PresupuestoDePrograma:
    programa: Programa
    anios: tuple[Anio, ...]
    graficas: tuple[Grafica, ...]
    vinculos: tuple[VinculoPresupuestal, ...]

    @property
    def ultimo(self) -> Anio | None:
        """El más reciente con dinero conocido."""
        return next((a for a in self.anios if a.dichos), None)

    @property
    def hay_demostracion(self) -> bool:
        return any(d.demostracion for a in self.anios for d in a.dichos)


def presupuesto_de(programa: Programa) -> PresupuestoDePrograma:
    """Todo lo que se sabe, el año más reciente primero."""
    por_corte = list(
        MontoDePrograma.objects.filter(
            programa=programa, corte__estado=CorteDeEgresos.Estado.VIGENTE
        ).select_related("corte")
    )
    avances = fisico.por_trimestre(programa.pk)
    reglas = _reglas(programa)
    metas = {a: fisico.del_ejercicio(a, [programa.pk]).get(programa.pk) for a in _con_meta(reglas)}
    con_mir = set(Indicador.objects.filter(programa=programa).values_list("ejercicio", flat=True))
    informes = informes_aprobados.por_ejercicio(programa.pk)
    ejercicios = {m.corte.ejercicio for m in por_corte} | {*avances} | con_mir | {*reglas}
    anios = tuple(
        _anio(
            ejercicio,
            _dichos(ejercicio, por_corte, reglas.get(ejercicio), informes.get(ejercicio)),
            fisico.ultimos(avances.get(ejercicio)) or (metas.get(ejercicio),),
            informes.get(ejercicio),
            reverse("presupuesto:mir", args=[programa.slug, ejercicio]),
            tiene_mir=ejercicio in con_mir,
        )
        for ejercicio in sorted({*ejercicios, *informes}, reverse=True)
    )
    conocidos = tuple(a for a in anios if a.dichos or a.fisico or a.tiene_mir)
    return PresupuestoDePrograma(
        programa,
        conocidos,
        tuple(_graficas(conocidos, por_corte, avances)),
        _vinculos(programa),
    )


def _anio(
    ejercicio: int,
    dichos: list[Dicho],
    fisicos: tuple[Fisico | None, ...],
    informe: InformePublico | None,
    url_mir: str,
    *,
    tiene_mir: bool,
) -> Anio:
    manda, *otros = fisicos
    return Anio(
        ejercicio,
        tuple(dichos),
        manda,
        tiene_mir,
        url_mir,
        tuple(f for f in otros if f is not None),
        informe,
    )


def anio_de(regla: ReglaOperacion) -> Anio:
    """Solo el ejercicio de una regla, con lo que ya trae: para su página bastan tres consultas."""
    del_anio = {"programa": regla.programa_id}
    por_corte = MontoDePrograma.objects.filter(
        corte__ejercicio=regla.ejercicio,
        corte__estado=CorteDeEgresos.Estado.VIGENTE,
        **del_anio,
    ).select_related("corte")
    fisicos = fisico.ultimos(fisico.por_trimestre(regla.programa_id).get(regla.ejercicio))
    informe = informes_aprobados.por_ejercicio(regla.programa_id, regla.ejercicio).get(
        regla.ejercicio
    )
    dichos = _dichos(regla.ejercicio, list(por_corte), regla, informe)
    return _anio(regla.ejercicio, dichos, fisicos or (None,), informe, "", tiene_mir=False)


def _con_meta(reglas: dict[int, ReglaOperacion]) -> list[int]:
    """Solo se pregunta por la meta del último año: las demás no hacen falta en esta página."""
    return sorted(reglas, reverse=True)[:1]


def _reglas(programa: Programa) -> dict[int, ReglaOperacion]:
    reglas = (
        ReglaOperacion.objects.publicadas().filter(programa=programa).prefetch_related("fuentes")
    )
    return {r.ejercicio: r for r in reglas}


def _dichos(
    ejercicio: int,
    por_corte: list[MontoDePrograma],
    regla: ReglaOperacion | None,
    informe: InformePublico | None = None,
) -> list[Dicho]:
    """El archivo de egresos que manda, lo informado, las reglas y la lista con nombres, en ese orden."""
    suyos = {m.corte: m for m in por_corte if m.corte.ejercicio == ejercicio}
    mandan = de_cortes.por_ejercicio(c for c in suyos if c.disposicion in DE_TODA_LA_CIUDAD)
    listas = [c for c in suyos if c.disposicion == Disposicion.NOMBRADOS]
    dichos = [_de_corte(suyos[c]) for c in mandan.values()]
    if informe is not None:
        dichos.append(_de_informe(informe))
    if regla is not None and (regla.presupuesto_aprobado or regla.presupuesto_ejercido):
        montos = Montos(regla.presupuesto_aprobado, None, regla.presupuesto_ejercido)
        dichos.append(Dicho(_("Sus reglas de operación"), montos, origen_de_regla(regla)))
    return dichos + [_de_corte(suyos[c]) for c in listas]


def _de_corte(monto: MontoDePrograma) -> Dicho:
    corte = monto.corte
    if corte.disposicion == Disposicion.NOMBRADOS:
        que = _("Lista de programas con nombre y monto")
    else:
        que = capfirst(str(corte.get_momento_display()))
    return Dicho(
        que,
        Montos(monto.aprobado, monto.modificado, monto.ejercido),
        de_cortes.origen(corte),
        certeza=monto.certeza,
        confirmado=monto.confirmado,
        claves="" if corte.disposicion == Disposicion.NOMBRADOS else monto.claves,
        demostracion=corte.es_demostracion,
        trimestre=_TRIMESTRE.get(corte.momento),
    )


def _de_informe(informe: InformePublico) -> Dicho:
    return Dicho(
        _("Informe de la dependencia, %(hasta)s") % {"hasta": informe.hasta},
        informe.montos,
        informe.origen,
        demostracion=informe.demostracion,
        trimestre=informe.trimestre,
    )


def _graficas(
    anios: tuple[Anio, ...],
    por_corte: list[MontoDePrograma],
    avances: dict[int, dict[int, list[Fisico]]],
) -> list[Grafica]:
    con_dinero = [
        Grupo(str(a.ejercicio), _nombre(a), a.principal.montos) for a in anios if a.principal
    ]
    por_anio = None
    if len(con_dinero) > 1:
        por_anio = dibujos.de_barras(
            "por-anio",
            _("Año"),
            [(g, "") for g in con_dinero],
            titulo=dibujos.hallazgo_de_anios(
                con_dinero,
                inventados=frozenset(
                    str(a.ejercicio) for a in anios if a.principal and a.principal.demostracion
                ),
            ),
            nota=_("De cada año, la fuente que va primero en la tabla."),
        )
    return [g for g in (por_anio, _trimestral(anios, por_corte, avances)) if g is not None]


def _nombre(anio: Anio) -> str:
    if anio.principal and anio.principal.demostracion:
        return _("%(anio)s (demostración)") % {"anio": anio.ejercicio}
    return str(anio.ejercicio)


def _trimestral(
    anios: tuple[Anio, ...],
    por_corte: list[MontoDePrograma],
    avances: dict[int, dict[int, list[Fisico]]],
) -> Grafica | None:
    """Del último año con trimestres: gasto contra lo autorizado, y meta."""
    for anio in anios:
        cortes = [
            m
            for m in por_corte
            if m.corte.ejercicio == anio.ejercicio
            and m.corte.momento in _TRIMESTRE
            and m.corte.disposicion == Disposicion.EGRESOS
        ]
        gasto: dict[int, Decimal | None] = {
            _TRIMESTRE[m.corte.momento]: Montos(m.aprobado, m.modificado, m.ejercido).avance
            for m in sorted(cortes, key=lambda m: m.corte.momento == "cp")
        }
        origen = de_cortes.origen(cortes[-1].corte) if cortes else None
        hecha = dibujos.de_avance(
            anio.ejercicio,
            gasto,
            {t: de_ese[0] for t, de_ese in avances.get(anio.ejercicio, {}).items()},
            origen=origen,
        )
        if hecha is not None:
            return hecha
    return None


def _vinculos(programa: Programa) -> tuple[VinculoPresupuestal, ...]:
    """De qué claves sale el dinero, y qué tan seguro es: lo que se usa y nada más."""
    return tuple(
        VinculoPresupuestal.objects.filter(programa=programa)
        .filter(Q(estado="confirmado") | Q(estado="propuesto") & ~Q(certeza=Certeza.DUDOSA))
        .order_by("-ejercicio", "programa_presupuestario")
    )
