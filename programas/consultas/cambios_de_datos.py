"""Un dato que cambió, en una oración: «sube de $600 a $650 (8 % más)»."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from programas.consultas import redaccion
from programas.models import Apoyo, ReglaOperacion
from sibis.nucleo.diferencias import CAMBIA, NUEVO, QUITADO, Cambio, si_se_dice


def de_valor(que: str, antes: str, ahora: str) -> list[Cambio]:
    """Un dato corto que pasó de una cosa a otra; vacío es «la fuente no lo dice»."""
    if antes == ahora:
        return []
    datos = {"que": que, "antes": antes, "ahora": ahora}
    if not antes:
        return [Cambio(NUEVO, _("%(que)s: ahora se dice: %(ahora)s.") % datos)]
    if not ahora:
        return [Cambio(QUITADO, _("%(que)s: ya no se dice. Antes: %(antes)s.") % datos)]
    return [Cambio(CAMBIA, _("%(que)s: antes %(antes)s; ahora %(ahora)s.") % datos)]


def de_numero(
    que: str, antes: Decimal | int | None, ahora: Decimal | int | None, *, en_pesos: bool = False
) -> list[Cambio]:
    def texto(numero: Decimal | int | None) -> str:
        if numero is None:
            return ""
        return redaccion.pesos(Decimal(numero)) if en_pesos else f"{numero:,}"

    if antes == ahora or antes is None or ahora is None or not antes:
        return de_valor(que, texto(antes), texto(ahora))
    datos = {
        "que": que,
        "antes": texto(antes),
        "ahora": texto(ahora),
        "parte": f"{abs(ahora - antes) / Decimal(antes) * 100:.0f}",
    }
    frase = (
        _("%(que)s: sube de %(antes)s a %(ahora)s (%(parte)s %% más).")
        if ahora > antes
        else _("%(que)s: baja de %(antes)s a %(ahora)s (%(parte)s %% menos).")
    )
    return [Cambio(CAMBIA, frase % datos)]


def _llave(apoyo: Apoyo) -> tuple[str, str]:
    return (apoyo.modalidad.lower() or str(apoyo.tipo).lower(), apoyo.para)


def _en_una_linea(apoyo: Apoyo) -> str:
    partes = (
        redaccion.monto_de_apoyo(apoyo),
        redaccion.cada_cuando(apoyo) if redaccion.monto_de_apoyo(apoyo) else "",
    )
    return " ".join(filter(None, partes)) or apoyo.descripcion


def de_apoyos(antes: ReglaOperacion, ahora: ReglaOperacion) -> list[Cambio]:
    viejos = {_llave(a): a for a in antes.apoyos.all()}
    hablan_los_dos = bool(viejos) and bool(ahora.apoyos.all())
    cambios = []
    for apoyo in ahora.apoyos.all():
        viejo = viejos.pop(_llave(apoyo), None)
        nombre = apoyo.modalidad or str(apoyo.tipo)
        if viejo is None:
            texto = (
                _("Apoyo nuevo: %(nombre)s. %(que)s") if hablan_los_dos else "%(nombre)s. %(que)s"
            )
            cambios.append(
                Cambio(NUEVO, (texto % {"nombre": nombre, "que": _en_una_linea(apoyo)}).strip())
            )
            continue
        cambios += _de_un_apoyo(nombre, viejo, apoyo)
    quitado = _("Ya no está: %(nombre)s.") if hablan_los_dos else "%(nombre)s."
    cambios += [
        Cambio(QUITADO, quitado % {"nombre": v.modalidad or str(v.tipo)}) for v in viejos.values()
    ]
    return si_se_dice(antes.apoyos.all(), ahora.apoyos.all(), cambios)


def _de_un_apoyo(nombre: str, viejo: Apoyo, nuevo: Apoyo) -> list[Cambio]:
    return [
        *de_valor(nombre, _en_una_linea(viejo), _en_una_linea(nuevo)),
        *de_valor(
            _("%(nombre)s, cuántas veces") % {"nombre": nombre},
            redaccion.ministraciones_en_palabras(viejo),
            redaccion.ministraciones_en_palabras(nuevo),
        ),
        *de_numero(
            _("%(nombre)s, número de apoyos") % {"nombre": nombre}, viejo.personas, nuevo.personas
        ),
    ]
