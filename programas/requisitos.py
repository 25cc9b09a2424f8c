"""Qué le falta a una regla antes de enviarse o publicarse: todo a la vez, con su norma."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from programas.models import (
    Apartado,
    AplicaA,
    Exigencia,
    Leyenda,
    Poblacion,
    ReglaOperacion,
    Requisito,
    Residencia,
)


@dataclass(frozen=True, slots=True)
class Faltante:
    """Una cosa por completar: la oración, la norma que la pide y el campo donde se arregla."""

    clave: str
    texto: str
    norma: str
    seccion: str
    campo: str = ""
    url: str = ""


class Comprobacion(NamedTuple):
    """En qué campo se arregla, y si la regla ya lo cumple."""

    seccion: str
    campo: str
    cumple: Callable[[ReglaOperacion], bool]


def _capitulos_sin_texto(regla: ReglaOperacion) -> list[Apartado]:
    """Los capítulos vigentes que no tienen texto, ni en ellos ni en alguno de sus numerales."""
    aplican = Apartado.objects.vigentes().filter(aplica_a__in=[regla.programa.tipo, AplicaA.AMBOS])
    escritos = regla.textos.exclude(texto="").values_list("apartado__numeral", flat=True)
    con_texto = {numeral.split(".")[0] for numeral in escritos}
    return [a for a in aplican if "." not in a.numeral and a.numeral not in con_texto]


_C = Comprobacion
# Clave de la exigencia → dónde se arregla y si se cumple. Si rige o no, y por qué norma, lo dice el
# renglón de Exigencia: aquí solo se sabe mirar.
COMPROBACIONES: dict[str, Comprobacion] = {
    "resumen": _C("que-es", "resumen", lambda r: bool(r.resumen)),
    "a_quien": _C("que-es", "a_quien", lambda r: bool(r.a_quien)),
    "objetivo": _C("que-es", "objetivo", lambda r: bool(r.objetivo)),
    "responsable": _C("nombre", "unidad_responsable", lambda r: bool(r.unidad_responsable)),
    "poblacion_objetivo": _C(
        "poblaciones",
        "poblacion-objetivo",
        lambda r: r.poblaciones.filter(
            clase=Poblacion.Clase.OBJETIVO, total__isnull=False
        ).exists(),
    ),
    "meta_fisica": _C("metas", "metas", lambda r: r.metas.exists()),
    "presupuesto": _C(
        "dinero", "presupuesto_aprobado", lambda r: r.presupuesto_aprobado is not None
    ),
    "apoyos": _C("apoyos", "apoyos", lambda r: r.apoyos.exists()),
    "requisitos": _C(
        "requisitos",
        "requisitos",
        lambda r: r.requisitos.filter(clase=Requisito.Clase.CONDICION).exists(),
    ),
    "residencia": _C("para-quien", "residencia", lambda r: r.residencia != Residencia.SIN_DATO),
    "queja": _C("acceso", "queja", lambda r: bool(r.queja)),
    "apartados": _C("capitulo", "", lambda r: not _capitulos_sin_texto(r)),
    "fechas": _C("dinero", "fecha_inicio", lambda r: bool(r.fecha_inicio and r.fecha_fin)),
    "razon_de_la_version": _C(
        "modificacion",
        "razon_de_la_version",
        lambda r: bool(r.razon_de_la_version) or not r.es_modificacion,
    ),
    "vigente_desde": _C(
        "modificacion",
        "vigente_desde",
        lambda r: r.vigente_desde is not None or not r.es_modificacion,
    ),
    "gaceta": _C("publicacion", "", lambda r: bool(r.gaceta_numero and r.gaceta_fecha)),
    "coplade": _C("publicacion", "", lambda r: bool(r.coplade_acuerdo)),
    "leyenda": _C("publicacion", "", lambda r: Leyenda.objects.vigentes().exists()),
}


def url_de_campo(regla: ReglaOperacion, seccion: str, campo: str) -> str:
    """La página de la sección, en el campo exacto."""
    ruta = reverse("admin:programas_regla_seccion", args=[regla.pk, seccion])
    return f"{ruta}#campo-{campo}"


def faltantes(
    regla: ReglaOperacion, momento: str, *, fecha: datetime.date | None = None
) -> list[Faltante]:
    """Lo que falta para ese momento («enviar» o «publicar»), según lo que rige ese día.

    Publicar exige también lo de enviar. Los apps de arriba añaden comprobaciones propias en
    settings.REQUISITOS_DE_REGLA (rutas con puntos, en orden), sin que este módulo los conozca.
    """
    momentos = [momento] if momento == Exigencia.Momento.ENVIAR else list(Exigencia.Momento)
    exigencias = Exigencia.objects.vigentes(fecha or timezone.localdate()).filter(
        momento__in=momentos, aplica_a__in=[regla.programa.tipo, AplicaA.AMBOS]
    )
    lista: list[Faltante] = []
    for exigencia in exigencias:
        comprobacion = COMPROBACIONES.get(exigencia.clave.replace("-", "_"))
        if comprobacion is not None and not comprobacion.cumple(regla):
            lista.extend(_faltas(regla, exigencia, comprobacion))
    for ruta in settings.REQUISITOS_DE_REGLA:
        lista.extend(import_string(ruta)(regla, momento))
    return lista


def _faltas(
    regla: ReglaOperacion, exigencia: Exigencia, comprobacion: Comprobacion
) -> list[Faltante]:
    """Una; de los capítulos del documento, una por cada uno."""
    norma = ", ".join(filter(None, [exigencia.norma, exigencia.articulo]))
    if comprobacion.seccion == "capitulo":
        return [
            Faltante(
                exigencia.clave,
                _("Falta escribir el capítulo %(capitulo)s.") % {"capitulo": capitulo},
                capitulo.norma or norma,
                f"capitulo-{capitulo.clave}",
                capitulo.clave,
                url_de_campo(regla, f"capitulo-{capitulo.clave}", capitulo.clave),
            )
            for capitulo in _capitulos_sin_texto(regla)
        ]
    seccion, campo, _cumple = comprobacion
    url = url_de_campo(regla, seccion, campo) if campo else ""
    return [Faltante(exigencia.clave, exigencia.nombre, norma, seccion, campo, url)]
