"""Las versiones públicas de un ejercicio: qué es cada una, por qué se hizo y desde qué día rige."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from programas.consultas.resultados import url_de_programa
from programas.estados import FUERON_PUBLICOS
from programas.models import ReglaOperacion


@dataclass(frozen=True, slots=True)
class VersionPublica:
    """Una de las versiones de un ejercicio: qué es, por qué se hizo y desde qué día rige."""

    numero: int
    clase: str
    razon: str
    rige: datetime.date | None
    url: str
    url_del_dia: str
    es_esta: bool


def versiones_de(regla: ReglaOperacion) -> tuple[VersionPublica, ...]:
    """Las públicas de su ejercicio hasta esta, de la última a la primera; si es la única, ninguna.

    Las que la siguieron no: el enlace de una versión dice siempre lo mismo.
    """
    hermanas = (
        ReglaOperacion.objects.filter(
            programa=regla.programa_id,
            ejercicio=regla.ejercicio,
            version__lte=regla.version,
            estado__in=FUERON_PUBLICOS,
        )
        .only(
            *("version", "clase_de_version", "razon_de_la_version"),
            *("vigente_desde", "gaceta_fecha"),
        )
        .order_by("-version")
    )
    ruta = url_de_programa(regla.programa, regla.ejercicio)
    hechas = tuple(_version(h, ruta, es_esta=h.pk == regla.pk) for h in hermanas)
    return hechas if len(hechas) > 1 else ()


def _version(regla: ReglaOperacion, ruta: str, *, es_esta: bool) -> VersionPublica:
    rige = regla.vigente_desde or regla.gaceta_fecha
    return VersionPublica(
        numero=regla.version,
        clase=str(regla.get_clase_de_version_display()),
        razon=regla.razon_de_la_version,
        rige=rige,
        url=f"{ruta}?version={regla.version}",
        url_del_dia=f"{ruta}?fecha={rige.isoformat()}" if rige else "",
        es_esta=es_esta,
    )
