"""Qué le falta a un informe y qué llama la atención: todo a la vez, con su norma y su lugar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from presupuesto.consultas.comprobaciones_de_dinero import (
    cuadra_con_egresos,
    ejercido_devengado,
    gasto_explicado,
    no_pasa_de_lo_modificado,
)
from presupuesto.consultas.comprobaciones_de_metas import (
    cuarto_programa_todo,
    evidencia_por_meta,
    metas_de_la_regla,
    modificada_con_motivo,
    variacion_explicada,
)
from presupuesto.consultas.hallazgos import Hallazgo, cifra
from presupuesto.consultas.informe import InformeLeido
from presupuesto.models import Comprobacion, ExigenciaDeInforme
from presupuesto.models.resguardos import IMPORTES
from sibis.formatos.fechas import fecha_larga

Mirar = Callable[[InformeLeido, Decimal], Iterator[Hallazgo]]


@dataclass(frozen=True, slots=True)
class Faltante:
    """Lo que se muestra y lo que pide el motor: oración, norma y a qué campo lleva."""

    clave: str
    texto: str
    norma: str
    seccion: str
    bloquea: bool = True


def faltantes(leido: InformeLeido) -> list[Faltante]:
    """Primero lo que detiene. Si dos exigencias señalan lo mismo, queda la más severa."""
    hallados: dict[tuple[str, str, str], Faltante] = {}
    exigencias = ExigenciaDeInforme.objects.vigentes(leido.informe.ultimo_dia)
    for exigencia in exigencias.order_by("orden", "pk"):
        if exigencia.solo_trimestre not in (None, leido.informe.trimestre):
            continue
        bloquea = exigencia.severidad == ExigenciaDeInforme.Severidad.BLOQUEA
        mirar = COMPROBACIONES[Comprobacion(exigencia.comprobacion)]
        for hallazgo in mirar(leido, exigencia.tolerancia):
            llave = (exigencia.comprobacion, hallazgo.campo, hallazgo.texto)
            if llave in hallados and hallados[llave].bloquea:
                continue
            hallados[llave] = Faltante(
                exigencia.clave, hallazgo.texto, exigencia.norma, hallazgo.campo, bloquea
            )
    return sorted(hallados.values(), key=lambda f: not f.bloquea)


def _trimestre_cerrado(leido: InformeLeido, _tolerancia: Decimal) -> Iterator[Hallazgo]:
    ultimo = leido.informe.ultimo_dia
    if ultimo >= timezone.localdate():
        yield Hallazgo(
            _("El periodo termina el %(dia)s: se puede escribir, y se envía después.")
            % {"dia": fecha_larga(ultimo)}
        )


def _cifras_completas(leido: InformeLeido, _tolerancia: Decimal) -> Iterator[Hallazgo]:
    if not leido.metas:
        yield Hallazgo(_("La regla no trae metas físicas: sin ellas no hay qué informar."))
    for meta in leido.metas:
        for campo, nombre in (("programada", _("programada")), ("alcanzada", _("alcanzada"))):
            if getattr(meta.renglon, campo) is None:
                yield Hallazgo(
                    _("Falta la cantidad %(cual)s de «%(meta)s». Si fue nada, escribe 0.")
                    % {"cual": nombre, "meta": meta.renglon.unidad},
                    f"meta-{meta.renglon.orden}-{campo}",
                )
    for campo in IMPORTES:
        if getattr(leido.informe, campo) is None:
            etiqueta = leido.informe._meta.get_field(campo).verbose_name
            yield Hallazgo(_("Falta el importe: %(cual)s.") % {"cual": etiqueta}, campo)


def _acumulado_no_baja(leido: InformeLeido, _tolerancia: Decimal) -> Iterator[Hallazgo]:
    for meta in leido.metas:
        antes = meta.antes.alcanzada if meta.antes else None
        ahora = meta.renglon.alcanzada
        if None not in (antes, ahora) and ahora < antes and not meta.renglon.explicacion.strip():
            yield Hallazgo(
                _(
                    "Lo alcanzado de «%(meta)s» baja de %(antes)s a %(ahora)s y las cifras son "
                    "acumuladas: corrígela o explica por qué."
                )
                % {"meta": meta.renglon.unidad, "antes": cifra(antes), "ahora": cifra(ahora)},
                f"meta-{meta.renglon.orden}-alcanzada",
            )
    yield from _dinero_que_baja(leido)


def _dinero_que_baja(leido: InformeLeido) -> Iterator[Hallazgo]:
    if leido.anterior is None or leido.informe.explicacion_del_gasto.strip():
        return
    for campo in ("presupuesto_devengado", "presupuesto_ejercido"):
        antes, ahora = getattr(leido.anterior, campo), getattr(leido.informe, campo)
        if None not in (antes, ahora) and ahora < antes:
            etiqueta = leido.informe._meta.get_field(campo).verbose_name
            yield Hallazgo(
                _(
                    "Lo %(cual)s baja de %(antes)s a %(ahora)s y es acumulado: corrígelo o explica "
                    "por qué."
                )
                % {"cual": etiqueta, "antes": cifra(antes), "ahora": cifra(ahora)},
                campo,
            )


def _personas_por_sexo(leido: InformeLeido, _tolerancia: Decimal) -> Iterator[Hallazgo]:
    informe = leido.informe
    partes = [informe.mujeres, informe.hombres, informe.otro_sexo]
    dichas = [n for n in partes if n is not None]
    if informe.personas is None and dichas:
        yield Hallazgo(_("Hay personas por sexo y falta el total."), "personas")
    elif informe.personas is not None and len(dichas) < len(partes):
        faltan = len(partes) - len(dichas)
        yield Hallazgo(
            ngettext(
                "Falta %(n)s cifra de personas por sexo. Si fue ninguna, escribe 0.",
                "Faltan %(n)s cifras de personas por sexo. Si fue ninguna, escribe 0.",
                faltan,
            )
            % {"n": faltan},
            "mujeres",
        )
    elif informe.personas is not None and sum(dichas) != informe.personas:
        yield Hallazgo(
            _("Las personas por sexo suman %(suma)s y el total dice %(total)s.")
            % {"suma": cifra(sum(dichas)), "total": cifra(informe.personas)},
            "personas",
        )


COMPROBACIONES: dict[Comprobacion, Mirar] = {
    Comprobacion.TRIMESTRE_CERRADO: _trimestre_cerrado,
    Comprobacion.CIFRAS_COMPLETAS: _cifras_completas,
    Comprobacion.VARIACION_EXPLICADA: variacion_explicada,
    Comprobacion.GASTO_EXPLICADO: gasto_explicado,
    Comprobacion.MODIFICADA_CON_MOTIVO: modificada_con_motivo,
    Comprobacion.ACUMULADO_NO_BAJA: _acumulado_no_baja,
    Comprobacion.CUARTO_PROGRAMA_TODO: cuarto_programa_todo,
    Comprobacion.NO_PASA_DE_LO_MODIFICADO: no_pasa_de_lo_modificado,
    Comprobacion.EJERCIDO_DEVENGADO: ejercido_devengado,
    Comprobacion.CUADRA_CON_EGRESOS: cuadra_con_egresos,
    Comprobacion.METAS_DE_LA_REGLA: metas_de_la_regla,
    Comprobacion.PERSONAS_POR_SEXO: _personas_por_sexo,
    Comprobacion.EVIDENCIA_POR_META: evidencia_por_meta,
}
