"""Cifras y fechas en palabras: lo que una persona lee de un apoyo, una ventana o un monto."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programas.consultas.vocablos import vocablo
from programas.estados import EstadoConvocatoria
from programas.models import Apoyo
from sibis.formatos.fechas import fecha_corta
from sibis.formatos.fechas import fecha_larga as fecha_larga

_MILLON = Decimal(1_000_000)
_MINIMO_EN_MILLONES = 10 * _MILLON

_CADA = {
    Apoyo.Periodicidad.MENSUAL: gettext_lazy("al mes"),
    Apoyo.Periodicidad.BIMESTRAL: gettext_lazy("cada dos meses"),
    Apoyo.Periodicidad.TRIMESTRAL: gettext_lazy("cada tres meses"),
    Apoyo.Periodicidad.CUATRIMESTRAL: gettext_lazy("cada cuatro meses"),
    Apoyo.Periodicidad.SEMESTRAL: gettext_lazy("cada seis meses"),
    Apoyo.Periodicidad.ANUAL: gettext_lazy("al año"),
    Apoyo.Periodicidad.UNICA: gettext_lazy("una sola vez"),
    Apoyo.Periodicidad.VARIABLE: "",
    "": "",
}


def pesos(monto: Decimal, *, corto: bool = False) -> str:
    """1234.5 → «$1,234.50»; sin centavos si no los hay. `corto` dice «$6,820 millones»."""
    if corto and abs(monto) >= _MINIMO_EN_MILLONES:
        millones = f"{monto / _MILLON:,.1f}".removesuffix(".0")
        return _("$%(millones)s millones") % {"millones": millones}
    return _("$%(monto)s") % {"monto": f"{monto:,.2f}".removesuffix(".00")}


def monto_de_apoyo(apoyo: Apoyo) -> str:
    """«$600», «de $600 a $700», «hasta $1,440»; vacío si la fuente no lo dice."""
    minimo, maximo = apoyo.monto_minimo, apoyo.monto_maximo
    if minimo is not None and maximo is not None:
        return _("de %(min)s a %(max)s") % {"min": pesos(minimo), "max": pesos(maximo)}
    if maximo is not None:
        return _("hasta %(max)s") % {"max": pesos(maximo)}
    return pesos(minimo) if minimo is not None else ""


def cada_cuando(apoyo: Apoyo) -> str:
    """«al mes», «en total», «por proyecto»: sin esto un monto no se entiende."""
    if apoyo.base == Apoyo.Base.TOTAL:
        return _("en total")
    if apoyo.base == Apoyo.Base.POR_PROYECTO:
        return _("por proyecto")
    if apoyo.base == Apoyo.Base.POR_PERSONA:
        return _("una sola vez")
    cada = str(_CADA[apoyo.periodicidad])
    return cada or (_("por ministración") if apoyo.ministraciones else "")


def ministraciones_en_palabras(apoyo: Apoyo) -> str:
    if apoyo.ministraciones is None:
        return ""
    return ngettext(
        "%(numero)s ministración", "%(numero)s ministraciones", apoyo.ministraciones
    ) % {"numero": apoyo.ministraciones}


def que_recibes(apoyos: Sequence[Apoyo]) -> str:
    """Una línea con lo que recibe la persona beneficiaria; el rango de sus modalidades si hay varias.

    Las facilitadoras se cuentan aparte: solo aparecen si el apoyo es únicamente para ellas.
    """
    propios = [a for a in apoyos if a.para != Apoyo.Para.FACILITADORAS] or list(apoyos)
    if not propios:
        return ""
    con_monto = [a for a in propios if monto_de_apoyo(a)]
    if not con_monto:
        tipos = dict.fromkeys(vocablo(str(a.tipo)) for a in propios)
        return ", ".join(tipos)
    return _rango_comun(con_monto) or _primero_y_mas(con_monto)


def _rango_comun(apoyos: Sequence[Apoyo]) -> str:
    """«de $600 a $650 al mes» si todas las modalidades se pagan igual; vacío si no."""
    maneras = {cada_cuando(a) for a in apoyos}
    if len(maneras) != 1:
        return ""
    maximos = [m for a in apoyos if (m := a.monto_maximo or a.monto_minimo) is not None]
    tope = max(maximos)
    if any(a.monto_minimo is None for a in apoyos):
        monto = _("hasta %(max)s") % {"max": pesos(tope)}
    else:
        piso = min(a.monto_minimo for a in apoyos if a.monto_minimo is not None)
        monto = (
            pesos(piso)
            if piso == tope
            else _("de %(min)s a %(max)s") % {"min": pesos(piso), "max": pesos(tope)}
        )
    return f"{monto} {maneras.pop()}".strip()


def _primero_y_mas(apoyos: Sequence[Apoyo]) -> str:
    primero = apoyos[0]
    texto = f"{monto_de_apoyo(primero)} {cada_cuando(primero)}".strip()
    if primero.modalidad:
        texto = f"{primero.modalidad}: {texto}"
    return _("%(texto)s, y otras modalidades") % {"texto": texto}


def estado_en_palabras(
    estado: str,
    *,
    cierra: datetime.datetime | None = None,
    abre: datetime.datetime | None = None,
    tiene_convocatoria: bool = True,
) -> str:
    """«Abierto hasta el 28 de febrero», «Cerrado; abre el 4 de marzo», «Sin convocatoria publicada»."""
    hoy = timezone.localdate()
    etiqueta = str(EstadoConvocatoria(estado).label)
    if estado != EstadoConvocatoria.CERRADO:
        if cierra is None:
            return etiqueta
        dia = fecha_corta(timezone.localdate(cierra), hoy=hoy)
        return _("%(estado)s hasta el %(dia)s") % {"estado": etiqueta, "dia": dia}
    if abre is not None:
        dia = fecha_corta(timezone.localdate(abre), hoy=hoy)
        return _("Cerrado; abre el %(dia)s") % {"dia": dia}
    return _("Cerrado") if tiene_convocatoria else _("Sin convocatoria publicada")
