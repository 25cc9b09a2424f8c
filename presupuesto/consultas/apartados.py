"""Lo que presupuesto pone en la página de un programa."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from presupuesto.consultas.mir import matriz
from presupuesto.consultas.programa import anio_de
from programas.consultas.apartados import Apartado
from programas.models import ReglaOperacion


def presupuesto_y_avance(regla: ReglaOperacion) -> Apartado | None:
    """Lo del ejercicio de la regla. Sin más de lo que ya dice la regla, no hay apartado."""
    anio = anio_de(regla)
    if anio.informe is None and not _dice_algo_nuevo(anio.dichos, anio.fisico):
        return None
    return Apartado(
        "presupuesto",
        _("Presupuesto y avance"),
        "presupuesto/_apartado.html",
        {"anio": anio, "url": reverse("presupuesto:programa", args=[regla.programa.slug])},
    )


def _dice_algo_nuevo(dichos: tuple, fisico: object) -> bool:
    return any(d.certeza for d in dichos) or getattr(fisico, "alcanzado", None) is not None


def indicadores(regla: ReglaOperacion) -> Apartado | None:
    """La MIR del año, en corto."""
    hallada = matriz(regla.programa, regla.ejercicio, con_otros_anios=False)
    if not hallada.cuantos:
        return None
    return Apartado(
        "mir",
        _("Indicadores (MIR)"),
        "presupuesto/_apartado_mir.html",
        {
            "matriz": hallada,
            "url": reverse("presupuesto:mir", args=[regla.programa.slug, regla.ejercicio]),
        },
    )
