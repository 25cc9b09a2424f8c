"""Las reglas que se pueden leer: la publicada de un año, o una versión que alguna vez lo fue."""

from __future__ import annotations

import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from programas.consultas.capturado import completar
from programas.consultas.resultados import url_de_programa
from programas.estados import FUERON_PUBLICOS, EstadoRegla
from programas.models import (
    Apoyo,
    Compatibilidad,
    MetaFisica,
    Poblacion,
    Programa,
    ReglaOperacion,
    TextoApartado,
)
from sibis.territorio.models import Alcaldia

_ANIOS_DEL_PROGRAMA = (
    ReglaOperacion.objects.publicadas()
    .filter(programa=OuterRef("programa"))
    .order_by("-ejercicio")
    .values("ejercicio")
)


def _reglas() -> QuerySet[ReglaOperacion]:
    return (
        ReglaOperacion.objects.select_related("programa", "dependencia")
        .annotate(
            con_texto=Exists(TextoApartado.objects.filter(regla=OuterRef("pk")).exclude(texto="")),
            anios=ArraySubquery(_ANIOS_DEL_PROGRAMA),
        )
        .order_by("-ejercicio", "-version")
    )


def reglas_para_leer() -> QuerySet[ReglaOperacion]:
    """Reglas con todo lo que su página y sus documentos dicen, del último año al primero."""
    return _reglas().prefetch_related(
        "dependencia__denominaciones",
        Prefetch("alcaldias", Alcaldia.objects.only("clave", "nombre")),  # sin su polígono
        "derechos",
        "grupos",
        "requisitos",
        "fuentes",
        Prefetch("poblaciones", Poblacion.objects.select_related("fuente")),
        "alineaciones",
        Prefetch("compatibilidades", Compatibilidad.objects.select_related("programa")),
        Prefetch("apoyos", Apoyo.objects.select_related("tipo", "fuente")),
        Prefetch("metas", MetaFisica.objects.select_related("fuente")),
    )


def regla_publica(
    programa: Programa | str, *, ejercicio: int | None = None, version: int | None = None
) -> ReglaOperacion:
    """La publicada de ese año (o la última), o una versión que fue pública. Levanta DoesNotExist.

    El programa también se da por su dirección: es una consulta menos.
    """
    suyas = {"programa__slug": programa} if isinstance(programa, str) else {"programa": programa}
    reglas = _reglas().filter(**suyas)
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
    completar(regla)
    return regla


def regla_que_regia(slug: str, *, ejercicio: int | None, dia: datetime.date) -> ReglaOperacion:
    """La versión en vigor ese día: la última que ya regía entonces. Levanta DoesNotExist.

    Rige desde su fecha de vigencia o, si no la dice, desde su Gaceta. Sin ejercicio, el de ese día.
    """
    regla = (
        _reglas()
        .filter(programa__slug=slug, ejercicio=ejercicio or dia.year, estado__in=FUERON_PUBLICOS)
        .alias(rige=Coalesce("vigente_desde", "gaceta_fecha"))
        .filter(rige__lte=dia)
        .order_by("-rige", "-version")
        .first()
    )
    if regla is None:
        raise ReglaOperacion.DoesNotExist
    completar(regla)
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


def ejercicios_de(regla: ReglaOperacion) -> tuple[tuple[int, str, bool], ...]:
    """(año, dirección, ¿es este?) de cada ejercicio publicado, del último al primero."""
    programa = regla.programa
    return tuple(
        (anio, url_de_programa(programa, anio), anio == regla.ejercicio)
        for anio in regla.anios  # type: ignore[attr-defined]
    )


def dependencia_entonces(regla: ReglaOperacion) -> str:
    """Cómo se llamaba al terminar ese año; hoy, si el año no ha terminado."""
    dia = min(datetime.date(regla.ejercicio, 12, 31), timezone.localdate())
    entonces = regla.dependencia.denominacion_en(dia)
    return entonces.nombre if entonces else regla.dependencia.nombre_actual
