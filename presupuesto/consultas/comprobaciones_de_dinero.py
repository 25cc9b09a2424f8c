"""Las comprobaciones de la parte financiera."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from presupuesto.consultas.hallazgos import Hallazgo, cifra
from presupuesto.consultas.informe import InformeLeido
from sibis.formatos.fechas import fecha_larga
from sibis.nucleo.avance import se_aparta

# Campo del informe → momento del archivo de egresos con que se compara.
_CONTRA = (
    ("presupuesto_original", "aprobado"),
    ("presupuesto_modificado", "modificado"),
    ("presupuesto_ejercido", "ejercido"),
)


def gasto_explicado(leido: InformeLeido, tolerancia: Decimal) -> Iterator[Hallazgo]:
    informe = leido.informe
    if informe.explicacion_del_gasto.strip():
        return
    if se_aparta(leido.icppp, tolerancia):
        yield Hallazgo(
            _(
                "Se ejerció el %(icppp)s %% de lo programado: explica la variación del gasto (se pide "
                "cuando se aparta más de %(puntos)s puntos)."
            )
            % {"icppp": leido.icppp, "puntos": cifra(tolerancia)},
            "explicacion_del_gasto",
        )
    elif informe.presupuesto_programado == 0 and informe.presupuesto_ejercido:
        yield Hallazgo(
            _("No se programó gasto y se ejercieron %(n)s pesos: explica por qué.")
            % {"n": cifra(informe.presupuesto_ejercido)},
            "explicacion_del_gasto",
        )


def no_pasa_de_lo_modificado(leido: InformeLeido, _tolerancia: Decimal) -> Iterator[Hallazgo]:
    informe = leido.informe
    tope = informe.presupuesto_modificado
    for campo in ("presupuesto_devengado", "presupuesto_ejercido"):
        valor = getattr(informe, campo)
        if None not in (valor, tope) and valor > tope:
            yield Hallazgo(
                _("Lo %(cual)s (%(n)s) pasa del presupuesto modificado (%(tope)s).")
                % {
                    "cual": informe._meta.get_field(campo).verbose_name,
                    "n": cifra(valor),
                    "tope": cifra(tope),
                },
                campo,
            )


def ejercido_devengado(leido: InformeLeido, _tolerancia: Decimal) -> Iterator[Hallazgo]:
    """Primero se devenga y después se ejerce: lo segundo no pasa de lo primero."""
    ejercido, devengado = (
        leido.informe.presupuesto_ejercido,
        leido.informe.presupuesto_devengado,
    )
    if ejercido is not None and devengado is not None and ejercido > devengado:
        yield Hallazgo(
            _("Lo ejercido (%(ejercido)s) pasa de lo devengado (%(devengado)s).")
            % {"ejercido": cifra(ejercido), "devengado": cifra(devengado)},
            "presupuesto_ejercido",
        )


def cuadra_con_egresos(leido: InformeLeido, tolerancia: Decimal) -> Iterator[Hallazgo]:
    """Solo contra un vínculo que Finanzas confirmó: lo demás se muestra, sin pedir nada."""
    oficial = leido.oficial
    if oficial is None or not oficial.confirmado or leido.informe.explicacion_de_egresos.strip():
        return
    for campo, momento in _CONTRA:
        informado, dicho = getattr(leido.informe, campo), getattr(oficial.montos, momento)
        diferencia = oficial.diferencia(informado, dicho)
        if diferencia is None or abs(diferencia) <= tolerancia:
            continue
        yield Hallazgo(
            _(
                "%(cual)s: informas %(informado)s y el archivo de egresos dice %(dicho)s (%(fuente)s, "
                "corte al %(dia)s). Explica la diferencia de %(diferencia)s."
            )
            % {
                "cual": str(leido.informe._meta.get_field(campo).verbose_name).capitalize(),
                "informado": cifra(informado),
                "dicho": cifra(dicho),
                "fuente": oficial.origen.nombre,
                "dia": fecha_larga(oficial.corte),
                "diferencia": cifra(diferencia),
            },
            "explicacion_de_egresos",
        )
