"""De la regla publicada de un programa a lo que un padrón inventado obedece."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from padron.generacion.reglamento import ApoyoInventado, Reglamento
from programas.models import Apoyo, ReglaOperacion
from programas.models.opciones import Sexo
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.nucleo.normalizacion import clave_comparable
from sibis.territorio.models import Colonia

_EN_CURP = {Sexo.MUJER.value: "M", Sexo.HOMBRE.value: "H"}


def reglamento_de(clave: str, ejercicio: int) -> Reglamento:
    """Con la clave del programa o la oficial de la regla. Levanta ErrorDeNegocio si no hay tal regla."""
    regla = (
        ReglaOperacion.objects.publicadas()
        .filter(Q(programa__clave=clave) | Q(clave_oficial=clave), ejercicio=ejercicio)
        .select_related("programa")
        .order_by("-version")
        .first()
    )
    if regla is None:
        raise ErrorDeNegocio(
            _("No hay una regla publicada de «%(clave)s» en %(ejercicio)s.")
            % {"clave": clave, "ejercicio": ejercicio}
        )
    desde, hasta = _dias_de_entrega(regla)
    colonias = _colonias()
    return Reglamento(
        ejercicio=ejercicio,
        entregas_desde=desde,
        entregas_hasta=hasta,
        prefijo=re.sub(r"[^A-Z0-9]+", "", regla.programa.clave.upper())[:8] or "BS",
        edad_min_meses=regla.edad_min_meses,
        edad_max_meses=regla.edad_max_meses,
        sexo=_EN_CURP.get(regla.sexo),
        alcaldias=frozenset(regla.alcaldias.values_list("clave", flat=True)),
        apoyos=_apoyos(regla),
        colonias=colonias,
        hay_catalogo_de_colonias=bool(colonias),
    )


def _dias_de_entrega(regla: ReglaOperacion) -> tuple[datetime.date, datetime.date]:
    """Un mes: el primero del ejercicio, o el primero de la acción."""
    desde = regla.fecha_inicio or datetime.date(regla.ejercicio, 1, 1)
    hasta = desde + datetime.timedelta(days=30)
    return desde, min(hasta, regla.fecha_fin or hasta)


def _apoyos(regla: ReglaOperacion) -> tuple[ApoyoInventado, ...]:
    """Los de las personas beneficiarias. Sin modalidad, se nombra por su tipo."""
    apoyos = regla.apoyos.filter(para=Apoyo.Para.BENEFICIARIAS).select_related("tipo")
    hallados = tuple(
        ApoyoInventado(
            apoyo.modalidad or apoyo.tipo.nombre,
            apoyo.monto_minimo,
            apoyo.monto_maximo or apoyo.monto_minimo,
        )
        for apoyo in apoyos
    )
    return hallados or (ApoyoInventado("", None, None),)


def _colonias() -> dict[str, tuple[str, ...]]:
    """Las de cada alcaldía cuyo nombre no se repite en otra: así se sabe cuál está mal."""
    por_nombre: dict[str, set[tuple[str, str]]] = defaultdict(set)
    vigentes: Any = Colonia.objects.filter(alcaldia__isnull=False)
    for alcaldia, nombre in vigentes.values_list("alcaldia__clave", "nombre"):
        por_nombre[clave_comparable(nombre)].add((alcaldia, nombre))
    colonias: dict[str, list[str]] = defaultdict(list)
    for formas in por_nombre.values():
        if len({alcaldia for alcaldia, _nombre in formas}) == 1:
            alcaldia, nombre = min(formas)
            colonias[alcaldia].append(nombre)
    return {alcaldia: tuple(sorted(nombres)) for alcaldia, nombres in colonias.items()}
