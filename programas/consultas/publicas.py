"""Las reglas que se pueden leer: la publicada de un año, o una versión que alguna vez lo fue."""

from __future__ import annotations

import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from programas.consultas.resultados import url_de_programa
from programas.estados import FUERON_PUBLICOS, EstadoRegla
from programas.models import Apoyo, Compatibilidad, MetaFisica, Programa, ReglaOperacion


def reglas_para_leer() -> QuerySet[ReglaOperacion]:
    """Reglas con todo lo que su página y sus documentos dicen, del último año al primero."""
    return (
        ReglaOperacion.objects.select_related("programa", "dependencia")
        .prefetch_related(
            "dependencia__denominaciones",
            "alcaldias",
            "derechos",
            "grupos",
            "requisitos",
            "fuentes",
            "poblaciones__fuente",
            "alineaciones",
            Prefetch("compatibilidades", Compatibilidad.objects.select_related("programa")),
            Prefetch("apoyos", Apoyo.objects.select_related("tipo", "fuente")),
            Prefetch("metas", MetaFisica.objects.select_related("fuente")),
        )
        .order_by("-ejercicio", "-version")
    )


def regla_publica(
    programa: Programa, *, ejercicio: int | None = None, version: int | None = None
) -> ReglaOperacion:
    """La publicada de ese año (o la última), o una versión que fue pública. Levanta DoesNotExist."""
    reglas = reglas_para_leer().filter(programa=programa)
    if ejercicio is not None:
        reglas = reglas.filter(ejercicio=ejercicio)
    # Sin ejercicio, la versión es la del último año que la tuvo: «1» hay una por año.
    regla = (
        reglas.publicadas()
        if version is None
        else reglas.filter(version=version, estado__in=FUERON_PUBLICOS)
    ).first()
    if regla is None:
        raise ReglaOperacion.DoesNotExist
    return regla


def vigente_de(regla: ReglaOperacion) -> ReglaOperacion | None:
    """La publicada hoy de ese ejercicio, si esta ya es una versión sustituida."""
    if regla.estado != EstadoRegla.SUSTITUIDO:
        return None
    return (
        ReglaOperacion.objects.publicadas()
        .filter(programa=regla.programa, ejercicio=regla.ejercicio)
        .only("version", "publicado_en", "gaceta_fecha", "ejercicio")
        .first()
    )


def ejercicios_de(programa: Programa, actual: int) -> tuple[tuple[int, str, bool], ...]:
    anios = (
        ReglaOperacion.objects.filter(programa=programa)
        .publicadas()
        .order_by("-ejercicio")
        .values_list("ejercicio", flat=True)
    )
    return tuple((anio, url_de_programa(programa, anio), anio == actual) for anio in anios)


def dependencia_entonces(regla: ReglaOperacion) -> str:
    """Cómo se llamaba al terminar ese año; hoy, si el año no ha terminado."""
    dia = min(datetime.date(regla.ejercicio, 12, 31), timezone.localdate())
    entonces = regla.dependencia.denominacion_en(dia)
    return entonces.nombre if entonces else regla.dependencia.nombre_actual
