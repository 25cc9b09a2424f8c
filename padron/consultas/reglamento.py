"""De los hechos de una regla a lo que un padrón inventado obedece: los mismos con que se revisará."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict

from padron.consultas.regla import hechos_de, programa_de, regla_vigente
from padron.generacion.reglamento import ApoyoInventado, Reglamento
from padron.validacion.regla import Regla

_UN_MES = datetime.timedelta(days=30)


def reglamento_de(clave: str, ejercicio: int) -> Reglamento:
    """Levanta SinRegla si el programa no existe o no tiene regla en ese ejercicio."""
    regla = regla_vigente(programa_de(clave), ejercicio)
    desde = regla.fecha_inicio or datetime.date(ejercicio, 1, 1)
    return de_hechos(
        hechos_de(regla),
        desde=desde,
        hasta=min(desde + _UN_MES, regla.fecha_fin or desde + _UN_MES),
    )


def de_hechos(hechos: Regla, *, desde: datetime.date, hasta: datetime.date) -> Reglamento:
    """Los apoyos son los de personas. Las colonias, aquellas cuyo nombre no se repite en otra alcaldía."""
    apoyos = tuple(
        ApoyoInventado(a.nombre, a.minimo, a.maximo) for a in hechos.apoyos if a.para == "persona"
    )
    return Reglamento(
        ejercicio=hechos.ejercicio,
        entregas_desde=desde,
        entregas_hasta=hasta,
        prefijo=re.sub(r"[^A-Z0-9]+", "", hechos.clave.upper())[:8] or "BS",
        edad_min_meses=hechos.edad_min_meses,
        edad_max_meses=hechos.edad_max_meses,
        sexo=hechos.sexo or None,
        alcaldias=frozenset(hechos.alcaldias),
        apoyos=apoyos or (ApoyoInventado("", None, None),),
        tipos=frozenset(hechos.tipos_admitidos),
        colonias=_colonias(hechos),
        hay_catalogo_de_colonias=bool(hechos.colonias),
    )


def _colonias(hechos: Regla) -> dict[str, tuple[str, ...]]:
    donde: dict[str, list[str]] = defaultdict(list)
    for alcaldia, nombre in hechos.colonias:
        donde[nombre].append(alcaldia)
    por_alcaldia: dict[str, list[str]] = defaultdict(list)
    for nombre, alcaldias in donde.items():
        if len(alcaldias) == 1:
            por_alcaldia[alcaldias[0]].append(nombre)
    return {alcaldia: tuple(sorted(nombres)) for alcaldia, nombres in por_alcaldia.items()}
