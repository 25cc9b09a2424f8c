"""Las comprobaciones de la parte física."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from presupuesto.consultas.hallazgos import Hallazgo, cifra
from presupuesto.consultas.informe import InformeLeido, MetaLeida
from sibis.nucleo.avance import se_aparta


def variacion_explicada(leido: InformeLeido, tolerancia: Decimal) -> Iterator[Hallazgo]:
    for meta in leido.metas:
        renglon = meta.renglon
        if renglon.explicacion.strip():
            continue
        campo = f"meta-{renglon.orden}-explicacion"
        if se_aparta(meta.icmpp, tolerancia):
            yield Hallazgo(
                _(
                    "«%(meta)s» va al %(icmpp)s %% de lo programado: explica la variación (se pide "
                    "cuando se aparta más de %(puntos)s puntos)."
                )
                % {"meta": renglon.unidad, "icmpp": meta.icmpp, "puntos": cifra(tolerancia)},
                campo,
            )
        elif renglon.programada == 0 and renglon.alcanzada:
            yield Hallazgo(
                _("De «%(meta)s» no se programó nada y se alcanzó %(n)s: explica por qué.")
                % {"meta": renglon.unidad, "n": cifra(renglon.alcanzada)},
                campo,
            )


def modificada_con_motivo(leido: InformeLeido, _tolerancia: Decimal) -> Iterator[Hallazgo]:
    for renglon in (m.renglon for m in leido.metas):
        if renglon.meta_modificada in (None, renglon.meta_original):
            continue
        for campo, texto in (
            ("motivo_de_modificacion", _("La meta «%(meta)s» se modificó: escribe por qué.")),
            ("fuente_de_modificacion", _("La meta «%(meta)s» se modificó: di dónde consta.")),
        ):
            if not getattr(renglon, campo).strip():
                yield Hallazgo(texto % {"meta": renglon.unidad}, f"meta-{renglon.orden}-{campo}")


def cuarto_programa_todo(leido: InformeLeido, _tolerancia: Decimal) -> Iterator[Hallazgo]:
    """El cuarto trimestre acumula el año: lo programado es la meta del año."""
    if leido.informe.trimestre != 4:
        return
    for renglon in (m.renglon for m in leido.metas):
        if renglon.programada is not None and renglon.programada != renglon.meta_vigente:
            yield Hallazgo(
                _(
                    "En el cuarto trimestre lo programado de «%(meta)s» es la meta del año "
                    "(%(del_anio)s), y dice %(n)s."
                )
                % {
                    "meta": renglon.unidad,
                    "del_anio": cifra(renglon.meta_vigente),
                    "n": cifra(renglon.programada),
                },
                f"meta-{renglon.orden}-programada",
            )


def metas_de_la_regla(leido: InformeLeido, _tolerancia: Decimal) -> Iterator[Hallazgo]:
    for meta in leido.metas:
        yield from _contra_la_regla(meta)
    for falta in leido.faltan_metas:
        yield Hallazgo(
            _("La regla publicada trae la meta «%(meta)s» y el informe no la dice.")
            % {"meta": falta}
        )


def _contra_la_regla(meta: MetaLeida) -> Iterator[Hallazgo]:
    renglon = meta.renglon
    if meta.en_la_regla is not None and meta.en_la_regla != renglon.meta_original:
        yield Hallazgo(
            _("La meta original de «%(meta)s» es %(n)s y la regla dice %(regla)s.")
            % {
                "meta": renglon.unidad,
                "n": cifra(renglon.meta_original),
                "regla": cifra(meta.en_la_regla),
            },
            f"meta-{renglon.orden}-meta_modificada",
        )


def evidencia_por_meta(leido: InformeLeido, _tolerancia: Decimal) -> Iterator[Hallazgo]:
    for meta in leido.metas:
        if meta.renglon.alcanzada and not meta.evidencias:
            yield Hallazgo(
                _("Adjunta al menos una evidencia de lo alcanzado en «%(meta)s».")
                % {"meta": meta.renglon.unidad},
                f"meta-{meta.renglon.orden}-evidencia",
            )
