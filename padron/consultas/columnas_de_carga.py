"""La página en que alguien dice qué es cada columna: lo que se adivinó, lo que falta y por qué se pide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from padron.consultas.regla import hechos_de
from padron.lectura.encabezado import letra_de
from padron.models import Carga
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.validacion.comprobaciones.exigencias import ALTERNATIVAS, exigencias, faltantes
from padron.validacion.mapeo import columnas_elegibles
from padron.validacion.patrones import titulo_de
from padron.validacion.piezas import silueta
from padron.validacion.regla import Regla

MUESTRAS = 3
Muestra = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class ColumnaDelArchivo:
    """Una columna como viene. `muestras` son siluetas («AAAA999999…») si no se pidieron los valores."""

    lugar: int
    letra: str
    titulo: str
    muestras: tuple[str, ...]
    es: str
    es_dudosa: bool


@dataclass(frozen=True, slots=True)
class ColumnaQueFalta:
    identificador: str
    titulo: str
    razon: str
    bloquea: bool


@dataclass(frozen=True, slots=True)
class Columnas:
    regla: Regla
    columnas: tuple[ColumnaDelArchivo, ...]
    faltan: tuple[ColumnaQueFalta, ...]
    recomendadas: tuple[ColumnaQueFalta, ...]
    hojas: tuple[str, ...]
    hoja: str
    fila_encabezado: int
    hay_muestra: bool

    @property
    def dudosas(self) -> tuple[ColumnaDelArchivo, ...]:
        return tuple(c for c in self.columnas if c.es_dudosa)


def columnas_de(
    carga: Carga,
    *,
    muestra: Muestra,
    con_valores: bool = False,
    elegido: Mapping[int, str] | None = None,
) -> Columnas:
    """`elegido` (lugar → identificador) es lo que alguien acaba de decir; si no, lo guardado o lo adivinado."""
    regla = hechos_de(carga.regla)
    encabezado = tuple(carga.lectura.get("encabezado", ()))
    lugares, dudosas = _propuesta(carga)
    es = dict(elegido) if elegido is not None else {v: k for k, v in lugares.items()}
    faltan = faltantes(regla, [i for i in es.values() if i])
    return Columnas(
        regla=regla,
        columnas=tuple(
            ColumnaDelArchivo(
                lugar=lugar,
                letra=letra_de(lugar),
                titulo=titulo,
                muestras=_muestras(muestra, lugar, con_valores),
                es=es.get(lugar, ""),
                es_dudosa=es.get(lugar, "") in dudosas,
            )
            for lugar, titulo in enumerate(encabezado)
        ),
        faltan=tuple(_que_falta(c, regla, bloquea=True) for c in faltan.bloquean),
        recomendadas=tuple(_que_falta(c, regla, bloquea=False) for c in faltan.recomendadas),
        hojas=tuple(carga.lectura.get("hojas", ())),
        hoja=carga.lectura.get("hoja") or "",
        fila_encabezado=carga.lectura.get("fila_encabezado") or 0,
        hay_muestra=bool(muestra),
    )


def opciones(regla: Regla) -> list[tuple[str, str]]:
    """Lo que puede ser una columna, en el orden de la plantilla; con asterisco lo que la regla exige."""
    exigidas = exigencias(regla).bloquean
    return [("", _("No se usa"))] + [
        (c.identificador, f"{c.titulo} *" if c.identificador in exigidas else c.titulo)
        for c in columnas_elegibles()
    ]


def _propuesta(carga: Carga) -> tuple[Mapping[str, int], frozenset[str]]:
    """Lo confirmado; si no, lo que el sistema adivinó al leer, con lo que no le queda claro."""
    if carga.mapeo:
        return carga.mapeo, frozenset()
    propuesta = carga.lectura.get("propuesta") or {}
    return propuesta.get("lugares", {}), frozenset(propuesta.get("dudosas", ()))


def _muestras(muestra: Muestra, lugar: int, con_valores: bool) -> tuple[str, ...]:
    """Las primeras que traigan algo. Sin permiso, su forma: letras y cifras, no el dato."""
    llenas = (f[lugar].strip() for f in muestra if lugar < len(f) and f[lugar].strip())
    tomadas = [texto for _n, texto in zip(range(MUESTRAS), llenas, strict=False)]
    return tuple(t[:60] if con_valores else silueta(t) for t in tomadas)


def _que_falta(columna: str, regla: Regla, *, bloquea: bool) -> ColumnaQueFalta:
    otras = [titulo_de(c) for c in ALTERNATIVAS.get(columna, ()) if c in POR_IDENTIFICADOR]
    razon = _razon(columna, regla)
    if otras:
        razon = _("%(razon)s También vale «%(otra)s».") % {
            "razon": razon,
            "otra": "» o «".join(otras),
        }
    return ColumnaQueFalta(columna, titulo_de(columna), razon, bloquea)


def _razon(columna: str, regla: Regla) -> str:
    """Por qué se pide, en una oración que nombra lo que la regla dice."""
    if columna in ("nombres", "primer_apellido", "curp"):
        return _("Sin ella no se sabe de quién es cada renglón.")
    if columna == "fecha_nacimiento" and regla.limita_la_edad:
        return _("La regla pide edad: %(edad)s.") % {"edad": _edad(regla)}
    if columna == "sexo" and regla.sexo:
        return _("La regla es para %(quienes)s.") % {"quienes": regla.datos["sexo_de_la_regla"]}
    if columna == "alcaldia" and regla.alcaldias:
        return _("La regla pide vivir en ciertas alcaldías.")
    if columna == "monto" and regla.es_monetaria:
        return _("La regla fija cuánto se entrega.")
    return _("La pide el formato de %(anio)s.") % {"anio": regla.ejercicio}


def _edad(regla: Regla) -> str:
    datos = regla.datos
    if regla.edad_max_meses is None:
        return _("%(minima)s o más") % {"minima": datos["edad_minima"]}
    if regla.edad_min_meses is None:
        return _("hasta %(maxima)s") % {"maxima": datos["edad_maxima"]}
    return _("de %(minima)s a %(maxima)s") % {
        "minima": datos["edad_minima"],
        "maxima": datos["edad_maxima"],
    }
