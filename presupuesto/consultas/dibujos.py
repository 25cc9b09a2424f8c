"""Las gráficas del presupuesto: su título dice lo que se ve, y debajo van sus datos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from presupuesto.consultas.fisico import Fisico
from presupuesto.consultas.montos import Grupo, Montos
from sibis.nucleo.cifras import Origen
from sibis.nucleo.graficas import Barras, Dato, Lineas, barras, lineas

EN_GRAFICA = 10
EN_TABLA = 40
MILLON = Decimal(1_000_000)
TRIMESTRES = ("T1", "T2", "T3", "T4")


@dataclass(frozen=True, slots=True)
class Grafica:
    """Lo que dibuja una plantilla: hallazgo, descripción, figura y la misma información en tabla."""

    ancla: str
    titulo: str
    descripcion: str
    que: str
    figura: Barras | Lineas
    filas: tuple[tuple[str, Montos, str], ...] = ()
    puntos: tuple[tuple[str, Decimal | None, Decimal | None], ...] = ()
    nota: str = ""
    origen: Origen | None = None


def millones(valor: Decimal | None) -> str:
    """«$1,234 millones»; por debajo del millón, pesos."""
    if valor is None:
        return _("sin dato")
    if abs(valor) < MILLON:
        return f"${_numero(valor, 0)}"
    entre = valor / MILLON
    decimales = 0 if abs(entre) >= 100 else 1
    return _("$%(n)s millones") % {"n": _numero(entre, decimales)}


def por_ciento(valor: Decimal | None) -> str:
    if valor is None:
        return ""
    return (_("%(numero)s %%") % {"numero": _numero(valor, 0)}).replace(" ", "\u00a0")


def _numero(valor: Decimal, decimales: int) -> str:
    redondo = valor.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    return number_format(redondo, decimal_pos=decimales, force_grouping=True)


def de_barras(
    ancla: str,
    que: str,
    grupos: Sequence[tuple[Grupo, str]],
    *,
    titulo: str,
    origen: Origen | None = None,
    nota: str = "",
    caben: int = EN_GRAFICA,
) -> Grafica | None:
    """`grupos` son (grupo, dirección). Fondo: lo autorizado; relleno: lo ejercido."""
    conocidos = [(g, url) for g, url in grupos if g.montos.hay]
    if not conocidos:
        return None
    datos = [
        Dato(g.nombre, _leyenda(g.montos), (g.montos.base, g.montos.ejercido), url)
        for g, url in conocidos[:caben]
    ]
    descripcion = "; ".join(f"{d.etiqueta}: {d.texto}" for d in datos)
    return Grafica(
        ancla=ancla,
        titulo=titulo,
        descripcion=descripcion,
        que=que,
        figura=barras(datos),
        filas=tuple((g.nombre, g.montos, url) for g, url in conocidos[:EN_TABLA]),
        nota=f"{nota} {_('En la tabla van los %(n)s mayores.') % {'n': EN_TABLA}}".strip()
        if len(conocidos) > EN_TABLA
        else nota,
        origen=origen,
    )


def _leyenda(montos: Montos) -> str:
    """«$23,549 millones · 106 %»: lo autorizado y qué parte se ha ejercido."""
    dinero = millones(montos.base if montos.base is not None else montos.ejercido)
    if montos.avance is None:
        return dinero
    return f"{dinero} · {por_ciento(montos.avance)}"


def hallazgo_de_anios(anios: Sequence[Grupo], *, inventados: frozenset[str] = frozenset()) -> str:
    """El último año contra el anterior que se conoce; de lo inventado solo se habla si no hay más."""
    con_dato = [g for g in anios if g.montos.base]
    con_dato = [g for g in con_dato if g.clave not in inventados] or con_dato
    if not con_dato:
        return _("Presupuesto social por año")
    ultimo = con_dato[0]
    if len(con_dato) > 1 and con_dato[1].montos.base:
        antes = con_dato[1]
        cambio = (ultimo.montos.base / antes.montos.base - 1) * 100  # type: ignore[operator]
        if abs(cambio) >= 1:
            frase = (
                _("En %(anio)s hay %(cambio)s más que en %(antes)s")
                if cambio > 0
                else _("En %(anio)s hay %(cambio)s menos que en %(antes)s")
            )
            return frase % {
                "anio": ultimo.clave,
                "cambio": por_ciento(abs(cambio)),
                "antes": antes.clave,
            }
    return _("En %(anio)s hay %(monto)s") % {
        "anio": ultimo.clave,
        "monto": millones(ultimo.montos.base),
    }


def hallazgo_de_reparto(grupos: Sequence[Grupo], total: Montos) -> str:
    """Quién tiene más y qué parte es del total."""
    mayor = max(grupos, key=lambda g: g.montos.base or Decimal(0), default=None)
    if mayor is None or not total.base or not mayor.montos.base:
        return ""
    return _("%(quien)s: %(parte)s del total") % {
        "quien": mayor.nombre,
        "parte": por_ciento(mayor.montos.base / total.base * 100),
    }


def de_avance(
    ejercicio: int,
    gasto: dict[int, Decimal | None],
    hecho: dict[int, Fisico],
    *,
    origen: Origen | None = None,
) -> Grafica | None:
    """Gasto y meta, trimestre a trimestre, en por ciento de lo previsto para el año."""
    fisico = {t: f.avance for t, f in hecho.items()}
    if len([v for v in (*gasto.values(), *fisico.values()) if v is not None]) < 2:
        return None
    gastos = [gasto.get(t) for t in range(1, 5)]
    fisicos = [fisico.get(t) for t in range(1, 5)]
    titulo = _hallazgo_de_avance(ejercicio, gastos, fisicos)
    return Grafica(
        ancla="trimestres",
        titulo=titulo,
        descripcion="; ".join(
            f"{t}: {_('gasto')} {por_ciento(g) or _('sin dato')}, "
            f"{_('meta')} {por_ciento(f) or _('sin dato')}"
            for t, g, f in zip(TRIMESTRES, gastos, fisicos, strict=True)
        ),
        que=_("Trimestre"),
        figura=lineas(TRIMESTRES, ((_("Gasto ejercido"), gastos), (_("Meta cumplida"), fisicos))),
        puntos=tuple(zip(TRIMESTRES, gastos, fisicos, strict=True)),
        origen=origen,
    )


def _hallazgo_de_avance(
    ejercicio: int, gastos: list[Decimal | None], fisicos: list[Decimal | None]
) -> str:
    juntos = [
        (g, f) for g, f in zip(gastos, fisicos, strict=True) if g is not None and f is not None
    ]
    if not juntos:
        ultimo = next((g for g in reversed(gastos) if g is not None), None)
        if ultimo is None:
            return _("Avance de %(anio)s por trimestre") % {"anio": ejercicio}
        return _("En %(anio)s se ha gastado %(gasto)s de lo previsto") % {
            "anio": ejercicio,
            "gasto": por_ciento(ultimo),
        }
    gasto, meta = juntos[-1]
    datos = {"anio": ejercicio, "gasto": por_ciento(gasto), "meta": por_ciento(meta)}
    if abs(gasto - meta) < 5:
        return _("En %(anio)s el gasto (%(gasto)s) y la meta (%(meta)s) van parejos") % datos
    if gasto > meta:
        return _("En %(anio)s se ha gastado %(gasto)s y se ha cumplido %(meta)s de la meta") % datos
    return _("En %(anio)s se ha cumplido %(meta)s de la meta con %(gasto)s del gasto") % datos
