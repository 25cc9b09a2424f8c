"""Qué le falta a una regla antes de enviarse o publicarse: todo a la vez, con su norma."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

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
    """Una cosa por completar: la oración, la norma que la pide y la sección donde se arregla."""

    clave: str
    texto: str
    norma: str
    seccion: str


def _apartados_completos(regla: ReglaOperacion) -> bool:
    """Cada capítulo vigente del documento tiene texto, en él o en alguno de sus numerales."""
    aplican = Apartado.objects.vigentes().filter(aplica_a__in=[regla.programa.tipo, AplicaA.AMBOS])
    escritos = regla.textos.exclude(texto="").values_list("apartado__numeral", flat=True)
    capitulos = {numeral.split(".")[0] for numeral in escritos}
    return all(a.numeral in capitulos for a in aplican if "." not in a.numeral)


# Clave de la exigencia → (sección del formulario, ¿la cumple?). Si rige o no, y por qué norma,
# lo dice el renglón de Exigencia: aquí solo se sabe mirar.
COMPROBACIONES: dict[str, tuple[str, Callable[[ReglaOperacion], bool]]] = {
    "resumen": ("que-es", lambda r: bool(r.resumen)),
    "a_quien": ("que-es", lambda r: bool(r.a_quien)),
    "objetivo": ("que-es", lambda r: bool(r.objetivo)),
    "responsable": ("nombre", lambda r: bool(r.unidad_responsable)),
    "poblacion_objetivo": (
        "poblaciones",
        lambda r: r.poblaciones.filter(
            clase=Poblacion.Clase.OBJETIVO, total__isnull=False
        ).exists(),
    ),
    "meta_fisica": ("metas", lambda r: r.metas.exists()),
    "presupuesto": ("dinero", lambda r: r.presupuesto_aprobado is not None),
    "apoyos": ("apoyos", lambda r: r.apoyos.exists()),
    "requisitos": (
        "requisitos",
        lambda r: r.requisitos.filter(clase=Requisito.Clase.CONDICION).exists(),
    ),
    "residencia": ("para-quien", lambda r: r.residencia != Residencia.SIN_DATO),
    "queja": ("acceso", lambda r: bool(r.queja)),
    "apartados": ("textos", _apartados_completos),
    "fechas": ("dinero", lambda r: bool(r.fecha_inicio and r.fecha_fin)),
    "gaceta": ("publicacion", lambda r: bool(r.gaceta_numero and r.gaceta_fecha)),
    "coplade": ("publicacion", lambda r: bool(r.coplade_acuerdo)),
    "leyenda": ("publicacion", lambda r: Leyenda.objects.vigentes().exists()),
}


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
    lista = []
    for exigencia in exigencias:
        seccion, cumple = COMPROBACIONES.get(exigencia.clave.replace("-", "_"), ("", None))
        if cumple is not None and not cumple(regla):
            norma = ", ".join(filter(None, [exigencia.norma, exigencia.articulo]))
            lista.append(Faltante(exigencia.clave, exigencia.nombre, norma, seccion))
    for ruta in settings.REQUISITOS_DE_REGLA:
        lista.extend(import_string(ruta)(regla, momento))
    return lista
