"""Una cifra pintada por alcaldía o por colonia: clases, leyenda y la tabla con cada número."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reportes.consultas.cifras import Cifra, cifra, definiciones
from sibis.nucleo.cifras import DefinicionDeCifra, Fila, Peticion, Valor
from sibis.nucleo.normalizacion import clave_comparable
from sibis.territorio.consultas.dibujo import Dibujo, dibujar_alcaldias, dibujar_colonias
from sibis.territorio.consultas.lugares import nombre_legible

CLASES = 5
POR_ALCALDIA, POR_COLONIA = "alcaldia", "colonia"
_SE_NOMBRAN = 3
DIVISIONES = {POR_ALCALDIA: gettext_lazy("alcaldía"), POR_COLONIA: gettext_lazy("colonia")}


@dataclass(frozen=True, slots=True)
class Clase:
    """Un tono: del menor al mayor valor que tiene, y cuántos lugares caen en él."""

    nivel: int
    desde: Valor
    hasta: Valor
    cuantos: int


@dataclass(frozen=True, slots=True)
class Zona:
    """Un lugar con su número. `nivel` 0 es que la fuente no lo dice."""

    clave: str
    nombre: str
    valor: Valor
    nivel: int
    trazo: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Coropleta:
    cifra: Cifra
    por: str
    lienzo: str
    zonas: tuple[Zona, ...]  # en el orden del dibujo
    tabla: tuple[Zona, ...]  # de la mayor a la menor
    clases: tuple[Clase, ...]
    por_cuantiles: bool  # si no, cada valor tiene su tono
    fuera: tuple[Fila, ...]  # lo que la cifra cuenta y no cabe en ningún lugar del mapa

    @property
    def hallazgo(self) -> str:
        """Lo que el mapa dice, en una oración. Con muchos empates no hay un primero que nombrar."""
        con_dato = [z for z in self.tabla if z.valor is not None]
        if not con_dato or con_dato[0].valor == con_dato[-1].valor:
            return ""
        mas = [z.nombre for z in con_dato if z.valor == con_dato[0].valor]
        menos = [z.nombre for z in con_dato if z.valor == con_dato[-1].valor]
        frases = []
        if len(mas) <= _SE_NOMBRAN:
            frases.append(_("Donde más: %(cuales)s.") % {"cuales": ", ".join(mas)})
        if len(menos) <= _SE_NOMBRAN:
            frases.append(_("Donde menos: %(cuales)s.") % {"cuales": ", ".join(menos)})
        return " ".join(frases)


def cifras_del_mapa() -> list[tuple[DefinicionDeCifra, tuple[str, ...]]]:
    """Las que se agrupan por un lugar, con las divisiones en que se pueden pintar."""
    return [
        (definicion, suyas)
        for definicion in definiciones().values()
        if (suyas := tuple(d for d in DIVISIONES if d in definicion.dimensiones))
    ]


def coropleta(clave: str, *, por: str, alcaldia: str = "") -> Coropleta | None:
    """None si no hay límites que pintar. Levanta CifraInexistente como el servicio."""
    dibujo = dibujar_colonias(alcaldia) if por == POR_COLONIA else dibujar_alcaldias()
    if dibujo is None:
        return None
    filtros = {"alcaldia": alcaldia} if por == POR_COLONIA else {}
    return _pintada(cifra(clave, Peticion(por=por, filtros=filtros)), por, dibujo)


def _pintada(calculada: Cifra, por: str, dibujo: Dibujo) -> Coropleta:
    filas = {fila.clave: fila for fila in calculada.calculo.filas}
    # Contar y no hallar es cero; un dinero o una persona que nadie anota no se sabe.
    ausente: Valor = 0 if calculada.definicion.unidad in _SE_CUENTAN else None
    valores = {
        t.clave: filas[t.clave].valor if t.clave in filas else ausente for t in dibujo.trazos
    }
    cortes = cortes_por_cuantiles(v for v in valores.values() if v is not None)
    zonas = tuple(
        Zona(t.clave, nombre_legible(t.nombre), v, nivel_de(v, cortes), t.trazo, t.x, t.y)
        for t in dibujo.trazos
        for v in (valores[t.clave],)
    )
    return Coropleta(
        cifra=calculada,
        por=por,
        lienzo=dibujo.lienzo,
        zonas=zonas,
        tabla=tuple(sorted(zonas, key=_de_mayor_a_menor)),
        clases=_clases(zonas),
        por_cuantiles=len({z.valor for z in zonas if z.valor is not None}) > CLASES,
        fuera=tuple(f for clave, f in filas.items() if clave not in valores and f.valor),
    )


_SE_CUENTAN = frozenset({"centros", "programas", "apoyos"})


def _de_mayor_a_menor(zona: Zona) -> tuple[bool, Decimal, str]:
    return zona.valor is None, -Decimal(zona.valor or 0), clave_comparable(zona.nombre)


def cortes_por_cuantiles(valores: Iterable[int | Decimal]) -> list[int | Decimal]:
    """Donde empieza cada clase desde la segunda; valores iguales nunca quedan en clases distintas."""
    orden = sorted(valores)
    distintos = sorted(set(orden))
    if len(distintos) <= CLASES:
        return distintos[1:]
    posibles = {orden[len(orden) * i // CLASES] for i in range(1, CLASES)}
    return sorted(posibles - {orden[0]})


def nivel_de(valor: Valor, cortes: Sequence[int | Decimal]) -> int:
    """De 1 a CLASES; 0 si no hay dato. Con menos clases los tonos se reparten: la mayor es la más oscura."""
    if valor is None:
        return 0
    lugar, ultimo = bisect_right(cortes, valor), len(cortes)
    return 1 + round(lugar * (CLASES - 1) / ultimo) if ultimo else (CLASES + 1) // 2


def _clases(zonas: Sequence[Zona]) -> tuple[Clase, ...]:
    clases = []
    for nivel in range(1, CLASES + 1):
        suyos = [z.valor for z in zonas if z.nivel == nivel and z.valor is not None]
        if suyos:
            clases.append(Clase(nivel, min(suyos), max(suyos), len(suyos)))
    sin_dato = sum(1 for z in zonas if z.nivel == 0)
    return (*clases, *([Clase(0, None, None, sin_dato)] if sin_dato else []))
