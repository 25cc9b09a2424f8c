"""La página /presupuesto/ armada: de un vistazo y renglón por renglón, con cada número y su corte."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from presupuesto.consultas import cortes as de_cortes
from presupuesto.consultas import dibujos, montos
from presupuesto.consultas.dibujos import Grafica
from presupuesto.consultas.montos import Filtros, Grupo, Montos
from presupuesto.consultas.renglones import Renglon, ordenar, renglones
from presupuesto.models import CorteDeEgresos, Disposicion, Momento, ResumenDeEgresos
from programas.models import ReglaOperacion
from sibis.nucleo.cifras import Origen

POR_PAGINA = 25
ALCALDIAS = 16
Repartos = dict[str, tuple[Grupo, ...]]
DIMENSIONES = ("ejercicio", "momento", "dependencia", "alcaldia", "capitulo")


@dataclass(frozen=True, slots=True)
class Paginas:
    actual: int
    total: int
    anterior_url: str
    siguiente_url: str


@dataclass(frozen=True, slots=True)
class Nombrados:
    """La lista de programas con nombre: otra fuente, que no se suma con la anterior."""

    corte: CorteDeEgresos
    cuantos: int
    monto: Decimal | None
    en_archivo: int


@dataclass(frozen=True)
class Panorama:
    filtros: Filtros
    orden: str
    ejercicio: int | None
    ejercicios: tuple[int, ...]
    corte: CorteDeEgresos | None
    momentos: tuple[tuple[str, str], ...]
    origen: Origen | None
    total: Montos
    total_reglas: Decimal | None
    cuantas_reglas: int
    graficas: tuple[Grafica, ...]
    dependencias: tuple[tuple[str, str], ...]
    todos: tuple[Renglon, ...]
    renglones: tuple[Renglon, ...]
    paginas: Paginas
    nombrados: Nombrados | None

    @property
    def cuantos(self) -> int:
        return len(self.todos)

    @property
    def url_csv(self) -> str:
        return url(self.filtros, orden=self.orden, formato="csv")

    @property
    def ordenes(self) -> tuple[tuple[str, str], ...]:
        """Clave y dirección, para los encabezados de la tabla."""
        claves = ("nombre", "aprobado", "modificado", "ejercido", "avance", "fisico")
        return tuple((c, url(self.filtros, orden=c)) for c in claves)

    @property
    def archivo_completo(self) -> Montos:
        """Las sumas de control del archivo: todo el gasto, no solo lo social."""
        if self.corte is None:
            return Montos()
        corte = self.corte
        return Montos(corte.total_aprobado, corte.total_modificado, corte.total_ejercido)

    @property
    def parte_social(self) -> Decimal | None:
        """Qué parte de todo es lo que aquí se suma, en por ciento; con un filtro no se dice."""
        todo, social = self.archivo_completo.base, self.total.base
        if not todo or social is None or self.filtros.hay:
            return None
        return social / todo * 100

    @property
    def hay_demostracion(self) -> bool:
        return self.corte is not None and self.corte.es_demostracion


def url(filtros: Filtros, **otros: object) -> str:
    """Dirección de esta página con esos filtros."""
    pares = [(d, v) for d in DIMENSIONES if (v := getattr(filtros, d))]
    pares += [(c, str(v)) for c, v in otros.items() if v and (c, v) != ("orden", "aprobado")]
    ruta = reverse("presupuesto:panorama")
    return f"{ruta}?{urlencode(pares)}" if pares else ruta


def panorama(filtros: Filtros, *, orden: str, pagina: int, con_fuentes: bool = False) -> Panorama:
    """Arma la página. Levanta ValueError si se pide una página que no existe."""
    vigentes = de_cortes.vigentes()
    cortes = de_cortes.de_la_ciudad(vigentes)
    mandan = de_cortes.por_ejercicio(cortes)
    reglas = _totales_de_reglas()
    ejercicios = tuple(sorted({*mandan, *reglas}, reverse=True))
    ejercicio = filtros.ejercicio or de_cortes.ultimo(mandan) or max(reglas, default=None)
    del_anio = [c for c in cortes if c.ejercicio == ejercicio]
    corte = de_cortes.elegido(del_anio, ejercicio=ejercicio, momento=filtros.momento)
    pedido = replace(filtros, ejercicio=ejercicio)
    repartos, anuales = montos.repartos(corte, mandan.values(), pedido) if corte else ({}, {})
    grupos = repartos.get("programa", ())
    todos = []
    if ejercicio:
        hallados = renglones(grupos, corte, pedido, ejercicio, con_fuentes=con_fuentes)
        todos = ordenar(hallados, orden)
    monto_reglas, cuantas = reglas.get(ejercicio, (None, 0)) if ejercicio else (None, 0)
    total = montos.sumar(g.montos for g in grupos)
    return Panorama(
        filtros=pedido,
        orden=orden,
        ejercicio=ejercicio,
        ejercicios=ejercicios,
        corte=corte,
        momentos=_momentos(del_anio),
        origen=de_cortes.origen(corte) if corte else None,
        total=total,
        total_reglas=monto_reglas,
        cuantas_reglas=cuantas,
        graficas=_graficas(corte, _por_anio(mandan, anuales, pedido), pedido, total, repartos),
        dependencias=_opciones_de_dependencia(corte, pedido, repartos),
        todos=tuple(todos),
        renglones=tuple(todos[(pagina - 1) * POR_PAGINA : pagina * POR_PAGINA]),
        paginas=_paginas(len(todos), pagina, pedido, orden),
        nombrados=None if pedido.hay else _nombrados(vigentes, ejercicio),
    )


def _momentos(cortes: list[CorteDeEgresos]) -> tuple[tuple[str, str], ...]:
    hay = {c.momento for c in cortes}
    return tuple((str(v), str(n)) for v, n in Momento.choices if v in hay)


def _totales_de_reglas() -> dict[int, tuple[Decimal, int]]:
    """Por año, la suma de lo que dicen las reglas publicadas y de cuántas es."""
    filas = (
        ReglaOperacion.objects.publicadas()
        .filter(presupuesto_aprobado__isnull=False)
        .values("ejercicio")
        .annotate(monto=Sum("presupuesto_aprobado"), cuantas=Count("pk"))
    )
    return {f["ejercicio"]: (f["monto"], f["cuantas"]) for f in filas}


def _graficas(
    corte: CorteDeEgresos | None,
    por_anio: Grafica | None,
    filtros: Filtros,
    total: Montos,
    repartos: Repartos,
) -> tuple[Grafica, ...]:
    if corte is None:
        return ()
    origen = de_cortes.origen(corte)
    hechas = [por_anio]
    for dimension, ancla, que, nota in _repartos():
        grupos = repartos[dimension]
        enlazados = [(g, url(replace(filtros, **{dimension: g.clave}))) for g in grupos]
        hechas.append(
            dibujos.de_barras(
                ancla,
                que,
                enlazados,
                titulo=dibujos.hallazgo_de_reparto(grupos, total) or que,
                origen=origen,
                nota=nota,
                caben=ALCALDIAS if dimension == "alcaldia" else dibujos.EN_GRAFICA,
            )
        )
    return tuple(g for g in hechas if g is not None)


def _repartos() -> tuple[tuple[str, str, str, str], ...]:
    """Dimensión, ancla, nombre y advertencia; se traduce al pedirse."""
    return (
        ("dependencia", "por-dependencia", _("Dependencia"), ""),
        ("capitulo", "por-capitulo", _("Capítulo de gasto"), ""),
        (
            "alcaldia",
            "por-alcaldia",
            _("Alcaldía"),
            _(
                "Solo lo que gastan las propias alcaldías. El archivo no dice en qué parte de la "
                "Ciudad gastan las demás dependencias."
            ),
        ),
    )


def _por_anio(
    mandan: dict[int, CorteDeEgresos], sumas: dict[int, Montos], filtros: Filtros
) -> Grafica | None:
    anios = [
        Grupo(str(anio), _nombre_de_anio(corte), sumas[corte.pk])
        for anio, corte in sorted(mandan.items(), reverse=True)
        if corte.pk in sumas
    ]
    return dibujos.de_barras(
        "por-anio",
        _("Año"),
        [(g, url(replace(filtros, ejercicio=int(g.clave), momento=""))) for g in anios],
        titulo=dibujos.hallazgo_de_anios(
            anios, inventados=frozenset(str(a) for a, c in mandan.items() if c.es_demostracion)
        ),
        nota=_("De cada año, el corte más reciente que se tiene. Son pesos de cada año."),
    )


def _nombre_de_anio(corte: CorteDeEgresos) -> str:
    nombre = f"{corte.ejercicio}, {corte.get_momento_display()}"
    return _("%(anio)s (demostración)") % {"anio": nombre} if corte.es_demostracion else nombre


def _opciones_de_dependencia(
    corte: CorteDeEgresos | None, filtros: Filtros, repartos: Repartos
) -> tuple[tuple[str, str], ...]:
    """Todas las del corte, aunque ahora se vea una; sin filtros son las de la gráfica."""
    if corte is None:
        return ()
    grupos = (
        montos.POR["dependencia"](corte, Filtros(ejercicio=filtros.ejercicio))
        if filtros.hay
        else repartos["dependencia"]
    )
    return tuple(sorted(((g.clave, g.nombre) for g in grupos), key=lambda par: par[1]))


def _paginas(cuantos: int, pagina: int, filtros: Filtros, orden: str) -> Paginas:
    total = max(1, -(-cuantos // POR_PAGINA))
    if pagina > total:
        raise ValueError(_("Esa página no existe: hay %(n)s.") % {"n": total})

    def ir(numero: int) -> str:
        return url(filtros, orden=orden, pagina=numero if numero > 1 else "")

    return Paginas(
        pagina,
        total,
        ir(pagina - 1) if pagina > 1 else "",
        ir(pagina + 1) if pagina < total else "",
    )


def _nombrados(vigentes: list[CorteDeEgresos], ejercicio: int | None) -> Nombrados | None:
    listas = [c for c in vigentes if c.disposicion == Disposicion.NOMBRADOS]
    del_anio = [c for c in listas if c.ejercicio == ejercicio]
    corte = min(del_anio, key=lambda c: c.momento, default=None)
    if corte is None:
        return None
    suma = ResumenDeEgresos.objects.filter(corte=corte, es_social=True).aggregate(
        monto=Sum("aprobado"), cuantos=Count("pk")
    )
    return Nombrados(corte, suma["cuantos"], suma["monto"], corte.filas)
